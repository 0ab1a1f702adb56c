package cairn.protocol.restart;

import cairn.model.CpuCosts;
import cairn.model.computation.Computation;
import cairn.model.fault.FaultKind;
import cairn.protocol.Dice;
import cairn.protocol.DrawnFaults;
import cairn.protocol.Ranks;
import cairn.simulator.Scenario;

import java.util.List;

/** Runs without checkpoints. */
public final class RestartRuns {

    private static final List<FaultKind> FAULTS =
            List.of(
                    FaultKind.PROCESS_CRASH,
                    FaultKind.POWER_LOSS,
                    FaultKind.PAUSE,
                    FaultKind.CPU_HANG,
                    FaultKind.SLOW_NODE,
                    FaultKind.CLOCK,
                    FaultKind.CUT,
                    FaultKind.BAD_LINK);

    private RestartRuns() {}

    /** A run in which everything is drawn from its seed. */
    public static Scenario<?> drawn(long seed) {
        Dice dice = new Dice(seed);
        Computation computation = Ranks.drawn(dice);
        var settings = new RestartSettings(dice.nanos(50_000, 2_000_000));
        var protocol = new Restart(settings, computation, CpuCosts.DEFAULT);
        int places = protocol.seats().size();
        return Ranks.scenario(
                protocol,
                computation,
                new DrawnFaults(dice, places, places, List.of()).plan(FAULTS));
    }
}
