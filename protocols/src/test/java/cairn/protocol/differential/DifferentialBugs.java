package cairn.protocol.differential;

import cairn.fault.FaultPlan;
import cairn.model.Epoch;
import cairn.model.NodeId;
import cairn.model.fault.Fault;
import cairn.protocol.Plans;
import cairn.protocol.SeededBug;
import cairn.protocol.Surroundings;
import cairn.simulator.Scenario;

import java.util.List;

/** Realistic mistakes in differential images. */
public final class DifferentialBugs {

    private static final FaultPlan CRASHES =
            new Plans().every(6_000_000, new Fault.ProcessCrash(new NodeId(0)), 500_000).plan();

    private DifferentialBugs() {}

    /** In the order of the list of bugs. */
    public static List<SeededBug> all() {
        return List.of(
                new SeededBug(
                        "B17",
                        "CHAIN_MISSING_LINK",
                        List.of("ATOM"),
                        _ -> scenario(new AnyBase()),
                        _ -> scenario(Rules.SOUND)),
                new SeededBug(
                        "B17",
                        "CHAIN_MISSING_LINK, by its answers",
                        List.of("CONSERVE"),
                        _ -> scenario(new AnyBase()),
                        _ -> scenario(Rules.SOUND)));
    }

    private static Scenario<?> scenario(Rules rules) {
        return Surroundings.scenario(
                (service, clients, costs) ->
                        new Differential(
                                new DifferentialSettings(4, 3), service, clients, costs, rules),
                Surroundings.bank(),
                400,
                CRASHES);
    }

    /** B17: a differential image is put on another full image than the one it was made against. */
    private static final class AnyBase implements Rules {
        @Override
        public boolean fits(Epoch base, Epoch restored) {
            return true;
        }
    }
}
