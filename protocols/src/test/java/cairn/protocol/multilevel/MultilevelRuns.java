package cairn.protocol.multilevel;

import cairn.model.CpuCosts;
import cairn.model.computation.Computation;
import cairn.model.fault.FaultKind;
import cairn.protocol.Dice;
import cairn.protocol.Ranks;
import cairn.simulator.Scenario;

import java.util.List;

/** Runs with checkpoints at several levels. */
public final class MultilevelRuns {

    /** A machine may be lost for good once; if that is more than promised, nothing is owed. */
    private static final List<FaultKind> FAULTS =
            List.of(
                    FaultKind.PROCESS_CRASH,
                    FaultKind.PROCESS_CRASH,
                    FaultKind.PERMANENT_LOSS,
                    FaultKind.PERMANENT_LOSS,
                    FaultKind.POWER_LOSS,
                    FaultKind.WARM_RESET,
                    FaultKind.PAUSE,
                    FaultKind.CPU_HANG,
                    FaultKind.SLOW_NODE,
                    FaultKind.SLOW_DISK,
                    FaultKind.DISK_FULL,
                    FaultKind.CUT,
                    FaultKind.BAD_LINK);

    private MultilevelRuns() {}

    /** A run in which everything is drawn from its seed. */
    public static Scenario<?> drawn(long seed) {
        Dice dice = new Dice(seed);
        Computation computation = Ranks.drawn(dice);
        // Drawn by itself, so that all else of a seed stays as it was.
        CopiedFrom from = new Dice(~seed).of(CopiedFrom.values());
        var settings =
                new MultilevelSettings(
                        dice.of(0, 1, 1, 1, 2),
                        from,
                        dice.from(1, computation.ranks() - 1),
                        dice.from(0, 3),
                        dice.oneIn(2),
                        dice.nanos(50_000, 3_000_000),
                        dice.nanos(50_000, 2_000_000));
        var protocol = new Multilevel(settings, computation, CpuCosts.DEFAULT);
        return Ranks.drawn(dice, protocol, computation, FAULTS);
    }
}
