package cairn.protocol.rdmapmem;

import cairn.model.Message;
import cairn.part.pmu.PmuMessage;

/** What servers, units and managers say to each other. */
public sealed interface RdmaPmemMessage extends Message {

    /** About the units. */
    record OfUnits(PmuMessage carried) implements RdmaPmemMessage, PmuMessage.Carrier {
        @Override
        public int bytes() {
            return carried.bytes();
        }

        /** As what it carries: timelines are about that. */
        @Override
        public String toString() {
            return carried.toString();
        }
    }

    /** What servers tell each other. */
    sealed interface Notice extends RdmaPmemMessage {
        long leaderTerm();

        @Override
        default int bytes() {
            return 64;
        }
    }

    /** The primary lives. */
    record Alive(long leaderTerm) implements Notice {}

    /** The primary has sealed a set. */
    record SetSealed(long leaderTerm, long epoch) implements Notice {}

    /** PMU-15: a backup has read all sets up to an epoch; older ones may be cleared. */
    record Clear(long leaderTerm, long readTo) implements Notice {}
}
