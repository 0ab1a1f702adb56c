package cairn.protocol.rdmapmem;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/**
 * The commit records of one unit as read at one instant, oldest first: what sets there are (PMU-6,
 * PMU-7).
 */
final class CommitRing {

    private final List<CommitRecord> records;

    private CommitRing(List<CommitRecord> records) {
        this.records = records;
    }

    /** Reads the whole records among {@code slots} slots; torn and stray ones do not count. */
    static CommitRing of(byte[] bytes, int at, int slots) {
        List<CommitRecord> whole = new ArrayList<>();
        for (int slot = 0; slot < slots; slot++) {
            CommitRecord record = CommitRecord.decode(bytes, at + slot * CommitRecord.SLOT_BYTES);
            if (record != null && record.sequence() % slots == slot) {
                whole.add(record);
            }
        }
        whole.sort((a, b) -> Long.compare(a.epoch(), b.epoch()));
        return new CommitRing(whole);
    }

    boolean isEmpty() {
        return records.isEmpty();
    }

    /** The newest record, or null. */
    @Nullable CommitRecord newest() {
        return records.isEmpty() ? null : records.getLast();
    }

    /** The newest record before an epoch, or null. */
    @Nullable CommitRecord newestBefore(long epoch) {
        for (int i = records.size() - 1; i >= 0; i--) {
            if (records.get(i).epoch() < epoch) {
                return records.get(i);
            }
        }
        return null;
    }

    /** The highest sequence number of any record; zero if there is none. */
    long highestSequence() {
        long highest = 0;
        for (CommitRecord record : records) {
            highest = Math.max(highest, record.sequence());
        }
        return highest;
    }

    /**
     * The sets that a restore of {@code last} reads, from its full set on, or null when one is
     * missing: epochs of one chain follow each other without a hole (PMU-14).
     */
    @Nullable List<CommitRecord> chainOf(CommitRecord last) {
        List<CommitRecord> chain = new ArrayList<>();
        long expected = last.needs();
        for (CommitRecord record : records) {
            if (record.epoch() < last.needs() || record.epoch() > last.epoch()) {
                continue;
            }
            if (record.epoch() != expected || record.needs() != last.needs()) {
                return null;
            }
            chain.add(record);
            expected++;
        }
        return expected == last.epoch() + 1 ? chain : null;
    }

    /** Adds the records from an epoch on that are not yet in a list, which stays in order. */
    void addMissing(List<CommitRecord> into, long fromEpoch) {
        for (CommitRecord record : records) {
            if (record.epoch() < fromEpoch) {
                continue;
            }
            int at = 0;
            while (at < into.size() && into.get(at).epoch() < record.epoch()) {
                at++;
            }
            if (at == into.size() || into.get(at).epoch() != record.epoch()) {
                into.add(at, record);
            }
        }
    }

    /** Whether it still holds the very same record. */
    boolean holds(CommitRecord wanted) {
        for (CommitRecord record : records) {
            if (record.epoch() == wanted.epoch() && record.sequence() == wanted.sequence()) {
                return true;
            }
        }
        return false;
    }
}
