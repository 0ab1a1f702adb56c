package cairn.part.ensemble;

import cairn.model.Epoch;
import cairn.model.Event;
import cairn.model.Fact;
import cairn.model.NodeId;
import cairn.model.Outbox;
import cairn.part.Image;
import cairn.part.Patience;
import cairn.part.ensemble.EnsembleMessage.Absent;
import cairn.part.ensemble.EnsembleMessage.Drop;
import cairn.part.ensemble.EnsembleMessage.Found;
import cairn.part.ensemble.EnsembleMessage.Get;
import cairn.part.ensemble.EnsembleMessage.OfPiece;
import cairn.part.ensemble.EnsembleMessage.Put;
import cairn.part.ensemble.EnsembleMessage.Stored;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;

/** A rank's images on the disk of a store. */
public final class StoreVault implements Vault {

    private final int rank;
    private final Owner owner;
    private final NodeId store;
    private final NavigableSet<Epoch> known = new TreeSet<>();
    private final Patience patience = new Patience();
    private @Nullable Put unanswered;
    private @Nullable Piece wanted;

    public StoreVault(int rank, Owner owner, NodeId store) {
        this.rank = rank;
        this.owner = owner;
        this.store = store;
    }

    @Override
    public void open(Outbox<EnsembleMessage> out) {
        owner.opened(out);
    }

    /** The store says so itself. */
    @Override
    public List<Held> held() {
        return List.of();
    }

    @Override
    public void keep(Image image, List<Traffic> traffic, Outbox<EnsembleMessage> out) {
        unanswered = new Put(Piece.image(rank, image.epoch()), new Content(image.bytes()));
        patience.begin();
        ask(out);
    }

    @Override
    public void fetch(Choice choice, Outbox<EnsembleMessage> out) {
        unanswered = null;
        if (choice.epoch().equals(Epoch.ZERO)) {
            wanted = null;
            owner.fetched(null, out);
        } else {
            wanted = Piece.image(rank, choice.epoch());
            patience.begin();
            ask(out);
        }
    }

    @Override
    public void commit(Epoch epoch, Outbox<EnsembleMessage> out) {
        NavigableSet<Epoch> older = known.headSet(epoch, false);
        older.forEach(given -> out.claim(new Fact.Discarded(rank, given)));
        older.clear();
        out.send(store, new Drop(rank, epoch));
    }

    @Override
    public void on(NodeId origin, OfPiece message, Outbox<EnsembleMessage> out) {
        switch (message) {
            case Stored(Piece piece) -> {
                if (unanswered != null && unanswered.piece().equals(piece)) {
                    unanswered = null;
                    known.add(piece.epoch());
                    owner.kept(new Held(piece), out);
                }
            }
            case Found(Piece piece, Content content) -> {
                if (piece.equals(wanted)) {
                    wanted = null;
                    Image image = Image.read(rank, content.bytes());
                    if (image == null) {
                        owner.unreadable(out);
                    } else {
                        known.add(piece.epoch());
                        owner.fetched(image, out);
                    }
                }
            }
            case Absent(Piece piece) -> {
                if (piece.equals(wanted)) {
                    wanted = null;
                    owner.unreadable(out);
                }
            }
            case Put _, Get _, Drop _ ->
                    throw new IllegalStateException("nothing is kept here: " + message);
        }
    }

    @Override
    public void tick(Outbox<EnsembleMessage> out) {
        if ((unanswered != null || wanted != null) && patience.isOver()) {
            ask(out);
        }
    }

    private void ask(Outbox<EnsembleMessage> out) {
        if (unanswered != null) {
            out.send(store, unanswered);
        }
        if (wanted != null) {
            out.send(store, new Get(wanted));
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
