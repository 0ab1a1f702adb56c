package cairn.protocol.redundancy;

import cairn.fault.FaultPlan;
import cairn.model.CpuCosts;
import cairn.model.computation.Computation;
import cairn.model.fault.Fault;
import cairn.model.fault.FaultKind;
import cairn.model.fault.Injection;
import cairn.model.fault.Trigger;
import cairn.part.ensemble.EnsembleMessage;
import cairn.protocol.Dice;
import cairn.protocol.Ranks;
import cairn.protocol.redundancy.RedundancySettings.Scheme;
import cairn.simulator.Scenario;

import java.util.ArrayList;
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

    /** When there are checkpoints, and most computations are still under way. */
    private static final long FIRST_CRASH_NANOS = 400_000;

    private static final long LAST_CRASH_NANOS = 2_000_000;

    private RedundancyRuns() {}

    /** A run in which everything is drawn from its seed. */
    public static Scenario<?> drawn(long seed) {
        Dice dice = new Dice(seed);
        Computation computation = Ranks.lasting(dice);
        int groupSize = dice.from(2, 4);
        int groups = Math.max(1, computation.ranks() / groupSize);
        var settings =
                new RedundancySettings(
                        dice.oneIn(10)
                                ? Scheme.SINGLE
                                : dice.of(Scheme.PARTNER, Scheme.XOR, Scheme.REED_SOLOMON),
                        groupSize,
                        dice.from(1, groupSize - 1),
                        dice.from(1, groups),
                        dice.oneIn(2),
                        dice.nanos(50_000, 500_000),
                        dice.nanos(50_000, 1_000_000));
        var protocol = new Redundancy(settings, computation, CpuCosts.DEFAULT);
        Scenario<EnsembleMessage> scenario = Ranks.drawn(dice, protocol, computation, FAULTS);
        List<Injection> planned = new ArrayList<>(scenario.faults().planned());
        planned.add(
                new Injection(
                        new Trigger.At(dice.nanos(FIRST_CRASH_NANOS, LAST_CRASH_NANOS)),
                        new Fault.ProcessCrash(dice.node(computation.ranks())),
                        dice.nanos(20_000, 2_000_000)));
        return Ranks.scenario(protocol, computation, new FaultPlan(planned, List.of()));
    }
}
