package cairn.part.ensemble;

import cairn.model.Epoch;
import cairn.model.Event;
import cairn.model.Outbox;
import cairn.part.StableFile;

import org.jspecify.annotations.Nullable;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Pieces on a disk, each in a file of its own, whole or not there. It does one thing after another;
 * a deletion is durable too, so that nothing given up comes back.
 */
public final class Archive {

    private static final Pattern NAME = Pattern.compile("r(\\d+)-p(\\d+)-e(\\d+)");

    /** The first token and timer; nobody else uses those from here. */
    static final long FIRST = 100;

    private static final long LIST = FIRST + StableFile.TOKENS;
    private static final long CONFIRM = LIST + 1;
    private static final long DELETE = LIST + 2;
    private static final long FORGET = LIST + 3;

    private final long retryNanos;
    private final Deque<Job> jobs = new ArrayDeque<>();
    private List<Piece> found = List.of();
    private StableFile file = new StableFile("none", FIRST, 1);

    private sealed interface Job {}

    private record Listing() implements Job {}

    private record Writing(Piece piece, Content content) implements Job {}

    private record Reading(Piece piece) implements Job {}

    private record Deleting(Piece piece) implements Job {}

    /** What was done. */
    public sealed interface Done {}

    /** These pieces survived. */
    public record Listed(List<Piece> pieces) implements Done {
        public Listed {
            pieces = List.copyOf(pieces);
        }
    }

    /** A piece is durable. */
    public record Written(Piece piece, Content content) implements Done {}

    /** A piece was read; without content if it is not there. */
    public record Read(Piece piece, @Nullable Content content) implements Done {}

    /** A piece is gone for good. */
    public record Deleted(Piece piece) implements Done {}

    /** An archive that is alone on its disk. */
    public Archive(long retryNanos) {
        this.retryNanos = retryNanos;
    }

    public void list(Outbox<?> out) {
        ask(new Listing(), out);
    }

    public void write(Piece piece, Content content, Outbox<?> out) {
        ask(new Writing(piece, content), out);
    }

    public void read(Piece piece, Outbox<?> out) {
        ask(new Reading(piece), out);
    }

    public void delete(Piece piece, Outbox<?> out) {
        ask(new Deleting(piece), out);
    }

    /** Whether a piece is being written, or is about to be. */
    public boolean isWriting(Piece piece) {
        return jobs.stream().anyMatch(job -> job instanceof Writing w && w.piece.equals(piece));
    }

    private void ask(Job job, Outbox<?> out) {
        jobs.add(job);
        if (jobs.size() == 1) {
            begin(job, out);
        }
    }

    private void begin(Job job, Outbox<?> out) {
        switch (job) {
            case Listing() -> out.disk().list(LIST);
            case Writing(Piece piece, Content content) -> {
                file = new StableFile(name(piece), FIRST, retryNanos);
                file.write(content.bytes(), out);
            }
            case Reading(Piece piece) -> {
                file = new StableFile(name(piece), FIRST, retryNanos);
                file.read(out);
            }
            case Deleting(Piece piece) -> out.disk().delete(DELETE, name(piece));
        }
    }

    private static String name(Piece piece) {
        return "r" + piece.owner() + "-p" + piece.part() + "-e" + piece.epoch().number();
    }

    private static @Nullable Piece piece(String name) {
        Matcher matcher = NAME.matcher(name);
        return matcher.matches()
                ? new Piece(
                        Integer.parseInt(matcher.group(1)),
                        new Epoch(Long.parseLong(matcher.group(3))),
                        Integer.parseInt(matcher.group(2)))
                : null;
    }

    /** The timer ran out. */
    public void fired(Outbox<?> out) {
        file.fired(out);
    }

    /** Takes an event of the disk; null if nothing was finished by it. */
    public @Nullable Done on(Event.OfDisk<?> event, Outbox<?> out) {
        Job job = jobs.getFirst();
        Done done =
                switch (job) {
                    case Listing() -> listing(event, out);
                    case Writing(Piece piece, Content content) ->
                            switch (file.on(event, out)) {
                                case UNDER_WAY -> null;
                                case WRITTEN -> new Written(piece, content);
                                case BROKEN -> broken(out);
                                case READ, ABSENT ->
                                        throw new IllegalStateException("not asked for: " + event);
                            };
                    case Reading(Piece piece) ->
                            switch (file.on(event, out)) {
                                case UNDER_WAY -> null;
                                case READ -> new Read(piece, new Content(file.content()));
                                case ABSENT -> new Read(piece, null);
                                case BROKEN -> broken(out);
                                case WRITTEN ->
                                        throw new IllegalStateException("not asked for: " + event);
                            };
                    case Deleting(Piece piece) -> {
                        if (event.token() == DELETE) {
                            // If it failed there was no such file.
                            out.disk().syncDirectory(FORGET);
                            yield null;
                        }
                        yield new Deleted(piece);
                    }
                };
        if (done != null) {
            jobs.removeFirst();
            if (!jobs.isEmpty()) {
                begin(jobs.getFirst(), out);
            }
        }
        return done;
    }

    private @Nullable Done listing(Event.OfDisk<?> event, Outbox<?> out) {
        if (event instanceof Event.Listed<?>(long _, List<String> names)) {
            List<Piece> pieces = new ArrayList<>();
            for (String name : names) {
                Piece piece = piece(name);
                if (piece != null) {
                    pieces.add(piece);
                }
            }
            found = pieces;
            // Whoever gave a file its name may have died before the name was durable.
            out.disk().syncDirectory(CONFIRM);
            return null;
        }
        return new Listed(found);
    }

    /** Nobody knows what is on the disk: whoever starts anew looks. */
    private static @Nullable Done broken(Outbox<?> out) {
        out.halt("its disk failed");
        return null;
    }

    @Override
    public String toString() {
        return jobs.isEmpty() ? "idle" : jobs.getFirst().toString();
    }
}
