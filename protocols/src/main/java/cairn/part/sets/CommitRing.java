package cairn.part.sets;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * The commit records of one unit as read at one instant, oldest first: what sets there are (PMU-6,
 * PMU-7).
 */
public record CommitRing(List<CommitRecord> records) {

    static final CommitRing EMPTY = new CommitRing(List.of());

    /** Reads the whole records among {@code slots} slots; torn and stray ones do not count. */
    static CommitRing of(byte[] bytes, int slots) {
        List<CommitRecord> whole = new ArrayList<>();
        for (int slot = 0; slot < slots; slot++) {
            CommitRecord record = CommitRecord.decode(bytes, slot * CommitRecord.SLOT_BYTES);
            if (record != null && record.sequence() % slots == slot) {
                whole.add(record);
            }
        }
        whole.sort(Comparator.comparingLong(CommitRecord::epoch));
        return new CommitRing(whole);
    }

    /** All records of some units, the first that has one for each epoch. */
    static NavigableMap<Long, CommitRecord> union(List<CommitRing> rings) {
        NavigableMap<Long, CommitRecord> all = new TreeMap<>();
        for (CommitRing ring : rings) {
            ring.records.forEach(record -> all.putIfAbsent(record.epoch(), record));
        }
        return all;
    }

    /** The newest record before an epoch, or null. */
    @Nullable CommitRecord newestBefore(long epoch) {
        for (CommitRecord record : records.reversed()) {
            if (record.epoch() < epoch) {
                return record;
            }
        }
        return null;
    }

    /** The newest record, or null. */
    public @Nullable CommitRecord newest() {
        return newestBefore(Long.MAX_VALUE);
    }

    /** The highest sequence number of any record; zero if there is none. */
    long highestSequence() {
        return records.stream().mapToLong(CommitRecord::sequence).max().orElse(0);
    }

    /**
     * The sets that a restore of {@code last} reads, from its full set on, or null when one is
     * missing: epochs of one chain follow each other without a hole (PMU-14).
     */
    @Nullable List<CommitRecord> chainOf(CommitRecord last) {
        List<CommitRecord> chain = new ArrayList<>();
        for (CommitRecord record : records) {
            if (record.epoch() >= last.needs() && record.epoch() <= last.epoch()) {
                if (record.epoch() != last.needs() + chain.size()
                        || record.needs() != last.needs()) {
                    return null;
                }
                chain.add(record);
            }
        }
        return last.needs() + chain.size() == last.epoch() + 1 ? chain : null;
    }

    /** Whether it still holds the very same record. */
    boolean holds(CommitRecord wanted) {
        return records.stream()
                .anyMatch(record ->
                        record.epoch() == wanted.epoch() && record.sequence() == wanted.sequence());
    }
}
