package cairn.protocol.redundancy;

import cairn.model.Epoch;
import cairn.model.Event;
import cairn.model.Fact;
import cairn.model.NodeId;
import cairn.model.Outbox;
import cairn.part.Image;
import cairn.part.Patience;
import cairn.part.ensemble.Choice;
import cairn.part.ensemble.Content;
import cairn.part.ensemble.EnsembleMessage;
import cairn.part.ensemble.EnsembleMessage.Absent;
import cairn.part.ensemble.EnsembleMessage.Drop;
import cairn.part.ensemble.EnsembleMessage.Found;
import cairn.part.ensemble.EnsembleMessage.Get;
import cairn.part.ensemble.EnsembleMessage.OfPiece;
import cairn.part.ensemble.EnsembleMessage.Put;
import cairn.part.ensemble.EnsembleMessage.Stored;
import cairn.part.ensemble.Held;
import cairn.part.ensemble.Piece;
import cairn.part.ensemble.Traffic;
import cairn.part.ensemble.Vault;
import cairn.protocol.redundancy.RedundancySet.Stripe;

import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A rank's images in its own memory, with what it keeps for the others of its group. An image is
 * safe when the others have its segments, and this rank has all of theirs; the one before stays
 * until then.
 */
final class MemoryVault implements Vault {

    private final int rank;
    private final Owner owner;
    private final RedundancySet set;
    private final Rules rules;
    private final NavigableMap<Epoch, Content> images = new TreeMap<>();
    private final NavigableMap<Epoch, SortedMap<Integer, Parity>> parities = new TreeMap<>();
    private final Segments segments;
    private final List<Waiting> unanswered = new ArrayList<>();
    private final Patience patience = new Patience();
    private Epoch keeping = Epoch.ZERO;
    private @Nullable Rebuild rebuild;

    /** A segment that has not been confirmed. */
    private record Waiting(NodeId holder, Put put) {}

    MemoryVault(int rank, Owner owner, RedundancySet set, Rules rules) {
        this.rank = rank;
        this.owner = owner;
        this.set = set;
        this.rules = rules;
        this.segments = new Segments(set);
    }

    /** Memory is empty after a start. */
    @Override
    public void open(Outbox<EnsembleMessage> out) {
        owner.opened(out);
    }

    @Override
    public List<Held> held() {
        List<Held> held = new ArrayList<>();
        images.keySet().forEach(epoch -> held.add(new Held(Piece.image(rank, epoch))));
        parities.forEach((epoch, ofStripe) ->
                ofStripe.keySet()
                        .forEach(stripe ->
                                held.add(new Held(new Piece(rank, epoch, Rebuild.part(stripe))))));
        return held;
    }

    // ---- making an image safe

    @Override
    public void keep(Image image, List<Traffic> traffic, Outbox<EnsembleMessage> out) {
        byte[] bytes = image.bytes();
        keeping = image.epoch();
        images.put(keeping, new Content(bytes));
        unanswered.clear();
        for (int number : set.stripesWithDataOf(rank)) {
            byte[] segment = set.segment(rank, number, bytes);
            Content content =
                    new Content(
                            ByteBuffer.allocate(Integer.BYTES + segment.length)
                                    .putInt(bytes.length)
                                    .put(segment)
                                    .array());
            Put put = new Put(new Piece(rank, keeping, Rebuild.part(number)), content);
            for (int holder : set.stripes().get(number).parity()) {
                unanswered.add(new Waiting(new NodeId(holder), put));
            }
        }
        patience.begin();
        sendSegments(out);
        checkKept(out);
    }

    private void sendSegments(Outbox<EnsembleMessage> out) {
        unanswered.forEach(waiting -> out.send(waiting.holder(), waiting.put()));
    }

    private void checkKept(Outbox<EnsembleMessage> out) {
        if (keeping.isAfter(Epoch.ZERO)
                && unanswered.isEmpty()
                && ofStripes(keeping).keySet().containsAll(set.stripesKeptBy(rank))) {
            Epoch kept = keeping;
            keeping = Epoch.ZERO;
            owner.kept(new Held(Piece.image(rank, kept)), out);
        }
    }

    private SortedMap<Integer, Parity> ofStripes(Epoch epoch) {
        return parities.getOrDefault(epoch, new TreeMap<>());
    }

    private void segment(Piece piece, Content content, Outbox<EnsembleMessage> out) {
        int number = piece.part() - Rebuild.part(0);
        Stripe stripe = set.stripes().get(number);
        if (ofStripes(piece.epoch()).containsKey(number)) {
            return;
        }
        Parity parity =
                segments.add(
                        piece.epoch(),
                        number,
                        piece.owner(),
                        content,
                        stripe.parity().indexOf(rank));
        if (parity != null) {
            put(piece.epoch(), number, parity);
            checkKept(out);
        }
    }

