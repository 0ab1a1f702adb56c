package cairn.protocol;

import cairn.fault.FaultPlan;
import cairn.fault.RandomFault;
import cairn.model.choice.Law;
import cairn.model.fault.Fault;

import java.util.ArrayList;
import java.util.List;

/** Plans of faults that strike again and again, at times asked of the choices. */
public final class Plans {

    private static final int MOST = 20;

    private final List<RandomFault> faults = new ArrayList<>();

    /** A fault that strikes every so often on average, and is healed after a time. */
    public Plans every(long meanNanos, Fault fault, long healAfterNanos) {
        faults.add(
                new RandomFault(
                        "fault " + faults.size(),
                        fault,
                        new Law.Exponential(meanNanos / 4, 0.75 * meanNanos),
                        MOST,
                        healAfterNanos));
        return this;
    }

    public FaultPlan plan() {
        return new FaultPlan(List.of(), faults);
    }
}
