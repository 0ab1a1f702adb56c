package cairn.verification.junit;

import cairn.fault.Admissible;
import cairn.fault.FaultPlan;
import cairn.fault.RandomFault;
import cairn.model.NodeId;
import cairn.model.Seat;
import cairn.model.fault.Fault;
import cairn.model.fault.Injection;
import cairn.model.fault.Moment;
import cairn.model.fault.Trigger;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

import java.util.List;
import java.util.Set;

/** Plans of what goes wrong, as arbitraries of jqwik: they shrink to fewer and earlier faults. */
public final class FaultPlans {

    private static final long MOST_NANOS = 50_000_000;

    private FaultPlans() {}

    /** Up to so many admissible faults of these machines, at times and at moments, each healed. */
    public static Arbitrary<FaultPlan> within(Admissible admissible, List<Seat> seats, int most) {
        return within(admissible, seats, List.of(), most);
    }

    /** The same, where racks may lose power as a whole: those of a {@link Topology}. */
    public static Arbitrary<FaultPlan> within(
            Admissible admissible, List<Seat> seats, List<Set<NodeId>> racks, int most) {
        List<Fault> faults =
                admissible.everywhere(seats, racks).stream().map(RandomFault::fault).toList();
        Arbitrary<Injection> injection =
                Combinators.combine(
                                triggers(),
                                Arbitraries.of(faults),
                                Arbitraries.longs().between(10_000, 10_000_000))
                        .as(Injection::new);
        return injection
                .list()
                .ofMaxSize(most)
                .map(planned -> new FaultPlan(planned, List.of(), admissible));
    }

    private static Arbitrary<Trigger> triggers() {
        return Arbitraries.oneOf(
                Arbitraries.longs().between(0, MOST_NANOS).map(Trigger.At::new),
                Combinators.combine(
                                Arbitraries.of(Moment.class), Arbitraries.longs().between(1, 200))
                        .as((moment, count) -> new Trigger.OnMoment(moment, count, null)));
    }
}
