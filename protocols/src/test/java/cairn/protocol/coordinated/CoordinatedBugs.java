package cairn.protocol.coordinated;

import cairn.application.ring.RingSettings;
import cairn.application.ring.TokenRing;
import cairn.application.wandering.Wandering;
import cairn.application.wandering.WanderingSettings;
import cairn.fault.FaultPlan;
import cairn.model.CpuCosts;
import cairn.model.Epoch;
import cairn.model.NodeId;
import cairn.model.computation.Computation;
import cairn.model.fault.Fault;
import cairn.model.fault.Injection;
import cairn.model.fault.LinkQuality;
import cairn.model.fault.Moment;
import cairn.model.fault.Trigger;
import cairn.part.Channels.Frame;
import cairn.part.ensemble.Payload;
import cairn.part.ensemble.Rules;
import cairn.protocol.Dice;
import cairn.protocol.Ranks;
import cairn.protocol.SeededBug;
import cairn.protocol.coordinated.CoordinatedSettings.Cut;
import cairn.protocol.coordinated.CoordinatedSettings.Place;
import cairn.protocol.coordinated.CoordinatedSettings.Release;
import cairn.simulator.Scenario;

import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;

/** Coordinated checkpoints with one rule broken. */
public final class CoordinatedBugs {

    private CoordinatedBugs() {}

    /** What befalls a run of so many ranks. */
    private interface Fate {
        FaultPlan of(Dice dice, int ranks, int places);
    }

    private static final Fate CRASHES = (dice, ranks, _) -> Ranks.crashes(dice, ranks, 2);
    private static final Fate BAD_LINKS =
            (dice, ranks, places) -> Ranks.crashesOnBadLinks(dice, ranks, places, 2);

    /** In the order of the list of bugs. */
    public static List<SeededBug> all() {
        return List.of(
                bug(
                        "B12",
                        "NO_BARRIER",
                        List.of("CUT-1"),
                        Cut.STOP_UNTIL_CUT,
                        (dice, ranks, _) -> onSlowWay(dice, ranks),
                        new Rules() {
                            @Override
                            public boolean waitsForAll() {
                                return false;
                            }
                        }),
                bug(
                        "B14",
                        "BARRIER_STALE_EPOCH",
                        List.of("CUT-1", "MONO"),
                        Cut.STOP_UNTIL_CUT,
                        (dice, ranks, _) -> onSlowWay(dice, ranks),
                        new Rules() {
                            @Override
                            public boolean counts(Epoch said, Epoch current) {
                                return true;
                            }
                        }),
                bug(
                        "B15",
                        "CHANNEL_STATE_PARTIAL",
                        List.of("CUT-2"),
                        Cut.STOP_UNTIL_CUT,
                        CRASHES,
                        new PartialChannels()),
                bug(
                        "B15",
                        "CHANNEL_STATE_PARTIAL, markers",
                        List.of("CUT-2"),
                        Cut.MARKERS,
                        CRASHES,
                        new PartialChannels()),
                bug(
                        "B15",
                        "CHANNEL_STATE_PARTIAL, colours",
                        List.of("CUT-2"),
                        Cut.COLOURS,
                        CRASHES,
                        new PartialChannels()),
                bug(
                        "B22",
                        "UNLINK_OLD_FIRST",
                        List.of("DUR"),
                        Cut.STOP_UNTIL_CUT,
                        (dice, ranks, _) -> whileWriting(dice, ranks),
                        new Rules() {
                            @Override
                            public boolean discardsFormerFirst() {
                                return true;
                            }
                        }),
                new SeededBug(
                        "X10",
                        "FORMER_KEPT",
                        List.of("BOUND"),
                        seed ->
                                withRoomForFew(
                                        seed,
                                        new Rules() {
                                            @Override
                                            public boolean discardsFormer() {
                                                return false;
                                            }
                                        }),
                        seed -> withRoomForFew(seed, Rules.SOUND)),
                bug(
                        "M8",
                        "OLD_INCARNATION_MSG",
                        List.of("CUT-1", "EO"),
                        Cut.STOP_UNTIL_CUT,
                        BAD_LINKS,
                        new Rules() {
                            @Override
                            public Frame<Payload> taken(Frame<Payload> frame, long era) {
                                return new Frame<>(era, frame.number(), frame.payload());
                            }
                        }),
                new SeededBug(
                        "M13",
                        "OUTPUT_EARLY",
                        List.of("OUT"),
                        seed ->
                                withManyOutputs(
                                        seed,
                                        new Rules() {
                                            @Override
                                            public boolean holdsOutputs() {
                                                return false;
                                            }
                                        }),
                        seed -> withManyOutputs(seed, Rules.SOUND)),
                bug(
                        "M17",
                        "RECOVERY_OF_RECOVERY",
                        List.of("DUR", "LIVE"),
                        Cut.STOP_UNTIL_CUT,
                        (dice, ranks, _) -> whileRestoring(dice, ranks),
                        new Rules() {
                            @Override
                            public boolean recoversFromScratch() {
                                return false;
                            }
                        }),
                new SeededBug(
                        "S8",
                        "RESTART_BAD_FOREVER",
                        List.of("LIVE"),
                        seed ->
                                onRottenDisk(
                                        seed,
                                        new Rules() {
                                            @Override
                                            public boolean passesOverDamaged() {
                                                return false;
                                            }
                                        }),
                        seed -> onRottenDisk(seed, Rules.SOUND)),
                bug(
                        "S9",
                        "RECOVERY_LINE_MAX",
                        List.of("ATOM"),
                        Cut.STOP_UNTIL_CUT,
                        (dice, ranks, _) -> whileWriting(dice, ranks),
                        new Rules() {
                            @Override
                            public Epoch pick(
                                    NavigableSet<Epoch> ofRank, NavigableSet<Epoch> ofAll) {
                                return ofRank.isEmpty() ? Epoch.ZERO : ofRank.last();
                            }
                        }));
    }

