package cairn.fault;

import cairn.model.fault.Injection;

import java.util.ArrayList;
import java.util.List;

/**
 * All that may go wrong in a run.
 *
 * @param planned what goes wrong at given times and moments
 * @param random what goes wrong at times asked of the choices
 * @param spreads what else a fault may cause
 * @param admissible how much of it at the most
 */
public record FaultPlan(
        List<Injection> planned,
        List<RandomFault> random,
        List<Spread> spreads,
        Admissible admissible) {

    /** Nothing goes wrong. */
    public static final FaultPlan NONE = new FaultPlan(List.of(), List.of());

    public FaultPlan {
        planned = List.copyOf(planned);
        random = List.copyOf(random);
        spreads = List.copyOf(spreads);
    }

    /** Faults that are independent of each other. */
    public FaultPlan(List<Injection> planned, List<RandomFault> random, Admissible admissible) {
        this(planned, random, List.of(), admissible);
    }

    /** As often as it says. */
    public FaultPlan(List<Injection> planned, List<RandomFault> random) {
        this(planned, random, Admissible.EVERYTHING);
    }

    /** With more that may go wrong at random; what has the name of something here is left out. */
    public FaultPlan with(List<RandomFault> more) {
        List<RandomFault> all = new ArrayList<>(random);
        for (RandomFault fault : more) {
            if (random.stream().noneMatch(own -> own.name().equals(fault.name()))) {
                all.add(fault);
            }
        }
        return new FaultPlan(planned, all, spreads, admissible);
    }
}
