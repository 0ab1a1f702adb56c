package cairn.protocol.dirtypages;

import cairn.model.CpuCosts;
import cairn.model.computation.Computation;
import cairn.model.fault.FaultKind;
import cairn.protocol.Dice;
import cairn.protocol.DrawnFaults;
import cairn.protocol.Ranks;
import cairn.simulator.Scenario;

import java.util.List;

/** Runs with checkpoints of the pages that changed. */
public final class DirtyPagesRuns {

    private static final List<FaultKind> FAULTS =
            List.of(
                    FaultKind.PROCESS_CRASH,
                    FaultKind.WARM_RESET,
                    FaultKind.POWER_LOSS,
                    FaultKind.PAUSE,
                    FaultKind.CPU_HANG,
                    FaultKind.SLOW_NODE,
                    FaultKind.CLOCK,
                    FaultKind.DISK_FULL,
                    FaultKind.SLOW_DISK,
                    FaultKind.CUT,
                    FaultKind.BAD_LINK);

    private DirtyPagesRuns() {}

    /** A run in which everything is drawn from its seed. */
    public static Scenario<?> drawn(long seed) {
        Dice dice = new Dice(seed);
        Computation computation = Ranks.drawn(dice);
        var protocol = new DirtyPages(settings(dice), computation, CpuCosts.DEFAULT);
        int places = protocol.seats().size();
        return Ranks.scenario(
                protocol,
                computation,
                new DrawnFaults(dice, places, places, List.of()).plan(FAULTS));
    }

    private static DirtyPagesSettings settings(Dice dice) {
        return new DirtyPagesSettings(
                dice.nanos(20_000, 2_000_000),
                dice.of(Chain.values()),
                dice.from(1, 5),
                dice.of(Place.values()),
                dice.of(InFlight.values()),
                dice.from(1, 8),
                dice.of(3, 5, 7, 65_500),
                dice.of(Shortage.values()),
                dice.oneIn(3),
                dice.nanos(50_000, 2_000_000));
    }
}
