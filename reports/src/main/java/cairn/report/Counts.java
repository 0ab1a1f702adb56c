package cairn.report;

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
 */
public record Counts(
        long kernelEvents,
        long requests,
        long checkpoints,
        long stableBytes,
        long networkBytes,
        long rollbacks,
        long deepestRollback,
        Migrations migrations) {

    /** Of a trial in which no ranks went back, and none migrated. */
    public Counts(
            long kernelEvents,
            long requests,
            long checkpoints,
            long stableBytes,
            long networkBytes) {
        this(kernelEvents, requests, checkpoints, stableBytes, networkBytes, 0, 0, Migrations.NONE);
    }

    public Counts {
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
}
