package cairn.protocol.multilevel;

import cairn.model.Epoch;
import cairn.model.Event;
import cairn.model.Fact;
import cairn.model.NodeId;
import cairn.model.Outbox;
import cairn.part.Image;
import cairn.part.Patience;
import cairn.part.ensemble.Archive;
import cairn.part.ensemble.Choice;
import cairn.part.ensemble.Content;
import cairn.part.ensemble.Ensemble;
import cairn.part.ensemble.EnsembleMessage;
import cairn.part.ensemble.EnsembleMessage.Absent;
import cairn.part.ensemble.EnsembleMessage.Drop;
import cairn.part.ensemble.EnsembleMessage.Found;
import cairn.part.ensemble.EnsembleMessage.Get;
import cairn.part.ensemble.EnsembleMessage.OfPiece;
import cairn.part.ensemble.EnsembleMessage.Put;
import cairn.part.ensemble.EnsembleMessage.Stored;
import cairn.part.ensemble.Held;
import cairn.part.ensemble.Numbers;
import cairn.part.ensemble.Piece;
import cairn.part.ensemble.Shelf;
import cairn.part.ensemble.Traffic;
import cairn.part.ensemble.Vault;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;

/**
 * A rank's images on its own disk, some on its partner's, and some in the file system. The newest
 * of each level stays until a newer one of that level is safe.
 */
final class LevelsVault implements Vault {

    private final int rank;
    private final Owner owner;
    private final MultilevelSettings settings;
    private final Rules rules;
    private final NodeId partner;
    private final NodeId coordinator;
    private final NodeId store;
    private final Shelf shelf;
    private final NavigableSet<Epoch> known = new TreeSet<>();
    private final Patience patience = new Patience();
    private Epoch atPartner = Epoch.ZERO;
    private Epoch sealed = Epoch.ZERO;
    private Epoch line = Epoch.ZERO;
    private @Nullable Image placing;
    private boolean isRestoring;
    private @Nullable Put toPartner;
    private boolean readsBack;
    private @Nullable Flush flush;
    private @Nullable Choice wanted;

    LevelsVault(
            int rank, Owner owner, Ensemble ensemble, MultilevelSettings settings, Rules rules) {
        this.rank = rank;
        this.owner = owner;
        this.settings = settings;
        this.rules = rules;
        this.partner = new NodeId((rank + settings.partnerDistance()) % ensemble.ranks());
        this.coordinator = ensemble.coordinatorPlace();
        this.store = ensemble.store(0);
        this.shelf = new Shelf(settings.retryNanos());
    }

    private Piece own(Epoch epoch) {
        return Piece.image(rank, epoch);
    }

    @Override
    public void open(Outbox<EnsembleMessage> out) {
        shelf.open(out);
    }

    @Override
    public List<Held> held() {
        return shelf.held();
    }

    // ---- placing an image at its levels

    @Override
    public void keep(Image image, List<Traffic> traffic, Outbox<EnsembleMessage> out) {
        place(image, false, out);
    }

    private void place(Image image, boolean restoring, Outbox<EnsembleMessage> out) {
        placing = image;
        isRestoring = restoring;
        toPartner = null;
        Content content = new Content(image.bytes());
        boolean copies = !restoring || rules.restoresDegree();
        boolean goes = copies && settings.goesToPartner(Numbers.countOf(image.epoch()));
        // What is restored has just been read.
        readsBack = goes && !restoring && settings.copiedFrom() == CopiedFrom.DISK;
        if (goes && !readsBack) {
            copy(own(image.epoch()), content, out);
        }
        if (!shelf.holds(own(image.epoch()))) {
            shelf.archive().write(own(image.epoch()), content, out);
        } else if (readsBack) {
            shelf.archive().read(own(image.epoch()), out);
        }
        checkPlaced(out);
    }

