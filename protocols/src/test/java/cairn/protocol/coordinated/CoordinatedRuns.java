package cairn.protocol.coordinated;

import cairn.model.CpuCosts;
import cairn.model.computation.Computation;
import cairn.model.fault.FaultKind;
import cairn.protocol.Dice;
import cairn.protocol.Ranks;
import cairn.protocol.coordinated.CoordinatedSettings.Cut;
import cairn.protocol.coordinated.CoordinatedSettings.Place;
import cairn.protocol.coordinated.CoordinatedSettings.Release;
import cairn.simulator.Scenario;

import java.util.List;

/** Runs with coordinated checkpoints. */
public final class CoordinatedRuns {

    private static final List<FaultKind> FAULTS =
            List.of(
                    FaultKind.PROCESS_CRASH,
                    FaultKind.PROCESS_CRASH,
                    FaultKind.POWER_LOSS,
                    FaultKind.WARM_RESET,
                    FaultKind.PAUSE,
                    FaultKind.CPU_HANG,
                    FaultKind.SLOW_NODE,
                    FaultKind.SLOW_DISK,
                    FaultKind.DISK_FULL,
                    FaultKind.CLOCK,
                    FaultKind.CUT,
                    FaultKind.BAD_LINK);

    private CoordinatedRuns() {}

    /** A run in which everything is drawn from its seed. */
    public static Scenario<?> drawn(long seed) {
        Dice dice = new Dice(seed);
        Computation computation = Ranks.drawn(dice);
        var settings =
                new CoordinatedSettings(
                        dice.of(Cut.values()),
                        dice.of(Place.values()),
                        dice.of(Release.values()),
                        dice.nanos(50_000, 3_000_000),
                        dice.nanos(50_000, 2_000_000));
        var protocol = new Coordinated(settings, computation, CpuCosts.DEFAULT);
        return Ranks.drawn(dice, protocol, computation, FAULTS);
    }
}
