package cairn.part.ensemble;

import cairn.model.Epoch;

/**
 * Numbers that are never used twice, although nobody stores the last one used: an era is numbered
 * after the incarnation of the coordinator that began it, and a checkpoint after its era. The
 * second checkpoint of the third era is e3000002; the first era of a coordinator that was started
 * again is 1000001.
 */
public final class Numbers {

    private static final long STEP = 1_000_000;

    private Numbers() {}

    /** The number before a coordinator's first era. */
    static long beforeFirstEra(int incarnation) {
        return incarnation * STEP;
    }

    /** The number before an era's first checkpoint. */
    static Epoch beforeFirst(long era) {
        return new Epoch(era * STEP);
    }

    /** The era in which a checkpoint was cut. */
    public static long eraOf(Epoch epoch) {
        return epoch.number() / STEP;
    }

    /** The how-manieth checkpoint of its era one is. */
    public static long countOf(Epoch epoch) {
        return epoch.number() % STEP;
    }
}
