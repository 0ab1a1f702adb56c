package cairn.part.ensemble;

import cairn.model.Epoch;
import cairn.model.Event;
import cairn.model.Fact;
import cairn.model.NodeId;
import cairn.model.Outbox;
import cairn.part.Image;
import cairn.part.ensemble.EnsembleMessage.OfPiece;

import java.util.List;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** A rank's images on the disk of its own machine. */
public final class DiskVault implements Vault {

    private static final int COPIES = Piece.IMAGE + 1;

    private final int rank;
    private final Owner owner;
    private final Rules rules;
    private final Archive archive;
    private final NavigableMap<Epoch, Held> held = new TreeMap<>();
    private final NavigableMap<Epoch, Held> writing = new TreeMap<>();
    private final NavigableSet<Epoch> copies = new TreeSet<>();
    private int unread = 1;

    /** How often it was told where to go back to, and has not got there; the last one counts. */
    private int fetches;

    private boolean lacksCopies;

    public DiskVault(int rank, Owner owner, long retryNanos, Rules rules) {
        this.rank = rank;
        this.owner = owner;
        this.rules = rules;
        this.archive = new Archive(retryNanos);
    }

    @Override
    public void open(Outbox<EnsembleMessage> out) {
        archive.list(out);
    }

    private boolean isOpen() {
        return unread == 0;
    }

    @Override
    public List<Held> held() {
        return List.copyOf(held.values());
    }

    @Override
    public void keep(Image image, List<Traffic> traffic, Outbox<EnsembleMessage> out) {
        if (rules.discardsFormerFirst()) {
            discard(held, out);
        }
        Piece piece = Piece.image(rank, image.epoch());
        writing.put(piece.epoch(), new Held(piece, traffic));
        archive.write(piece, new Content(image.bytes()), out);
    }

    private Piece copies(Epoch epoch) {
        return new Piece(rank, epoch, COPIES);
    }

    @Override
    public void keepCopies(Image image, Outbox<EnsembleMessage> out) {
        copies.add(image.epoch());
        archive.write(copies(image.epoch()), new Content(image.bytes()), out);
    }

    @Override
    public void dropCopies(Epoch of, Outbox<EnsembleMessage> out) {
        if (copies.remove(of)) {
            archive.delete(copies(of), out);
        }
    }

    @Override
    public void fetch(Choice choice, Outbox<EnsembleMessage> out) {
        delete(writing.tailMap(choice.epoch(), false), out);
        delete(held.tailMap(choice.epoch(), false), out);
        List.copyOf(copies.tailSet(choice.epoch(), false)).forEach(epoch -> dropCopies(epoch, out));
        fetches++;
        copies.forEach(epoch -> archive.read(copies(epoch), out));
        // The archive does one thing after another: what is newer is gone when this is answered.
        if (choice.epoch().equals(Epoch.ZERO)) {
            archive.list(out);
        } else {
            archive.read(Piece.image(rank, choice.epoch()), out);
        }
    }

    @Override
    public void commit(Epoch epoch, Outbox<EnsembleMessage> out) {
        if (rules.discardsFormer()) {
            discard(held.headMap(epoch, false), out);
        }
    }

    private void discard(NavigableMap<Epoch, Held> given, Outbox<EnsembleMessage> out) {
        given.keySet().forEach(epoch -> out.claim(new Fact.Discarded(rank, epoch)));
        delete(given, out);
    }

    /** That what is newer is given up, going back says itself. */
    private void delete(NavigableMap<Epoch, Held> given, Outbox<EnsembleMessage> out) {
        given.keySet().forEach(epoch -> archive.delete(Piece.image(rank, epoch), out));
        given.clear();
    }

    @Override
    public void on(Event.OfDisk<EnsembleMessage> event, Outbox<EnsembleMessage> out) {
        Archive.Done done = archive.on(event, out);
        switch (done) {
            case null -> {
                // It goes on.
            }
            case Archive.Listed(List<Piece> pieces) -> {
                if (isOpen()) {
                    if (isLastFetched()) {
                        owner.fetched(null, out);
                    }
                    return;
                }
                List<Piece> images = pieces.stream().filter(Piece::isImage).toList();
                pieces.stream()
                        .filter(piece -> !piece.isImage())
                        .forEach(piece -> copies.add(piece.epoch()));
                unread = images.size();
                images.forEach(piece -> archive.read(piece, out));
                opened(out);
            }
            case Archive.Written(Piece piece, Content _) -> {
                Held one = piece.isImage() ? writing.remove(piece.epoch()) : null;
                if (one != null) {
                    held.put(piece.epoch(), one);
                    owner.kept(one, out);
                }
            }
            case Archive.Read read -> read(read, out);
            case Archive.Deleted _ -> {
                // Who gave it up does not wait.
            }
        }
    }

    private void read(Archive.Read read, Outbox<EnsembleMessage> out) {
        Content content = read.content();
        Piece piece = read.piece();
        Image image = content == null ? null : Image.read(rank, content.bytes());
        if (!piece.isImage()) {
            if (image != null) {
                owner.fetchedCopies(image, out);
            } else {
                lacksCopies = true;
            }
            return;
        }
        if (isOpen()) {
            image = lacksCopies ? null : image;
            if (!isLastFetched()) {
                return;
            }
        }
        if (image == null && rules.passesOverDamaged()) {
            held.remove(piece.epoch());
            archive.delete(piece, out);
        }
        if (!isOpen()) {
            if (image != null) {
                held.put(piece.epoch(), new Held(piece, SavedState.read(image.state()).traffic()));
            }
            unread--;
            opened(out);
        } else if (image != null) {
            owner.fetched(image, out);
        } else {
            owner.unreadable(out);
        }
    }

    /**
     * Whether what was asked for last is here now. What was asked for before may have come in part
     * before the owner was told where else to go, and in part after that: it is passed over.
     */
    private boolean isLastFetched() {
        fetches--;
        lacksCopies = false;
        return fetches == 0;
    }

    private void opened(Outbox<EnsembleMessage> out) {
        if (isOpen()) {
            owner.opened(out);
        }
    }

    @Override
    public void on(NodeId origin, OfPiece message, Outbox<EnsembleMessage> out) {
        throw new IllegalStateException("nobody keeps pieces elsewhere: " + message);
    }

    @Override
    public void fired(long timer, Outbox<EnsembleMessage> out) {
        archive.fired(out);
    }

    @Override
    public void tick(Outbox<EnsembleMessage> out) {}
}
