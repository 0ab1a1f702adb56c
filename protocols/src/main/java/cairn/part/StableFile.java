package cairn.part;

import cairn.model.Event;
import cairn.model.Outbox;
import cairn.model.storage.StorageError;

/**
 * A file that is only ever replaced as a whole: the new content is written and synced under another
 * name, takes the name of the old one, and the directory is synced. Until then the old content is
 * there, and after a crash at any point one of the two is, whole.
 *
 * <p>It does one thing at a time. The owner asks, hands it the disk's events whose tokens it {@link
 * #owns}, and learns from {@link #on} when it is done. A full disk, and a sector that cannot be
 * read, are tried again until they work; the old content stays.
 */
public final class StableFile {

    /** How many tokens a file takes, from its first. */
    public static final int TOKENS = 8;

    private static final String UNFINISHED = "-next";

    private final String name;
    private final String unfinished;
    private final long firstToken;
    private final long retryNanos;
    private Step step = Step.IDLE;
    private byte[] content = {};
    private boolean cleared;

    /** What an event meant for what was asked. */
    public enum Progress {
        /** It goes on. */
        UNDER_WAY,
        /** What was asked to be written is durable. */
        WRITTEN,
        /** The content was read, and is durable. */
        READ,
        /** There is no such file. */
        ABSENT,
        /** A sync failed: nobody knows what is on the disk. Whoever wants to know begins again. */
        BROKEN
    }

    private enum Step {
        IDLE(0),
        READING(1),
        CONFIRMING(2),
        CLEARING(3),
        WRITING(4),
        SYNCING(5),
        RENAMING(6),
        SYNCING_DIRECTORY(7);

        private final int token;

        Step(int token) {
            this.token = token;
        }
    }

    /**
     * A file of the owner's disk.
     *
     * @param name its name; while it is written a second file is there, {@code NAME-next}
     * @param firstToken the first of {@link #TOKENS} tokens of disk operations that nobody else
     *     uses; the first is also the name of its timer
     * @param retryNanos how long to wait before a refused operation is tried again
     */
    public StableFile(String name, long firstToken, long retryNanos) {
        this.name = name;
        this.unfinished = name + UNFINISHED;
        this.firstToken = firstToken;
        this.retryNanos = retryNanos;
    }

    /** Whether a token, or the name of a timer, is this file's. */
    public boolean owns(long token) {
        return token >= firstToken && token < firstToken + TOKENS;
    }

    /** Whether something that was asked is not yet done. */
    public boolean isBusy() {
        return step != Step.IDLE;
    }

    /** Begins to read the file. */
    public void read(Outbox<?> out) {
        begin(Step.READING, out);
    }

    /**
     * Begins to write the file anew; throws {@link IllegalStateException} while it is busy. The
     * content must not be changed until that is done.
     */
    public void write(byte[] newContent, Outbox<?> out) {
        // A file left unfinished by a process that died may be longer than what is written now.
        begin(cleared ? Step.WRITING : Step.CLEARING, newContent, out);
    }

    private void begin(Step first, Outbox<?> out) {
        begin(first, new byte[0], out);
    }

    private void begin(Step first, byte[] newContent, Outbox<?> out) {
        if (isBusy()) {
            throw new IllegalStateException(this + ", and can do one thing at a time");
        }
        content = newContent;
        ask(first, out);
    }

    /** What was last read; empty before. */
    public byte[] content() {
        return content.clone();
    }

    /** The retry timer ran out. */
    public void fired(Outbox<?> out) {
        if (isBusy()) {
            ask(step, out);
        }
    }

    private void ask(Step wanted, Outbox<?> out) {
        step = wanted;
        long token = firstToken + wanted.token;
        switch (wanted) {
            case READING -> out.disk().read(token, name);
            case CLEARING -> out.disk().delete(token, unfinished);
            case WRITING -> out.disk().write(token, unfinished, 0, content);
            case SYNCING -> out.disk().sync(token, unfinished);
            case RENAMING -> out.disk().rename(token, unfinished, name);
            case CONFIRMING, SYNCING_DIRECTORY -> out.disk().syncDirectory(token);
            case IDLE -> throw new IllegalStateException("nothing to ask the disk for");
        }
    }

    /** Takes an event of the disk; its token is this file's. */
    public Progress on(Event.OfDisk<?> event, Outbox<?> out) {
        if (event.token() != firstToken + step.token) {
            // The answer to what was asked before a retry.
            return Progress.UNDER_WAY;
        }
        return switch (event) {
            case Event.Stored<?> _ -> stored(out);
            case Event.Fetched<?>(long _, byte[] read) -> {
                content = read;
                // Whoever gave the file its name may have died before the name was durable.
                yield next(Step.CONFIRMING, out);
            }
            case Event.StoreFailed<?>(long _, StorageError error) -> failed(error, out);
            case Event.Listed<?> _ -> throw new IllegalStateException("not asked for: " + event);
        };
    }

    private Progress stored(Outbox<?> out) {
        return switch (step) {
            case CLEARING -> {
                cleared = true;
                yield next(Step.WRITING, out);
            }
            case WRITING -> next(Step.SYNCING, out);
            case SYNCING -> next(Step.RENAMING, out);
            case RENAMING -> next(Step.SYNCING_DIRECTORY, out);
            case SYNCING_DIRECTORY -> done(Progress.WRITTEN);
            case CONFIRMING -> done(Progress.READ);
            case IDLE, READING -> throw new IllegalStateException("not asked for: " + step);
        };
    }

    private Progress failed(StorageError error, Outbox<?> out) {
        return switch (step) {
            case READING -> error == StorageError.NOT_FOUND ? done(Progress.ABSENT) : retry(out);
            case CLEARING -> stored(out);
            case WRITING -> retry(out);
            case SYNCING, RENAMING, SYNCING_DIRECTORY, CONFIRMING -> done(Progress.BROKEN);
            case IDLE -> throw new IllegalStateException("not asked for: " + error);
        };
    }

    private Progress next(Step following, Outbox<?> out) {
        ask(following, out);
        return Progress.UNDER_WAY;
    }

    private Progress retry(Outbox<?> out) {
        out.arm(firstToken, retryNanos);
        return Progress.UNDER_WAY;
    }

    private Progress done(Progress progress) {
        step = Step.IDLE;
        return progress;
    }

    @Override
    public String toString() {
        return name + ": " + step;
    }
}
