package cairn.part;

import cairn.model.Event;
import cairn.model.Outbox;
import cairn.model.choice.Mix;
import cairn.model.storage.StorageError;

import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * A log on the owner's disk, in files that are appended to and deleted as a whole. What is appended
 * while a write is under way goes to the disk together with the next one (group commit). What a
 * reader finds is durable: it is synced before it is handed out, since its writer may have died
 * before it could.
 *
 * <pre>
 * 8 bytes    n, the length of the record
 *       n    the record
 *       8    checksum (CRC32C) of both
 * </pre>
 */
public final class DiskLog {

    public static final int TOKENS = 9;

    private static final String PREFIX = "log-";
    private static final int FRAME_BYTES = 2 * Long.BYTES;

    private final long firstToken;
    private final long retryNanos;
    private final List<byte[]> records = new ArrayList<>();
    private final List<Long> toRead = new ArrayList<>();
    private Step step = Step.IDLE;
    private ByteWriter gathered = new ByteWriter();
    private byte[] batch = {};
    private long appended;
    private long inBatch;
    private long durable;
    private long oldest;
    private long segment;
    private long batchSegment;
    private long named = -1;
    private long offset;

    /** What an event meant. */
    public enum Progress {
        UNDER_WAY,
        /** All records were read: {@link #takeRecords}. */
        READ,
        /** More is durable than before. */
        WRITTEN,
        /** The disk failed. */
        BROKEN
    }

    private enum Step {
        IDLE(0),
        LISTING(1),
        READING(2),
        WRITING(3),
        SYNCING(4),
        NAMING(5),
        CONFIRMING(7),
        CONFIRMING_NAME(8);

        /** Deletions go on beside all others. */
        private static final int DELETING = 6;

        private final int token;

        Step(int token) {
            this.token = token;
        }
    }

    /**
     * A log.
     *
     * @param firstToken the first of {@link #TOKENS} tokens of disk operations; the first is also
     *     the name of its timer
     */
    public DiskLog(long firstToken, long retryNanos) {
        this.firstToken = firstToken;
        this.retryNanos = retryNanos;
    }

    public boolean owns(long token) {
        return token >= firstToken && token < firstToken + TOKENS;
    }

    /** Begins to read all that is there. */
    public void read(Outbox<?> out) {
        ask(Step.LISTING, out);
    }

    /** What was read; the log goes on behind it. */
    public List<byte[]> takeRecords() {
        List<byte[]> taken = List.copyOf(records);
        records.clear();
        return taken;
    }

    /** Adds a record; {@link #flush} brings it to the disk. Returns how many were added so far. */
    public long append(byte[] record) {
        gathered.bytes(record).number(checksum(record));
        appended++;
        return appended;
    }

    private static long checksum(byte[] record) {
        CRC32C crc = new CRC32C();
        crc.update(record);
        return Mix.fold(record.length, crc.getValue());
    }

    /** How many of the records that were added are durable. */
    public long durable() {
        return durable;
    }

    /** Brings what was added to the disk, now or after what is under way. */
    public void flush(Outbox<?> out) {
        if (step == Step.IDLE && gathered.size() > 0) {
            batch = gathered.toBytes();
            inBatch = appended;
            gathered = new ByteWriter();
            if (batchSegment != segment) {
                batchSegment = segment;
                offset = 0;
            }
            ask(Step.WRITING, out);
        }
    }

    /** What is added from now on goes to a new file. Returns its number. */
    public long beginSegment() {
        segment++;
        return segment;
    }

    /** How many files it has at the most. */
    public long files() {
        return batchSegment - oldest + 1;
    }

    /** Gives up all files before one. */
    public void deleteBefore(long number, Outbox<?> out) {
        for (; oldest < Math.min(number, batchSegment); oldest++) {
            out.disk().delete(firstToken + Step.DELETING, PREFIX + oldest);
        }
    }

    /** The retry timer ran out. */
    public void fired(Outbox<?> out) {
        if (step != Step.IDLE) {
            ask(step, out);
        }
    }

