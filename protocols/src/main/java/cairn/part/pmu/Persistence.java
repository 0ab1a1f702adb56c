package cairn.part.pmu;

import cairn.model.verbs.FlushType;
import cairn.part.pmu.CommittedWrite.Range;

import java.util.List;

/**
 * How something is written to one unit: first the data, then, when the data is where the method
 * wants it, the record that makes it count (PMU-11). Each call posts what may be posted and says
 * whether all is written when that is done.
 */
public interface Persistence {

    /** Posts the first step; true if it is the only one. */
    boolean begin(CommittedWrite write, Link link);

    /** Posts the record, when the data is durable; only after a first step of several. */
    default void commit(CommittedWrite write, Link link) {
        throw new IllegalStateException("all was posted at once");
    }

    /**
     * Makes durable what a leader that was replaced has left visible at the beginning of region 0,
     * before anything is read from it and relied upon; true if a completion of this link has to be
     * waited for first.
     */
    default boolean settle(long bytes, Link link) {
        return false;
    }

    /** The method that the settings ask for. */
    static Persistence of(PmuSettings settings) {
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

    /** Posts the data. */
    static void writeData(CommittedWrite write, Link link) {
        for (Range range : write.ranges()) {
            link.write(range);
        }
    }

    /** Where the record is. */
    static Range recordOf(CommittedWrite write) {
        return new Range(0, 0, write.recordOffset(), write.record().length);
    }

    /** Writes, flush, fenced commit record, flush; one wait. */
    record Flush(FlushType type) implements Persistence {

        @Override
        public boolean settle(long bytes, Link link) {
            link.flush(new Range(0, 0, 0, bytes), type, true);
            return true;
        }

        @Override
        public boolean begin(CommittedWrite write, Link link) {
            writeData(write, link);
            for (Range span : write.spans()) {
                link.flush(span, type, false);
            }
            // Without the fence the record could land before the flush has made the data durable.
            link.writeRecord(write, true, false);
            link.flush(recordOf(write), type, true);
            return true;
        }
    }

    /**
     * Writes, read, fenced commit record, read; one wait. What a read returns has left the adapter,
     * so nothing has to be settled; elsewhere the method does not hold anyway.
     */
    record ReadAfterWrite() implements Persistence {

        @Override
        public boolean begin(CommittedWrite write, Link link) {
            writeData(write, link);
            for (Range span : write.spans()) {
                link.readBehind(span.region(), span.target(), false);
            }
            // Writes may overtake reads: without the fence the record could land before the data.
            link.writeRecord(write, true, false);
            link.readBehind(0, write.recordOffset(), true);
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
        public boolean begin(CommittedWrite write, Link link) {
            writeData(write, link);
            if (write.ranges().isEmpty()) {
                commit(write, link);
                return true;
            }
            link.requestFlush(write.spans());
            return false;
        }

        @Override
        public void commit(CommittedWrite write, Link link) {
            link.writeRecord(write, false, false);
            link.requestFlush(List.of(recordOf(write)));
        }
    }

    /** <b>Unsafe</b> where durability is declared: writes, commit record; one wait. */
    record CompletionOnly() implements Persistence {

        @Override
        public boolean begin(CommittedWrite write, Link link) {
            writeData(write, link);
            link.writeRecord(write, false, true);
            return true;
        }
    }
}
