package cairn.part.snapshot;

import cairn.model.Message;
import cairn.model.Outbox;
import cairn.model.storage.StorageError;
import cairn.part.DiskCalls;

import org.jspecify.annotations.Nullable;

import java.util.BitSet;
import java.util.function.BiConsumer;

/**
 * A place on the shared disk for one snapshot: a file with its sections, and behind them the record
 * that seals them.
 */
final class Slot<M extends Message> {

    private final String file;
    private final int snapshotBytes;
    private final int sectionBytes;
    private final SnapshotRules rules;
    private final DiskCalls<M> calls;
    private SealRecord sealed = SealRecord.NONE;
    private @Nullable Writing writing;
    private boolean isNameDurable;

    /** What follows when the disk has done something. */
    interface Then<M extends Message> {
        void go(Outbox<M> out);
    }

    /** A snapshot that is being written. */
    static final class Writing {
        private final long term;
        private final long epoch;
        private final BitSet asked = new BitSet();
        private final BitSet written = new BitSet();
        private boolean sealing;

        private Writing(long term, long epoch) {
            this.term = term;
            this.epoch = epoch;
        }
    }

    Slot(int number, int snapshotBytes, int sectionBytes, SnapshotRules rules, DiskCalls<M> calls) {
        this.file = "snapshot-" + number;
        this.snapshotBytes = snapshotBytes;
        this.sectionBytes = sectionBytes;
        this.rules = rules;
        this.calls = calls;
    }

    /** The snapshot that can be restored from here, if there is one. */
    SealRecord sealed() {
        return sealed;
    }

    boolean holdsSnapshot() {
        return sealed.epoch() > 0;
    }

    boolean isFree() {
        return rules.isFree(holdsSnapshot(), writing != null);
    }

    boolean isWriting(long term, long epoch) {
        return writing != null && writing.term == term && writing.epoch == epoch;
    }

    /** The snapshot that is being written; none compares as the newest. */
    long writes() {
        return writing == null ? Long.MAX_VALUE : writing.epoch;
    }

    void begin(long term, long epoch) {
        writing = new Writing(term, epoch);
    }

    /** What is being written will not be finished. */
    void abandon() {
        writing = null;
    }

    /** What was sealed is given up. */
    void discard() {
        sealed = SealRecord.NONE;
    }

    // ---- writing

    /** Writes some sections, and goes on when they are in the page cache. */
    void write(int index, byte[] content, Then<M> then, Outbox<M> out) {
        Writing current = writing;
        if (current == null || current.sealing) {
            return;
        }
        if (current.written.get(index)) {
            then.go(out);
        } else if (!current.asked.get(index)) {
            current.asked.set(index);
            long token =
                    calls.stored(
                            o -> {
                                current.written.set(index);
                                then.go(o);
                            },
                            // A full disk: whoever sent the sections will send them again.
                            (_, _) -> current.asked.clear(index));
            out.disk().write(token, file, (long) index * sectionBytes, content);
        }
    }

    /** Whether all sections were written. */
    boolean isComplete() {
        int sections = (snapshotBytes + sectionBytes - 1) / sectionBytes;
        return writing != null && writing.written.cardinality() == sections;
    }

    /** Makes the sections durable, and then, by the record, the snapshot. */
    void seal(SealRecord record, Then<M> then, Outbox<M> out) {
        Writing current = writing;
        if (current == null || current.sealing) {
            return;
        }
        current.sealing = true;
        if (rules.sealsWhatIsDurable()) {
            sync(current, o -> writeRecord(current, record, s -> sync(current, then, s), o), out);
        } else {
            writeRecord(current, record, then, out);
        }
    }

    private void writeRecord(Writing current, SealRecord record, Then<M> then, Outbox<M> out) {
        long token =
                calls.stored(o -> proceed(current, then, o), (_, _) -> current.sealing = false);
        out.disk().write(token, file, snapshotBytes, record.bytes());
    }

    private void sync(Writing current, Then<M> then, Outbox<M> out) {
        sync(o -> proceed(current, then, o), out);
    }

    private void sync(Then<M> then, Outbox<M> out) {
        out.disk().sync(calls.stored(o -> syncName(then, o), Slot::halt), file);
    }

    /** A file that is new needs a durable name too. */
    private void syncName(Then<M> then, Outbox<M> out) {
        if (isNameDurable) {
            then.go(out);
            return;
        }
        Then<M> named =
                o -> {
                    isNameDurable = true;
                    then.go(o);
                };
        out.disk().syncDirectory(calls.stored(named::go, Slot::halt));
    }

    /** What was abandoned meanwhile goes no further. */
    private void proceed(Writing current, Then<M> then, Outbox<M> out) {
        if (writing == current) {
            then.go(out);
        }
    }

    private static void halt(StorageError error, Outbox<?> out) {
        // After a failed sync nobody knows what is on the disk: begin again from there.
        out.halt("its disk failed: " + error);
    }

    /** What was written is the snapshot of this slot from now on. */
    void sealedAs(SealRecord record) {
        sealed = record;
        writing = null;
    }

    // ---- reading

    /** Makes durable what was read: it may be in the page cache alone. */
    void confirm(Then<M> then, Outbox<M> out) {
        sync(then, out);
    }

    /**
     * Reads the slot and hands on its content if that is a whole snapshot, empty bytes if not; what
     * is not whole is not sealed any more.
     */
    void read(BiConsumer<byte[], Outbox<M>> then, Outbox<M> out) {
        long token =
                calls.fetched(
                        (content, o) -> then.accept(checked(content), o),
                        (error, o) -> {
                            if (error == StorageError.NOT_FOUND) {
                                then.accept(checked(new byte[0]), o);
                            } else {
                                read(then, o);
                            }
                        });
        out.disk().read(token, file);
    }

    private byte[] checked(byte[] content) {
        SealRecord record = SealRecord.read(content, snapshotBytes);
        if (record == null || !rules.isWhole(checksum(content), record.checksum())) {
            return new byte[0];
        }
        sealed = record;
        return content;
    }

    private long checksum(byte[] content) {
        long checksum = 0;
        for (int at = 0; at < snapshotBytes; at += sectionBytes) {
            int length = Math.min(sectionBytes, snapshotBytes - at);
            checksum = Outgoing.fold(checksum, content, at, length);
        }
        return checksum;
    }
}
