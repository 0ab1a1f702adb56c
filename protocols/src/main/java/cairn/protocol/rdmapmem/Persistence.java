package cairn.protocol.rdmapmem;

import cairn.model.verbs.FlushType;
import cairn.protocol.rdmapmem.SetWrite.Range;

import java.util.List;

/**
 * How a set is written to one unit: first the data, then, when the data is where the method wants
 * it, the commit record (PMU-11). Each call posts what may be posted and says whether the set is
 * complete when that is done.
 */
interface Persistence {

    /** Posts the first step; true if it is the only one. */
    boolean begin(SetWrite set, Link link);

    /** Posts the commit record, when the data is durable; only after a first step of several. */
    default void commit(SetWrite set, Link link) {
        throw new IllegalStateException("all was posted at once");
    }

    /**
     * Makes durable what a primary that was replaced has left visible at the beginning of region 0,
     * before anything is read from it and relied upon; true if a completion of this link has to be
     * waited for first.
     */
    default boolean settle(long bytes, Link link) {
        return false;
    }

    static Persistence of(RdmaPmemSettings settings) {
        return switch (settings.acknowledge()) {
            case RECEIVED -> new CompletionOnly();
            case VISIBLE ->
                    settings.persist() == PersistMethod.NATIVE_FLUSH
                            ? new Flush(FlushType.GLOBAL)
                            : new ReadAfterWrite();
            case DURABLE, DURABLE_ON_ALL ->
                    switch (settings.persist()) {
                        case NATIVE_FLUSH -> new Flush(FlushType.PERSISTENT);
                        case READ_AFTER_WRITE -> new ReadAfterWrite();
                        case TWO_SIDED -> new TwoSided();
                        case COMPLETION_ONLY -> new CompletionOnly();
                    };
        };
    }

    static void writeData(SetWrite set, Link link) {
        for (Range range : set.ranges()) {
            link.write(range);
        }
    }

    /** Where the commit record is. */
    static Range recordOf(SetWrite set) {
        return new Range(0, 0, set.recordOffset(), set.record().length);
    }

    /** Writes, flush, fenced commit record, flush; one wait. */
    record Flush(FlushType type) implements Persistence {

        @Override
        public boolean settle(long bytes, Link link) {
            link.flush(new Range(0, 0, 0, bytes), type, true);
            return true;
        }

        @Override
        public boolean begin(SetWrite set, Link link) {
            writeData(set, link);
            for (Range span : set.spans()) {
                link.flush(span, type, false);
            }
            // Without the fence the record could land before the flush has made the data durable.
            link.writeRecord(set, true, false);
            link.flush(recordOf(set), type, true);
            return true;
        }
    }

    /**
     * Writes, read, fenced commit record, read; one wait. What a read returns has left the adapter,
     * so nothing has to be settled; elsewhere the method does not hold anyway.
     */
    record ReadAfterWrite() implements Persistence {

        @Override
        public boolean begin(SetWrite set, Link link) {
            writeData(set, link);
            for (Range span : set.spans()) {
                link.readBehind(span.region(), span.target(), false);
            }
            // Writes may overtake reads: without the fence the record could land before the data.
            link.writeRecord(set, true, false);
            link.readBehind(0, set.recordOffset(), true);
            return true;
        }
    }

    /** Writes, flush by the unit's processor, commit record, flush by it; two waits. */
    record TwoSided() implements Persistence {

        @Override
        public boolean settle(long bytes, Link link) {
            link.requestFlush(List.of(new Range(0, 0, 0, bytes)));
            return true;
        }

        @Override
        public boolean begin(SetWrite set, Link link) {
            writeData(set, link);
            if (set.ranges().isEmpty()) {
                commit(set, link);
                return true;
            }
            link.requestFlush(set.spans());
            return false;
        }

        @Override
        public void commit(SetWrite set, Link link) {
            link.writeRecord(set, false, false);
            link.requestFlush(List.of(recordOf(set)));
        }
    }

    /** <b>Unsafe</b> where durability is declared: writes, commit record; one wait. */
    record CompletionOnly() implements Persistence {

        @Override
        public boolean begin(SetWrite set, Link link) {
            writeData(set, link);
            link.writeRecord(set, false, true);
            return true;
        }
    }
}
