package cairn.protocol.remus;

import cairn.fault.FaultPlan;
import cairn.model.fault.Fault;
import cairn.protocol.Plans;
import cairn.protocol.SeededBug;
import cairn.protocol.Surroundings;
import cairn.simulator.Scenario;

import java.util.List;

/** Realistic mistakes in output holding. */
public final class RemusBugs {

    private static final FaultPlan PAUSES =
            new Plans()
                    .every(10_000_000, new Fault.Pause(Remus.SERVERS.getFirst()), 8_000_000)
                    .plan();

    private RemusBugs() {}

    /** In the order of the list of bugs. */
    public static List<SeededBug> all() {
        return List.of(
                new SeededBug(
                        "M13",
                        "OUTPUT_EARLY",
                        List.of("OUT"),
                        _ -> scenario(new OutputEarly()),
                        _ -> scenario(Rules.SOUND)),
                new SeededBug(
                        "X9",
                        "SILENT_TAKE_OVER",
                        List.of("TIME"),
                        _ -> scenario(new SilentTakeOver()),
                        _ -> scenario(Rules.SOUND)));
    }

    private static Scenario<?> scenario(Rules rules) {
        return Surroundings.scenario(
                (service, clients, costs) ->
                        new Remus(RemusSettings.DEFAULT, service, clients, costs, rules),
                Surroundings.bank(),
                500,
                PAUSES);
    }

    /** X9: whoever takes over works, and nobody learns from what it goes on. */
    private static final class SilentTakeOver implements Rules {
        @Override
        public boolean saysFromWhat() {
            return false;
        }
    }

    /** M13: an output leaves before its epoch has reached the backup. */
    private static final class OutputEarly implements Rules {
        @Override
        public boolean mayReleaseAtOnce(boolean alone) {
            return true;
        }
    }
}
