package cairn.protocol.dirtypages;

import cairn.part.incremental.Chain;
import cairn.part.incremental.Increments;
import cairn.part.incremental.Shortage;
import cairn.part.incremental.Tracking;

import java.util.List;

/**
 * What may be chosen.
 *
 * @param intervalNanos from the end of one checkpoint to the beginning of the next, above zero; 2
 *     ms
 * @param chain what an image holds
 * @param chainLength after how many images a chain ends or is merged, one or more; 8
 * @param place where checkpoint files lie
 * @param inFlight what becomes of messages that are under way at a cut
 * @param batchPages how many pages are written at once while no rank waits for one, one or more; 16
 * @param mostMappings into how many pieces of one protection the kernel lets a memory be cut, three
 *     or more; Linux has 65,530, of which a process needs some thirty for itself
 * @param shortage what is done when these are used up
 * @param tracking how changes are learned of while no image is being stored; {@code FAULTS}
 * @param deviceReceives whether the network interface puts messages into a rank's memory by itself,
 *     past the protection
 * @param spareNodes nodes without a rank at first; a node that takes up a rank of another one needs
 *     the storage node, so without it zero; 0
 * @param preemptEveryNanos how long a scheduler lets the computation run before it wants the nodes
 *     for another one; 0 (default) for never
 * @param preemptForNanos for how long it wants them; 5 ms
 * @param adoptAfterNanos after how long a silence a node is taken for dead, and a spare one takes
 *     up its rank from the last checkpoint: longer than any that a living node is silent for,
 *     unless silent nodes are switched off; twice as long each time that one was suspected and
 *     lives, up to 64 times; needs spare nodes; 0 (default) for never
 * @param retryNanos after how long what was not answered is said again, above zero; 1 ms
 */
public record DirtyPagesSettings(
        long intervalNanos,
        Chain chain,
        int chainLength,
        Place place,
        InFlight inFlight,
        int batchPages,
        int mostMappings,
        Shortage shortage,
        Tracking tracking,
        boolean deviceReceives,
        int spareNodes,
        long preemptEveryNanos,
        long preemptForNanos,
        long adoptAfterNanos,
        long retryNanos) {

    public static final DirtyPagesSettings DEFAULT =
            new DirtyPagesSettings(
                    2_000_000,
                    Chain.PERIODIC,
                    8,
                    Place.OWN_DISK,
                    InFlight.SAVE,
                    16,
                    65_500,
                    Shortage.COALESCE,
                    Tracking.FAULTS,
                    false,
                    0,
                    0,
                    5_000_000,
                    0,
                    1_000_000);

    public DirtyPagesSettings {
        if (intervalNanos < 1 || retryNanos < 1) {
            throw new IllegalArgumentException(
                    "times are above zero: " + List.of(intervalNanos, retryNanos));
        }
        if (preemptEveryNanos < 0 || preemptForNanos < 0) {
            throw new IllegalArgumentException(
                    "times are zero or more: " + List.of(preemptEveryNanos, preemptForNanos));
        }
        if (spareNodes < 0 || (spareNodes > 0 && place == Place.OWN_DISK)) {
            throw new IllegalArgumentException(
                    "spare nodes are zero or more, and of use where a storage node is: "
                            + spareNodes);
        }
        if (adoptAfterNanos != 0
                && (adoptAfterNanos - retryNanos <= retryNanos || spareNodes == 0)) {
            throw new IllegalArgumentException(
                    "a rank is adopted by a spare node, after more than two retries: "
                            + adoptAfterNanos);
        }
        Increments.check(chainLength, batchPages, mostMappings);
    }

    /** How long a silence is a death: twice as long after each mistake, up to a century. */
    long silenceNanos(int mistakes) {
        int doublings = Math.max(0, Long.numberOfLeadingZeros(adoptAfterNanos) - 2);
        return adoptAfterNanos << Math.min(mistakes, doublings);
    }

    /** Those for the checkpoints of one rank. */
    Increments increments() {
        return new Increments(chain, chainLength, batchPages, mostMappings, shortage, tracking);
    }
}
