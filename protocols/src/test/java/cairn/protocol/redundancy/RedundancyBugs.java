package cairn.protocol.redundancy;

import cairn.model.CpuCosts;
import cairn.model.Epoch;
import cairn.model.computation.Computation;
import cairn.protocol.Dice;
import cairn.protocol.Ranks;
import cairn.protocol.SeededBug;
import cairn.protocol.redundancy.RedundancySettings.Scheme;
import cairn.simulator.Scenario;

import java.util.List;
import java.util.NavigableSet;

/** Checkpoints in memory with one rule broken. */
public final class RedundancyBugs {

    private RedundancyBugs() {}

    /** In the order of the list of bugs. */
    public static List<SeededBug> all() {
        return List.of(
                bug(
                        "S9",
                        "RECOVERY_LINE_MIN",
                        List.of("MONO"),
                        Scheme.XOR,
                        new Rules() {
                            @Override
                            public Epoch pick(
                                    NavigableSet<Epoch> ofRank, NavigableSet<Epoch> ofAll) {
                                return ofRank.isEmpty() ? Epoch.ZERO : ofRank.last();
                            }
                        }),
                bug(
                        "S11",
                        "BUDDY_SAME_NODE",
                        List.of("DUR"),
                        Scheme.PARTNER,
                        new Rules() {
                            @Override
                            public int partnerDistance() {
                                return 0;
                            }
                        }),
                bug(
                        "PA-2",
                        "SHADOW_ERASED",
                        List.of("DUR", "LIVE"),
                        Scheme.PARTNER,
                        new Rules() {
                            @Override
                            public boolean keepsForOthers() {
                                return false;
                            }
                        }));
    }

    private static SeededBug bug(
            String id, String name, List<String> caughtBy, Scheme scheme, Rules rules) {
        return new SeededBug(
                id,
                name,
                caughtBy,
                seed -> run(seed, scheme, rules),
                seed -> run(seed, scheme, Rules.SOUND));
    }

    private static Scenario<?> run(long seed, Scheme scheme, Rules rules) {
        Dice dice = new Dice(seed);
        Computation computation = Ranks.busy(dice);
        var settings =
                new RedundancySettings(
                        scheme, 3, 1, 1, true, dice.nanos(100_000, 400_000), 500_000);
        return Ranks.brief(
                new Redundancy(settings, computation, CpuCosts.DEFAULT, rules),
                computation,
                Ranks.crashes(dice, computation.ranks(), 1));
    }
}
