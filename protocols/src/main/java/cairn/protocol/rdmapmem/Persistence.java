package cairn.protocol.rdmapmem;

import cairn.model.Outbox;
import cairn.model.verbs.FlushType;

/**
 * How a set is written to one unit: first the data, then, when the data is where the method wants
 * it, the commit record (PMU-11). Each call posts what may be posted and says whether the set is
 * complete when that is done.
 */
interface Persistence {

    /** Posts the first step; true if it is the only one. */
    boolean begin(SetWrite set, Link link, Outbox<RdmaPmemMessage> out);

    /** Posts the commit record, when the data is durable. */
    void commit(SetWrite set, Link link, Outbox<RdmaPmemMessage> out);

    /**
     * Makes durable what a primary that was replaced has left visible in a range of region 0,
     * before anything is read from it and relied upon; true if a completion of this link has to be
     * waited for first.
     */
    boolean settle(long bytes, Link link, Outbox<RdmaPmemMessage> out);

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

    static void writeData(SetWrite set, Link link, Outbox<RdmaPmemMessage> out) {
        for (int i = 0; i < set.count(); i++) {
            link.write(set.region(i), set.target(i), set.staged(i), set.length(i), out);
        }
    }

    /**
     * @param fence whether it waits until all before it has completed
     * @param last whether its own completion ends the step
     */
    static void writeRecord(
            SetWrite set, Link link, boolean fence, boolean last, Outbox<RdmaPmemMessage> out) {
        link.writeRecord(set.recordOffset(), set.record(), link.recordStaging(), fence, last, out);
    }

    /** Writes, flush, fenced commit record, flush; one wait. */
    record Flush(FlushType type) implements Persistence {

        @Override
        public boolean settle(long bytes, Link link, Outbox<RdmaPmemMessage> out) {
            link.flush(0, 0, bytes, type, true, out);
            return true;
        }

        @Override
        public boolean begin(SetWrite set, Link link, Outbox<RdmaPmemMessage> out) {
            writeData(set, link, out);
            for (int region = 0; region < set.regions(); region++) {
                if (set.touches(region)) {
                    link.flush(region, set.from(region), set.span(region), type, false, out);
                }
            }
            // Without the fence the record could land before the flush has made the data durable.
            writeRecord(set, link, true, false, out);
            link.flush(0, set.recordOffset(), set.record().length, type, true, out);
            return true;
        }

        @Override
        public void commit(SetWrite set, Link link, Outbox<RdmaPmemMessage> out) {
            throw new IllegalStateException("all was posted at once");
        }
    }

    /** Writes, read, fenced commit record, read; one wait. */
    record ReadAfterWrite() implements Persistence {

        /** What a read returns has left the adapter; elsewhere the method does not hold anyway. */
        @Override
        public boolean settle(long bytes, Link link, Outbox<RdmaPmemMessage> out) {
            return false;
        }

        @Override
        public boolean begin(SetWrite set, Link link, Outbox<RdmaPmemMessage> out) {
            writeData(set, link, out);
            for (int region = 0; region < set.regions(); region++) {
                if (set.touches(region)) {
                    link.readBehind(region, set.from(region), false, out);
                }
            }
            // Writes may overtake reads: without the fence the record could land before the data.
            writeRecord(set, link, true, false, out);
            link.readBehind(0, set.recordOffset(), true, out);
            return true;
        }

        @Override
        public void commit(SetWrite set, Link link, Outbox<RdmaPmemMessage> out) {
            throw new IllegalStateException("all was posted at once");
        }
    }

    /** Writes, flush by the unit's processor, commit record, flush by it; two waits. */
    record TwoSided() implements Persistence {

        @Override
        public boolean settle(long bytes, Link link, Outbox<RdmaPmemMessage> out) {
            link.requestFlush(new long[] {0, 0, bytes}, 1, out);
            return true;
        }

        @Override
        public boolean begin(SetWrite set, Link link, Outbox<RdmaPmemMessage> out) {
            writeData(set, link, out);
            long[] ranges = new long[3 * set.regions()];
            int count = 0;
            for (int region = 0; region < set.regions(); region++) {
                if (set.touches(region)) {
                    ranges[3 * count] = region;
                    ranges[3 * count + 1] = set.from(region);
                    ranges[3 * count + 2] = set.span(region);
                    count++;
                }
            }
            if (count == 0) {
                commit(set, link, out);
                return true;
            }
            link.requestFlush(ranges, count, out);
            return false;
        }

        @Override
        public void commit(SetWrite set, Link link, Outbox<RdmaPmemMessage> out) {
            writeRecord(set, link, false, false, out);
            link.requestFlush(new long[] {0, set.recordOffset(), set.record().length}, 1, out);
        }
    }

    /** <b>Unsafe</b> where durability is declared: writes, commit record; one wait. */
    record CompletionOnly() implements Persistence {

        @Override
        public boolean settle(long bytes, Link link, Outbox<RdmaPmemMessage> out) {
            return false;
        }

        @Override
        public boolean begin(SetWrite set, Link link, Outbox<RdmaPmemMessage> out) {
            writeData(set, link, out);
            writeRecord(set, link, false, true, out);
            return true;
        }

        @Override
        public void commit(SetWrite set, Link link, Outbox<RdmaPmemMessage> out) {
            throw new IllegalStateException("all was posted at once");
        }
    }
}