    private void copy(Piece piece, Content content, Outbox<EnsembleMessage> out) {
        toPartner = new Put(piece, content);
        patience.begin();
        ask(out);
    }

    /** The image that is to be read back for the partner, if it is this piece; else null. */
    private @Nullable Image toReadBack(Piece piece) {
        Image image = placing;
        return readsBack && image != null && piece.equals(own(image.epoch())) ? image : null;
    }

    private void readBack(Piece piece, @Nullable Content content, Outbox<EnsembleMessage> out) {
        Image image = toReadBack(piece);
        if (image == null) {
            return;
        }
        if (shelf.holds(piece) && content != null) {
            readsBack = false;
            copy(piece, content, out);
        } else {
            // Damaged already: it is still in memory.
            place(image, false, out);
        }
    }

    private void checkPlaced(Outbox<EnsembleMessage> out) {
        Image image = placing;
        if (image == null || readsBack || toPartner != null || !shelf.holds(own(image.epoch()))) {
            return;
        }
        placing = null;
        known.add(image.epoch());
        if (isRestoring) {
            owner.fetched(image, out);
        } else {
            owner.kept(new Held(own(image.epoch())), out);
        }
    }

    @Override
    public void commit(Epoch epoch, Outbox<EnsembleMessage> out) {
        long count = Numbers.countOf(epoch);
        if (settings.goesToPartner(count)) {
            atPartner = epoch;
            out.send(partner, new Drop(rank, epoch));
        }
        if (settings.isFlushed(count) && (flush == null || flush.state() == Flush.State.SEALED)) {
            flush = new Flush(epoch);
            shelf.archive().read(own(epoch), out);
        }
        tidy(epoch, out);
    }

    /** Gives up what no level needs. */
    private void tidy(Epoch newest, Outbox<EnsembleMessage> out) {
        Flush underWay = flush;
        for (Held held : shelf.held()) {
            Epoch epoch = held.piece().epoch();
            boolean needed =
                    !newest.isAfter(epoch)
                            || epoch.equals(atPartner)
                            || (underWay != null && epoch.equals(underWay.epoch()));
            if (held.piece().owner() == rank && !needed) {
                shelf.drop(held.piece(), out);
            }
        }
        for (Epoch epoch : List.copyOf(known.headSet(newest, false))) {
            if (!shelf.holds(own(epoch)) && !epoch.equals(sealed)) {
                known.remove(epoch);
                out.claim(new Fact.Discarded(rank, epoch));
            }
        }
    }

    // ---- getting one back

    @Override
    public void fetch(Choice choice, Outbox<EnsembleMessage> out) {
        placing = null;
        readsBack = false;
        toPartner = null;
        flush = null;
        wanted = choice;
        line = choice.epoch();
        for (Held held : shelf.held()) {
            dropIfGivenUp(held.piece(), out);
        }
        if (choice.epoch().equals(Epoch.ZERO)) {
            wanted = null;
            owner.fetched(null, out);
        } else if (choice.source() == rank) {
            shelf.archive().read(own(choice.epoch()), out);
        } else {
            patience.begin();
            ask(out);
        }
    }

    /** All ranks go back to one line, so what is kept for another one is given up with it. */
    private void dropIfGivenUp(Piece piece, Outbox<EnsembleMessage> out) {
        if (isGivenUp(piece)) {
            shelf.drop(piece, out);
        }
    }

    /** Whether it is newer than the line to which all went back, and not of the era since then. */
    private boolean isGivenUp(Piece piece) {
        return piece.epoch().isAfter(line) && Numbers.eraOf(piece.epoch()) < owner.era();
    }

    private void found(Piece piece, @Nullable Content content, Outbox<EnsembleMessage> out) {
        Choice choice = wanted;
        if (choice == null || !piece.equals(own(choice.epoch()))) {
            return;
        }
        wanted = null;
        Image image = content == null ? null : Image.read(rank, content.bytes());
        if (image == null) {
            owner.unreadable(out);
        } else {
            place(image, true, out);
        }
    }

