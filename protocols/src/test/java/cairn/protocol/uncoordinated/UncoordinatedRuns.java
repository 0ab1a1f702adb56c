package cairn.protocol.uncoordinated;

import cairn.model.CpuCosts;
import cairn.model.computation.Computation;
import cairn.model.fault.FaultKind;
import cairn.protocol.Dice;
import cairn.protocol.Ranks;
import cairn.protocol.uncoordinated.UncoordinatedSettings.Forced;
import cairn.simulator.Scenario;

import java.util.List;

/** Runs with independent checkpoints. */
public final class UncoordinatedRuns {

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

    private static final long MOST_CHECKPOINTS = 10_000;

    private UncoordinatedRuns() {}

    /** A run in which everything is drawn from its seed. */
    public static Scenario<?> drawn(long seed) {
        Dice dice = new Dice(seed);
        Computation computation = Ranks.drawn(dice);
        var settings =
                new UncoordinatedSettings(
                        dice.of(Forced.values()),
                        dice.oneIn(2),
                        dice.nanos(100_000, 3_000_000),
                        dice.nanos(50_000, 2_000_000));
        var protocol = new Uncoordinated(settings, computation, CpuCosts.DEFAULT);
        // As long as no line moves on, nothing is garbage.
        return Ranks.keeping(Ranks.drawn(dice, protocol, computation, FAULTS), MOST_CHECKPOINTS);
    }
}
