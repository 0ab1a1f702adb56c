package cairn.protocol.multilevel;

import cairn.fault.FaultPlan;
import cairn.model.CpuCosts;
import cairn.model.NodeId;
import cairn.model.computation.Computation;
import cairn.model.fault.Fault;
import cairn.model.fault.Injection;
import cairn.model.fault.Moment;
import cairn.model.fault.Trigger;
import cairn.protocol.Dice;
import cairn.protocol.Ranks;
import cairn.protocol.SeededBug;
import cairn.simulator.Scenario;

import java.util.List;

/** Checkpoints at several levels with one rule broken. */
public final class MultilevelBugs {

    private MultilevelBugs() {}

    /** In the order of the list of bugs. */
    public static List<SeededBug> all() {
        Rules forgetful =
                new Rules() {
                    @Override
                    public boolean restoresDegree() {
                        return false;
                    }
                };
        return List.of(
                new SeededBug(
                        "C8",
                        "NO_REREPLICATE",
                        List.of("DUR"),
                        seed -> run(seed, forgetful),
                        seed -> run(seed, Rules.SOUND)));
    }

    private static Scenario<?> run(long seed, Rules rules) {
        Dice dice = new Dice(seed);
        Computation computation = Ranks.busy(dice);
        var settings = new MultilevelSettings(1, CopiedFrom.MEMORY, 1, 0, true, 1_500_000, 200_000);
        return Ranks.brief(
                new Multilevel(settings, computation, CpuCosts.DEFAULT, rules),
                computation,
                oneAfterTheOther(dice, computation.ranks()));
    }

    /** A machine is lost; and when all go on, the one whose copies it had kept. */
    private static FaultPlan oneAfterTheOther(Dice dice, int ranks) {
        NodeId first = dice.node(ranks);
        NodeId second = new NodeId((first.index() + ranks - 1) % ranks);
        return new FaultPlan(
                List.of(
                        new Injection(
                                new Trigger.At(dice.from(3_000_000, 3_500_000)),
                                new Fault.PermanentLoss(first),
                                50_000),
                        new Injection(
                                new Trigger.OnMoment(Moment.ACKNOWLEDGED, dice.from(2, 3), second),
                                new Fault.PermanentLoss(second),
                                50_000)),
                List.of());
    }
}