    // ---- what happens

    @Override
    public void on(Event.OfDisk<EnsembleMessage> event, Outbox<EnsembleMessage> out) {
        switch (shelf.on(event, out)) {
            case Archive.Listed _ -> {
                shelf.opened();
                shelf.held().stream()
                        .filter(held -> held.piece().owner() == rank)
                        .forEach(held -> known.add(held.piece().epoch()));
                owner.opened(out);
            }
            case Archive.Written(Piece piece, Content _) -> {
                // It may have been on its way to the disk when all went back.
                dropIfGivenUp(piece, out);
                if (toReadBack(piece) != null) {
                    shelf.archive().read(piece, out);
                }
                checkPlaced(out);
            }
            case Archive.Read(Piece piece, @Nullable Content content) -> {
                readBack(piece, content, out);
                found(piece, content, out);
                copyToStore(piece, content, out);
            }
            case Archive.Deleted _ -> {
                // Nobody waits for that.
            }
            case null -> {
                // It goes on.
            }
        }
    }

    private void copyToStore(Piece piece, @Nullable Content content, Outbox<EnsembleMessage> out) {
        Flush underWay = flush;
        if (underWay == null
                || underWay.state() != Flush.State.COPIED
                || !piece.equals(own(underWay.epoch()))) {
            return;
        }
        if (content != null && shelf.holds(piece)) {
            underWay.read(new Put(piece, content));
            patience.begin();
            ask(out);
        } else {
            // Damaged: no line of it is in the file system, and the next one is to get there.
            flush = null;
        }
    }

    @Override
    public void on(NodeId origin, OfPiece message, Outbox<EnsembleMessage> out) {
        switch (message) {
            case Stored(Piece piece) -> stored(origin, piece, out);
            case Found(Piece piece, Content content) -> found(piece, content, out);
            case Absent(Piece piece) -> found(piece, null, out);
            // Late: whoever sent it has given it up too.
            case Put(Piece piece, Content _) when isGivenUp(piece) -> {}
            case Put _, Get _, Drop _ -> {
                if (shelf.isOpen()) {
                    shelf.on(origin, message, out);
                }
            }
        }
    }

    private void stored(NodeId origin, Piece piece, Outbox<EnsembleMessage> out) {
        Put copy = toPartner;
        if (origin.equals(partner) && copy != null && copy.piece().equals(piece)) {
            toPartner = null;
            checkPlaced(out);
        }
        Flush underWay = flush;
        if (underWay == null || !underWay.epoch().equals(piece.epoch())) {
            return;
        }
        if (origin.equals(store) && underWay.state() == Flush.State.COPIED) {
            underWay.flushed();
            out.send(coordinator, new Stored(piece));
        } else if (origin.equals(coordinator) && underWay.state() == Flush.State.FLUSHED) {
            underWay.sealed();
            sealed = piece.epoch();
            out.send(store, new Drop(rank, sealed));
        }
    }

    @Override
    public void tick(Outbox<EnsembleMessage> out) {
        if (patience.isOver()) {
            ask(out);
        }
    }

    /** Says what has not been answered. */
    private void ask(Outbox<EnsembleMessage> out) {
        Put copy = toPartner;
        if (copy != null) {
            out.send(partner, copy);
        }
        Choice choice = wanted;
        if (choice != null && choice.source() != rank) {
            out.send(new NodeId(choice.source()), new Get(own(choice.epoch())));
        }
        Flush underWay = flush;
        if (underWay != null) {
            Put put = underWay.put();
            if (put != null) {
                out.send(store, put);
            } else if (underWay.state() == Flush.State.FLUSHED) {
                out.send(coordinator, new Stored(own(underWay.epoch())));
            }
        }
    }

    @Override
    public void fired(long timer, Outbox<EnsembleMessage> out) {
        shelf.fired(out);
    }
}
