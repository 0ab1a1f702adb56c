package cairn.report;

/**
 * What a trial amounted to, in numbers.
 *
 * @param kernelEvents events that the simulation kernel carried out
 * @param requests client requests that were answered
 * @param checkpoints checkpoints that were acknowledged
 * @param stableBytes bytes written to stable storage: persistent memory, flash or disk
 * @param networkBytes bytes put on the network
 */
public record Counts(
        long kernelEvents, long requests, long checkpoints, long stableBytes, long networkBytes) {

    public Counts {
        for (long count :
                new long[] {kernelEvents, requests, checkpoints, stableBytes, networkBytes}) {
            if (count < 0) {
                throw new IllegalArgumentException("a count must not be negative: " + count);
            }
        }
    }
}
