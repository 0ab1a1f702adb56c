package cairn.fault;

import cairn.model.fault.Injection;

import java.util.List;

/**
 * All that may go wrong in a run.
 *
 * @param planned what goes wrong at given times and moments
 * @param random what goes wrong at times asked of the choices
 */
public record FaultPlan(List<Injection> planned, List<RandomFault> random) {

    /** Nothing goes wrong. */
    public static final FaultPlan NONE = new FaultPlan(List.of(), List.of());

    public FaultPlan {
        planned = List.copyOf(planned);
        random = List.copyOf(random);
    }
}