    private void ask(Step wanted, Outbox<?> out) {
        step = wanted;
        long token = firstToken + wanted.token;
        switch (wanted) {
            case LISTING -> out.disk().list(token);
            case READING -> out.disk().read(token, PREFIX + toRead.getFirst());
            case WRITING -> out.disk().write(token, PREFIX + batchSegment, offset, batch);
            case SYNCING -> out.disk().sync(token, PREFIX + batchSegment);
            case CONFIRMING -> out.disk().sync(token, PREFIX + (segment - 1));
            case NAMING, CONFIRMING_NAME -> out.disk().syncDirectory(token);
            case IDLE -> throw new IllegalStateException("nothing to ask the disk for");
        }
    }

    public Progress on(Event.OfDisk<?> event, Outbox<?> out) {
        if (event.token() != firstToken + step.token) {
            // A deletion, or the answer to what was asked before a retry.
            return Progress.UNDER_WAY;
        }
        return switch (event) {
            case Event.Stored<?> _ -> stored(out);
            case Event.Listed<?>(long _, List<String> names) -> {
                names.stream()
                        .filter(name -> name.startsWith(PREFIX))
                        .map(name -> Long.parseLong(name.substring(PREFIX.length())))
                        .sorted()
                        .forEach(toRead::add);
                oldest = toRead.isEmpty() ? 0 : toRead.getFirst();
                yield readNext(out);
            }
            case Event.Fetched<?>(long _, byte[] content) -> {
                parse(content);
                // Never written to again: its end may be torn.
                segment = toRead.removeFirst() + 1;
                yield readNext(out);
            }
            case Event.StoreFailed<?>(long _, StorageError error) -> failed(error, out);
        };
    }

    private Progress readNext(Outbox<?> out) {
        if (!toRead.isEmpty()) {
            ask(Step.READING, out);
        } else if (segment == 0) {
            return read();
        } else {
            // Whoever wrote the last file may have ended before its sync, or because that failed:
            // what was read may be in the page cache alone, and is not to be relied on until
            // synced.
            ask(Step.CONFIRMING, out);
        }
        return Progress.UNDER_WAY;
    }

    private Progress read() {
        batchSegment = segment;
        step = Step.IDLE;
        return Progress.READ;
    }

    private void parse(byte[] content) {
        var reader = new ByteReader(content);
        while (reader.left() >= FRAME_BYTES) {
            long length = reader.number();
            // Where nothing was written there are zeros.
            if (length <= 0 || length > reader.left() - Long.BYTES) {
                return;
            }
            byte[] record = reader.bytes((int) length);
            if (reader.number() != checksum(record)) {
                return;
            }
            records.add(record);
        }
    }

    private Progress stored(Outbox<?> out) {
        switch (step) {
            case WRITING -> ask(Step.SYNCING, out);
            case SYNCING -> {
                if (named != batchSegment) {
                    ask(Step.NAMING, out);
                } else {
                    return written();
                }
            }
            case NAMING -> {
                named = batchSegment;
                return written();
            }
            case CONFIRMING -> ask(Step.CONFIRMING_NAME, out);
            case CONFIRMING_NAME -> {
                return read();
            }
            case IDLE, LISTING, READING ->
                    throw new IllegalStateException("not asked for: " + step);
        }
        return Progress.UNDER_WAY;
    }

    private Progress written() {
        offset += batch.length;
        durable = inBatch;
        step = Step.IDLE;
        return Progress.WRITTEN;
    }

    private Progress failed(StorageError error, Outbox<?> out) {
        return switch (step) {
            case READING -> {
                if (error == StorageError.NOT_FOUND) {
                    toRead.removeFirst();
                    yield readNext(out);
                }
                out.arm(firstToken, retryNanos);
                yield Progress.UNDER_WAY;
            }
            case WRITING -> {
                out.arm(firstToken, retryNanos);
                yield Progress.UNDER_WAY;
            }
            case SYNCING, NAMING, LISTING, CONFIRMING, CONFIRMING_NAME -> Progress.BROKEN;
            case IDLE -> throw new IllegalStateException("not asked for: " + error);
        };
    }

    @Override
    public String toString() {
        return "its log: " + step;
    }
}
