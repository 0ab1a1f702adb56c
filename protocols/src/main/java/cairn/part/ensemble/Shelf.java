package cairn.part.ensemble;

import cairn.model.Event;
import cairn.model.NodeId;
import cairn.model.Outbox;
import cairn.part.Image;
import cairn.part.ensemble.EnsembleMessage.Absent;
import cairn.part.ensemble.EnsembleMessage.Drop;
import cairn.part.ensemble.EnsembleMessage.Found;
import cairn.part.ensemble.EnsembleMessage.Get;
import cairn.part.ensemble.EnsembleMessage.OfPiece;
import cairn.part.ensemble.EnsembleMessage.Put;
import cairn.part.ensemble.EnsembleMessage.Stored;

import org.jspecify.annotations.Nullable;

import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;

/** Pieces that are kept on the own disk for other places. */
public final class Shelf {

    private static final Comparator<Piece> ORDER =
            Comparator.comparingInt(Piece::owner)
                    .thenComparing(Piece::epoch)
                    .thenComparingInt(Piece::part);

    private final Archive archive;
    private final NavigableSet<Piece> pieces = new TreeSet<>(ORDER);
    private final Deque<Asked> asked = new ArrayDeque<>();
    private boolean open;

    /** Who waits for what. */
    private record Asked(NodeId who, Piece piece) {}

    public Shelf(long retryNanos) {
        archive = new Archive(retryNanos);
    }

    /** The disk, for the owner's own pieces. */
    public Archive archive() {
        return archive;
    }

    public void open(Outbox<EnsembleMessage> out) {
        archive.list(out);
    }

    /** What survived is known. */
    public void opened() {
        open = true;
    }

    public boolean isOpen() {
        return open;
    }

    /** Whether a piece is durable here. */
    public boolean holds(Piece piece) {
        return pieces.contains(piece);
    }

    /** All that is durable here. */
    public List<Held> held() {
        return pieces.stream().map(Held::new).toList();
    }

    /** Another place asks. */
    public void on(NodeId origin, OfPiece message, Outbox<EnsembleMessage> out) {
        switch (message) {
            case Put(Piece piece, Content content) -> {
                if (pieces.contains(piece)) {
                    out.send(origin, new Stored(piece));
                } else {
                    asked.add(new Asked(origin, piece));
                    if (!archive.isWriting(piece)) {
                        archive.write(piece, content, out);
                    }
                }
            }
            case Get(Piece piece) -> {
                asked.add(new Asked(origin, piece));
                archive.read(piece, out);
            }
            case Drop(int owner, var before) -> {
                for (Piece piece : List.copyOf(pieces)) {
                    if (piece.owner() == owner && before.isAfter(piece.epoch())) {
                        drop(piece, out);
                    }
                }
            }
            case Stored _, Found _, Absent _ ->
                    throw new IllegalStateException("nothing was asked for: " + message);
        }
    }

    /** Gives up a piece. */
    public void drop(Piece piece, Outbox<EnsembleMessage> out) {
        pieces.remove(piece);
        archive.delete(piece, out);
    }

    /** Takes an event of the disk, and answers who waits for it; returns what was done. */
    public Archive.@Nullable Done on(
            Event.OfDisk<EnsembleMessage> event, Outbox<EnsembleMessage> out) {
        Archive.Done done = archive.on(event, out);
        switch (done) {
            case Archive.Listed(List<Piece> survived) -> pieces.addAll(survived);
            case Archive.Written(Piece piece, Content _) -> {
                pieces.add(piece);
                answer(piece, new Stored(piece), out);
            }
            case Archive.Read(Piece piece, @Nullable Content content) -> {
                if (content == null || isDamaged(piece, content)) {
                    // Better none than one that is asked for again and again.
                    drop(piece, out);
                    answer(piece, new Absent(piece), out);
                } else {
                    answer(piece, new Found(piece, content), out);
                }
            }
            case Archive.Deleted _ -> {
                // Nobody waits for that.
            }
            case null -> {
                // It goes on.
            }
        }
        return done;
    }

    private static boolean isDamaged(Piece piece, Content content) {
        return piece.isImage() && Image.read(piece.owner(), content.bytes()) == null;
    }

    private void answer(Piece piece, EnsembleMessage answer, Outbox<EnsembleMessage> out) {
        for (Asked waiting : List.copyOf(asked)) {
            if (waiting.piece().equals(piece)) {
                asked.remove(waiting);
                out.send(waiting.who(), answer);
            }
        }
    }

    /** The timer ran out. */
    public void fired(Outbox<EnsembleMessage> out) {
        archive.fired(out);
    }
}