    private void put(Epoch epoch, int stripe, Parity parity) {
        parities.computeIfAbsent(epoch, _ -> new TreeMap<>()).put(stripe, parity);
    }

    @Override
    public void commit(Epoch epoch, Outbox<EnsembleMessage> out) {
        NavigableMap<Epoch, Content> older = images.headMap(epoch, false);
        older.keySet().forEach(given -> out.claim(new Fact.Discarded(rank, given)));
        older.clear();
        parities.headMap(epoch, false).clear();
        segments.forgetBefore(epoch);
    }

    // ---- getting one back

    @Override
    public void fetch(Choice choice, Outbox<EnsembleMessage> out) {
        Epoch epoch = choice.epoch();
        keeping = Epoch.ZERO;
        unanswered.clear();
        // That these are given up, going back says itself.
        images.tailMap(epoch, false).clear();
        parities.tailMap(epoch, false).clear();
        segments.clear();
        rebuild = null;
        if (epoch.equals(Epoch.ZERO)) {
            owner.fetched(null, out);
            return;
        }
        if (!rules.keepsForOthers()) {
            parities.clear();
        }
        Rebuild begun = new Rebuild(set, rank, epoch);
        Content own = images.get(epoch);
        if (own != null) {
            begun.add(Piece.image(rank, epoch), rank, own);
        }
        ofStripes(epoch)
                .forEach((stripe, parity) ->
                        begun.add(
                                new Piece(rank, epoch, Rebuild.part(stripe)),
                                rank,
                                parity.content()));
        rebuild = begun;
        patience.begin();
        goOn(begun, out);
        if (rebuild != null) {
            ask(begun, out);
        }
    }

    private static void ask(Rebuild underWay, Outbox<EnsembleMessage> out) {
        underWay.missing()
                .forEach((member, pieces) ->
                        pieces.forEach(piece -> out.send(new NodeId(member), new Get(piece))));
    }

    private void goOn(Rebuild underWay, Outbox<EnsembleMessage> out) {
        byte[] bytes = underWay.image();
        if (bytes == null) {
            return;
        }
        for (int stripe : set.stripesKeptBy(rank)) {
            Parity parity = underWay.parity(stripe);
            if (parity == null) {
                return;
            }
            put(underWay.epoch(), stripe, parity);
        }
        images.put(underWay.epoch(), new Content(bytes));
        rebuild = null;
        Image image = Image.read(rank, bytes);
        if (image == null) {
            throw new IllegalStateException("rebuilt wrong: " + underWay.epoch());
        }
        owner.fetched(image, out);
    }

    private @Nullable Content content(Piece piece) {
        if (piece.isImage()) {
            return images.get(piece.epoch());
        }
        Parity parity = ofStripes(piece.epoch()).get(piece.part() - Rebuild.part(0));
        return parity == null ? null : parity.content();
    }

    @Override
    public void on(NodeId origin, OfPiece message, Outbox<EnsembleMessage> out) {
        switch (message) {
            case Put(Piece piece, Content content) -> {
                out.send(origin, new Stored(piece));
                segment(piece, content, out);
            }
            case Stored(Piece piece) -> {
                unanswered.removeIf(waiting ->
                        waiting.holder().equals(origin) && waiting.put().piece().equals(piece));
                checkKept(out);
            }
            case Get(Piece piece) -> {
                Content content = content(piece);
                out.send(origin, content == null ? new Absent(piece) : new Found(piece, content));
            }
            case Found(Piece piece, Content content) -> {
                Rebuild underWay = rebuild;
                if (underWay != null) {
                    underWay.add(piece, origin.index(), content);
                    goOn(underWay, out);
                }
            }
            case Absent _ -> {
                // Others have enough; or it has not got it back itself yet, and is asked again.
            }
            case Drop _ ->
                    throw new IllegalStateException("nothing is kept here by that: " + message);
        }
    }

    @Override
    public void tick(Outbox<EnsembleMessage> out) {
        Rebuild underWay = rebuild;
        if ((underWay != null || !unanswered.isEmpty()) && patience.isOver()) {
            sendSegments(out);
            if (underWay != null) {
                ask(underWay, out);
            }
        }
    }

    @Override
    public void on(Event.OfDisk<EnsembleMessage> event, Outbox<EnsembleMessage> out) {
        throw new IllegalStateException("it has no disk: " + event);
    }

    @Override
    public void fired(long timer, Outbox<EnsembleMessage> out) {
        throw new IllegalStateException("not armed: " + timer);
    }
}