    /** Only the first channel's messages are saved. */
    private static final class PartialChannels implements Rules {
        @Override
        public int savedChannels(int channels) {
            return Math.min(1, channels);
        }
    }

    /** A rank dies when a checkpoint was cut, before its image can be durable. */
    private static FaultPlan whileWriting(Dice dice, int ranks) {
        NodeId rank = dice.node(ranks);
        return new FaultPlan(
                List.of(
                        new Injection(
                                new Trigger.OnMoment(Moment.CUT, dice.from(4, 12), rank),
                                new Fault.ProcessCrash(rank),
                                100_000)),
                List.of());
    }

    /** One rank hears of everything later than the others do. */
    private static FaultPlan onSlowWay(Dice dice, int ranks) {
        List<Injection> planned = new ArrayList<>(Ranks.crashes(dice, ranks, 2).planned());
        planned.add(
                new Injection(
                        new Trigger.At(0),
                        new Fault.BadLink(
                                new NodeId(ranks),
                                dice.node(ranks),
                                new LinkQuality(0, 0, 0, 0, 300_000)),
                        25_000_000));
        return new FaultPlan(planned, List.of());
    }

    /** One rank dies; and another one, whose disk is slow, when the first has gone back. */
    private static FaultPlan whileRestoring(Dice dice, int ranks) {
        NodeId first = dice.node(ranks);
        NodeId second = new NodeId((first.index() + 1) % ranks);
        return new FaultPlan(
                List.of(
                        new Injection(
                                new Trigger.At(0), new Fault.SlowDisk(second, 20), 25_000_000),
                        new Injection(
                                new Trigger.At(dice.from(3_000_000, 6_000_000)),
                                new Fault.ProcessCrash(first),
                                100_000),
                        new Injection(
                                new Trigger.OnMoment(Moment.RESUMED, 2, first),
                                new Fault.ProcessCrash(second),
                                100_000)),
                List.of());
    }

    private static SeededBug bug(
            String id, String name, List<String> caughtBy, Cut cut, Fate fate, Rules rules) {
        return new SeededBug(
                id,
                name,
                caughtBy,
                seed -> run(seed, cut, fate, rules),
                seed -> run(seed, cut, fate, Rules.SOUND));
    }

    private static Scenario<?> run(long seed, Cut cut, Fate fate, Rules rules) {
        Dice dice = new Dice(seed);
        Computation computation = Ranks.busy(dice);
        var protocol = protocol(dice, cut, computation, rules);
        return Ranks.brief(
                protocol, computation, fate.of(dice, computation.ranks(), protocol.seats().size()));
    }

    private static Scenario<?> withRoomForFew(long seed, Rules rules) {
        return Ranks.keeping(run(seed, Cut.STOP_UNTIL_CUT, CRASHES, rules), 4);
    }

    /**
     * The image of one rank decays, as no protocol promises to survive, and another rank dies. The
     * token goes round as before, wherever the ranks go back to.
     */
    private static Scenario<?> onRottenDisk(long seed, Rules rules) {
        Dice dice = new Dice(seed);
        Computation computation = new TokenRing(new RingSettings(3, 100, 20_000, 4, 5));
        long at = dice.nanos(1_000_000, 4_000_000);
        FaultPlan plan =
                new FaultPlan(
                        List.of(
                                new Injection(
                                        new Trigger.At(at), new Fault.SectorRot(new NodeId(0)), 0),
                                new Injection(
                                        new Trigger.At(at + 1_000),
                                        new Fault.ProcessCrash(new NodeId(1)),
                                        100_000)),
                        List.of());
        return Ranks.brief(
                protocol(dice, Cut.STOP_UNTIL_CUT, computation, rules), computation, plan);
    }

    /** What a rank that goes back has said it says otherwise, since messages race. */
    private static Scenario<?> withManyOutputs(long seed, Rules rules) {
        Dice dice = new Dice(seed);
        Computation computation = new Wandering(new WanderingSettings(3, 60, 2, 64, 3_000, 4));
        FaultPlan plan =
                new FaultPlan(
                        List.of(
                                new Injection(
                                        new Trigger.At(dice.nanos(200_000, 1_000_000)),
                                        new Fault.ProcessCrash(dice.node(3)),
                                        100_000)),
                        List.of());
        return Ranks.brief(
                protocol(dice, Cut.STOP_UNTIL_CUT, computation, rules), computation, plan);
    }

    private static Coordinated protocol(Dice dice, Cut cut, Computation computation, Rules rules) {
        var settings =
                new CoordinatedSettings(
                        cut,
                        Place.OWN_DISK,
                        Release.WHEN_SAFE,
                        dice.nanos(100_000, 400_000),
                        100_000);
        return new Coordinated(settings, computation, CpuCosts.DEFAULT, rules);
    }
}
