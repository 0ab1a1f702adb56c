package cairn.model.fault;

import java.util.List;

/**
 * What became of one fault that was ordered, in one run or in several: a run is evidence about a
 * fault only if something in it went otherwise because of it.
 *
 * @param came how often its time, or its moment, came while faults could strike
 * @param struck how often it struck; less than it came where no more was admissible
 * @param effective how often something went otherwise for it: a process ended, a packet did not
 *     arrive, an operation was refused, slow or untrue
 */
public record FaultTally(long came, long struck, long effective) {

    /** It was ordered, and its time never came. */
    public static final FaultTally NONE = new FaultTally(0, 0, 0);

    public FaultTally {
        if (effective < 0 || struck < effective || came < struck) {
            throw new IllegalArgumentException(
                    "what has an effect struck, and what struck came: "
                            + came
                            + ", "
                            + struck
                            + ", "
                            + effective);
        }
    }

    /** Both together. */
    public FaultTally and(FaultTally other) {
        return new FaultTally(
                came + other.came, struck + other.struck, effective + other.effective);
    }

    /** Adds what became of the same faults in another run, place by place. */
    public static void add(List<FaultTally> sums, List<FaultTally> more) {
        for (int i = 0; i < more.size(); i++) {
            if (i == sums.size()) {
                sums.add(NONE);
            }
            sums.set(i, sums.get(i).and(more.get(i)));
        }
    }

    /** Whether nothing was different for it. */
    public boolean isVain() {
        return effective == 0;
    }
}
