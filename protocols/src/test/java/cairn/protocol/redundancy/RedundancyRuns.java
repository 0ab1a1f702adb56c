package cairn.protocol.redundancy;

import cairn.model.CpuCosts;
import cairn.model.computation.Computation;
import cairn.model.fault.FaultKind;
import cairn.protocol.Dice;
import cairn.protocol.Ranks;
import cairn.protocol.redundancy.RedundancySettings.Scheme;
import cairn.simulator.Scenario;

import java.util.List;

/** Runs with checkpoints in memory. */
public final class RedundancyRuns {

    /** Several crashes may exceed what is promised: then nothing is owed, and all begin again. */
    private static final List<FaultKind> FAULTS =
            List.of(
                    FaultKind.PROCESS_CRASH,
                    FaultKind.PROCESS_CRASH,
                    FaultKind.PROCESS_CRASH,
                    FaultKind.PAUSE,
                    FaultKind.POWER_LOSS,
                    FaultKind.SLOW_NODE,
                    FaultKind.CLOCK,
                    FaultKind.CUT,
                    FaultKind.BAD_LINK);

    private RedundancyRuns() {}

    /** A run in which everything is drawn from its seed. */
    public static Scenario<?> drawn(long seed) {
        Dice dice = new Dice(seed);
        Computation computation = Ranks.drawn(dice);
        int groupSize = dice.from(2, 4);
        int groups = Math.max(1, computation.ranks() / groupSize);
        var settings =
                new RedundancySettings(
                        dice.of(Scheme.values()),
                        groupSize,
                        dice.from(1, groupSize - 1),
                        dice.from(1, groups),
                        dice.oneIn(2),
                        dice.nanos(50_000, 3_000_000),
                        dice.nanos(50_000, 2_000_000));
        var protocol = new Redundancy(settings, computation, CpuCosts.DEFAULT);
        return Ranks.drawn(dice, protocol, computation, FAULTS);
    }
}
