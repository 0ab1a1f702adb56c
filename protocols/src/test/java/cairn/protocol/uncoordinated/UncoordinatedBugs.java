package cairn.protocol.uncoordinated;

import cairn.model.CpuCosts;
import cairn.model.computation.Computation;
import cairn.part.ensemble.Rules;
import cairn.protocol.Dice;
import cairn.protocol.Ranks;
import cairn.protocol.SeededBug;
import cairn.protocol.uncoordinated.UncoordinatedSettings.Forced;
import cairn.simulator.Scenario;

import java.util.List;

/** Independent checkpoints with one rule broken. */
public final class UncoordinatedBugs {

    private static final long MOST_CHECKPOINTS = 10_000;

    private UncoordinatedBugs() {}

    /** In the order of the list of bugs. */
    public static List<SeededBug> all() {
        return List.of(
                bug(
                        "M5",
                        "LOG_NOT_IN_CKPT",
                        List.of("CUT-2"),
                        Forced.BY_INDEX,
                        new Rules() {
                            @Override
                            public boolean savesCopies() {
                                return false;
                            }
                        }),
                bug(
                        "B22",
                        "UNLINK_OLD_FIRST",
                        List.of("GC"),
                        Forced.NEVER,
                        new Rules() {
                            @Override
                            public boolean discardsFormerFirst() {
                                return true;
                            }
                        }),
                bug(
                        "M16",
                        "UNCOORD_DOMINO",
                        List.of("CUT-1"),
                        Forced.NEVER,
                        new Rules() {
                            @Override
                            public boolean searchesOn() {
                                return false;
                            }
                        }));
    }

    private static SeededBug bug(
            String id, String name, List<String> caughtBy, Forced forced, Rules rules) {
        return new SeededBug(
                id,
                name,
                caughtBy,
                seed -> run(seed, forced, rules),
                seed -> run(seed, forced, Rules.SOUND));
    }

    private static Scenario<?> run(long seed, Forced forced, Rules rules) {
        Dice dice = new Dice(seed);
        Computation computation = Ranks.busy(dice);
        var settings =
                new UncoordinatedSettings(forced, true, dice.nanos(200_000, 600_000), 500_000);
        return Ranks.keeping(
                Ranks.brief(
                        new Uncoordinated(settings, computation, CpuCosts.DEFAULT, rules),
                        computation,
                        Ranks.crashes(dice, computation.ranks(), 1)),
                MOST_CHECKPOINTS);
    }
}
