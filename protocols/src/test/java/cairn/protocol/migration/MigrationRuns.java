package cairn.protocol.migration;

import cairn.model.CpuCosts;
import cairn.model.computation.Computation;
import cairn.model.fault.FaultKind;
import cairn.part.transfer.Form;
import cairn.protocol.Dice;
import cairn.protocol.DrawnFaults;
import cairn.protocol.Ranks;
import cairn.simulator.Scenario;

import java.util.List;

/** Runs in which ranks migrate all the time. */
public final class MigrationRuns {

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

    private MigrationRuns() {}

    /** A run in which everything is drawn from its seed. */
    public static Scenario<?> drawn(long seed) {
        Dice dice = new Dice(seed);
        Computation computation = Ranks.drawn(dice);
        var settings =
                new MigrationSettings(
                        dice.of(Form.values()),
                        dice.nanos(20_000, 500_000),
                        dice.from(1, 3),
                        dice.from(1, 8),
                        dice.from(1, 6),
                        dice.from(0, 6),
                        0.1 + 0.9 * dice.share(),
                        dice.nanos(200_000, 5_000_000),
                        dice.nanos(50_000, 1_000_000));
        var protocol = new Migration(settings, computation, CpuCosts.DEFAULT);
        int places = protocol.seats().size();
        return Ranks.scenario(
                protocol,
                computation,
                new DrawnFaults(dice, places, places, List.of()).plan(FAULTS));
    }
}
