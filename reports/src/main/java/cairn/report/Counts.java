package cairn.report;

import cairn.model.fault.FaultTally;

import java.util.List;

/**
 * What a trial amounted to, in numbers.
 *
 * @param kernelEvents events that the simulation kernel carried out
 * @param requests client requests that were answered
 * @param checkpoints checkpoints that were acknowledged
 * @param stableBytes bytes written to stable storage: persistent memory, flash or disk
 * @param networkBytes bytes put on the network
 * @param rollbacks how often the ranks of a computation went back to a line of checkpoints
 * @param deepestRollback how many complete checkpoints a rank passed over then, at the most
 * @param migrations what the migrations of processes came to
 * @param ordered what became of each fault that the experiment orders, in its order
 */
public record Counts(
        long kernelEvents,
        long requests,
        long checkpoints,
        long stableBytes,
        long networkBytes,
        long rollbacks,
        long deepestRollback,
        Migrations migrations,
        List<FaultTally> ordered) {

    /** Of a trial in which no faults were ordered, no ranks went back, and none migrated. */
    public Counts(
            long kernelEvents,
            long requests,
            long checkpoints,
            long stableBytes,
            long networkBytes) {
        this(
                kernelEvents,
                requests,
                checkpoints,
                stableBytes,
                networkBytes,
                0,
                0,
                Migrations.NONE,
                List.of());
    }

    public Counts {
        ordered = List.copyOf(ordered);
        for (long count :
                new long[] {
                    kernelEvents,
                    requests,
                    checkpoints,
                    stableBytes,
                    networkBytes,
                    rollbacks,
                    deepestRollback
                }) {
            if (count < 0) {
                throw new IllegalArgumentException("a count must not be negative: " + count);
            }
        }
    }

    /** How many of the faults that were ordered changed nothing. */
    public long vainFaults() {
        return ordered.stream().filter(FaultTally::isVain).count();
    }
}
