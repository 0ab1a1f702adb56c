package cairn.cluster.control;

import cairn.cluster.group.Stack;
import cairn.cluster.memory.PageProtection;
import cairn.model.Protocol;
import cairn.model.fault.LinkQuality;
import cairn.model.fault.Moment;

import java.util.List;
import java.util.Map;

/**
 * What a launcher tells a node process, over its standard input. When that ends, the launcher is
 * gone, and so is the process.
 */
public sealed interface Order {

    /** What does the clock of that host show? */
    record Ping() implements Order {}

    /**
     * Be a place, and join the group.
     *
     * @param protocol made the node; carried whole, so that a process needs no experiment file
     * @param vocabulary the names of the classes that messages number
     * @param folder where this place keeps its files, on its host
     * @param totals the file in which this place counts what it sends and stores, on its host
     * @param alone whether nobody else uses the file system of that folder
     * @param seed of the node's own dice
     * @param past what happened to the machine since its last process
     * @param protection what is to protect the pages of its memory
     * @param awaited the moments that faults wait for
     * @param logs whether an earlier process claimed that receipts are logged
     * @param links what is wrong with the ways from other places
     */
    record Enrol(
            Protocol<?> protocol,
            int place,
            int incarnation,
            Stack stack,
            List<String> vocabulary,
            String folder,
            String totals,
            boolean alone,
            long seed,
            Past past,
            PageProtection protection,
            List<Moment> awaited,
            boolean logs,
            Links links)
            implements Order {
        public Enrol {
            vocabulary = List.copyOf(vocabulary);
            awaited = List.copyOf(awaited);
        }
    }

    /**
     * Start the node.
     *
     * @param zeroNanos when the run began, by the monotonic clock of the process's host
     * @param condition of the machine now: what struck, or was healed, while the process joined
     */
    record Go(long zeroNanos, Condition condition) implements Order {}

    /**
     * The ways from these places are bad from now on; all others are well.
     *
     * @param weather how often that has changed, somewhere in the cluster
     */
    record Links(int weather, Map<Integer, LinkQuality> bad) implements Order {
        public Links {
            bad = Map.copyOf(bad);
        }
    }

    /** The disk is in this state from now on. */
    record DiskState(DiskTrouble trouble) implements Order {}

    /** Bits of stored files flip. */
    record RotDisk() implements Order {}

    /** A stored file loses its end. */
    record TruncateFile() implements Order {}

    /** Bits of stored persistent memory flip. */
    record RotMemory(long address, long length) implements Order {}

    /** The RDMA interface fails, and the process with it. */
    record ResetNic() implements Order {}

    /** The clock is set, and gains from now on. */
    record ClockState(long jumpNanos, long gainPartsPerMillion) implements Order {}

    /** The node stands still, or goes on, while the devices of its machine serve others. */
    record Hold(boolean still) implements Order {}

    /** Say what you hold of the machine; not while you stand still. */
    record Measure() implements Order {}

    /** Say how you are, and end. */
    record Stop() implements Order {}
}
