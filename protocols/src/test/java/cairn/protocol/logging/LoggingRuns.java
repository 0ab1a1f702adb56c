package cairn.protocol.logging;

import cairn.application.wandering.Wandering;
import cairn.application.wandering.WanderingSettings;
import cairn.fault.FaultPlan;
import cairn.model.CpuCosts;
import cairn.model.NodeId;
import cairn.model.computation.Computation;
import cairn.model.fault.Fault;
import cairn.model.fault.FaultKind;
import cairn.model.fault.Injection;
import cairn.model.fault.LinkQuality;
import cairn.model.fault.Trigger;
import cairn.protocol.Dice;
import cairn.protocol.DrawnFaults;
import cairn.protocol.Ranks;
import cairn.protocol.SeededBug;
import cairn.simulator.Scenario;

import java.util.ArrayList;
import java.util.List;

/** Runs of the families of message logging, sound and with one rule broken. */
public final class LoggingRuns {

    private static final List<FaultKind> FAULTS =
            List.of(
                    FaultKind.PROCESS_CRASH,
                    FaultKind.WARM_RESET,
                    FaultKind.POWER_LOSS,
                    FaultKind.PAUSE,
                    FaultKind.CPU_HANG,
                    FaultKind.SLOW_NODE,
                    FaultKind.CLOCK,
                    FaultKind.CUT,
                    FaultKind.BAD_LINK,
                    FaultKind.SLOW_DISK,
                    FaultKind.DISK_FULL);

    /** Those that take no memory away. */
    private static final List<FaultKind> HARMLESS =
            List.of(
                    FaultKind.PAUSE,
                    FaultKind.SLOW_NODE,
                    FaultKind.CLOCK,
                    FaultKind.BAD_LINK,
                    FaultKind.SLOW_DISK,
                    FaultKind.DISK_FULL);

    /** Messages that go far, and are output at the end. */
    private static final Computation FAR =
            new Wandering(new WanderingSettings(3, 4, 60, 64, 3_000, 4));

    /** Messages that are output soon. */
    private static final Computation OFTEN_OUT =
            new Wandering(new WanderingSettings(3, 60, 2, 64, 3_000, 4));

    /** The same, with what was read mixed in. */
    private static final Computation OFTEN_IN_AND_OUT =
            new Wandering(new WanderingSettings(3, 60, 2, 64, 3_000, 4).withInputs(2));

    private LoggingRuns() {}

    /** A run of pessimistic receiver-based logging in which everything is drawn from its seed. */
    public static Scenario<?> receiverBased(long seed) {
        return drawn(Family.PESSIMISTIC_RECEIVER, seed);
    }

    /** The same, sender-based. */
    public static Scenario<?> senderBased(long seed) {
        return drawn(Family.PESSIMISTIC_SENDER, seed);
    }

    /** The same, optimistic. */
    public static Scenario<?> optimistic(long seed) {
        return drawn(Family.OPTIMISTIC, seed);
    }

    /** The same, causal. */
    public static Scenario<?> causal(long seed) {
        return drawn(Family.CAUSAL, seed);
    }

    private static Scenario<?> drawn(Family family, long seed) {
        Dice dice = new Dice(seed);
        Computation computation = Ranks.drawn(dice);
        while (computation.threads() > 1) {
            computation = Ranks.drawn(dice);
        }
        int failures = dice.from(1, Math.max(1, computation.ranks() - 1));
        var settings =
                new LoggingSettings(
                        family,
                        failures,
                        dice.nanos(100_000, 10_000_000),
                        dice.oneIn(4) ? 0 : dice.nanos(10_000, 2_000_000),
                        dice.nanos(50_000, 2_000_000),
                        dice.of(1, 2, 8, 64));
        var protocol = new Logging(settings, computation, CpuCosts.DEFAULT);
        return Ranks.scenario(protocol, computation, faults(family, failures, computation, dice));
    }

    private static FaultPlan faults(
            Family family, int failures, Computation computation, Dice dice) {
        int ranks = computation.ranks();
        var drawn = new DrawnFaults(dice, ranks, ranks, List.of());
        return switch (family) {
            case PESSIMISTIC_RECEIVER, OPTIMISTIC -> drawn.plan(FAULTS);
            case PESSIMISTIC_SENDER -> overlapping(1, ranks, dice, drawn);
            case CAUSAL -> overlapping(failures, ranks, dice, drawn);
        };
    }

    /** So many ranks crash at about the same time. */
    private static FaultPlan overlapping(int failures, int ranks, Dice dice, DrawnFaults drawn) {
        List<Injection> faults = new ArrayList<>();
        if (dice.oneIn(2)) {
            faults.addAll(drawn.plan(HARMLESS).planned());
        }
        long at = dice.nanos(20_000, 10_000_000);
        int first = dice.from(0, ranks - 1);
        for (int i = 0; i < failures; i++) {
            NodeId node = new NodeId((first + i) % ranks);
            faults.add(
                    new Injection(
                            new Trigger.At(at + dice.nanos(1_000, 500_000)),
                            dice.oneIn(2)
                                    ? new Fault.ProcessCrash(node)
                                    : new Fault.PowerLoss(node),
                            dice.nanos(10_000, 2_000_000)));
        }
        return new FaultPlan(faults, List.of());
    }

    /** The rows of the list of bugs that concern these protocols. */
    public static List<SeededBug> bugs() {
        return List.of(
                bug(
                        "M6",
                        "FREE_ON_TRANSPORT_ACK",
                        List.of("CUT-2"),
                        Family.PESSIMISTIC_SENDER,
                        new FreeOnArrival()),
                bug(
                        "M9",
                        "REPLAY_ORDER_LOST",
                        List.of("DET", "NOORPH"),
                        Family.CAUSAL,
                        new AnyOrder()),
                bug(
                        "M10",
                        "PESS_LOG_ASYNC",
                        List.of("NOORPH"),
                        Family.PESSIMISTIC_RECEIVER,
                        new LogLater()),
                bug(
                        "M11",
                        "OPT_NO_ROLLBACK_NOTICE",
                        List.of("NOORPH"),
                        Family.OPTIMISTIC,
                        new OrphansStay()),
                new SeededBug(
                        "M13",
                        "OUTPUT_EARLY",
                        List.of("OUT"),
                        seed -> troubled(seed, OFTEN_OUT, Family.OPTIMISTIC, new OutputsAtOnce()),
                        seed -> troubled(seed, OFTEN_OUT, Family.OPTIMISTIC, Rules.SOUND)),
                new SeededBug(
                        "M15",
                        "INPUT_NOT_LOGGED",
                        List.of("OUT"),
                        seed -> reading(seed, Family.PESSIMISTIC_RECEIVER, new InputsReadAgain()),
                        seed -> reading(seed, Family.PESSIMISTIC_RECEIVER, Rules.SOUND)),
                new SeededBug(
                        "M15",
                        "INPUT_NOT_LOGGED, optimistic",
                        List.of("INPUT"),
                        seed -> reading(seed, Family.OPTIMISTIC, new InputsReadAgain()),
                        seed -> reading(seed, Family.OPTIMISTIC, Rules.SOUND)),
                bug(
                        "M17",
                        "RECOVERY_OF_RECOVERY",
                        List.of("DUR", "LIVE"),
                        Family.PESSIMISTIC_RECEIVER,
                        new LogGivenUpAfterReplay()),
                bug(
                        "X12",
                        "LOG_NEVER_CUT",
                        List.of("BOUND"),
                        Family.PESSIMISTIC_RECEIVER,
                        new LogGrows()),
                bug(
                        "X12",
                        "LOG_NEVER_CUT, optimistic",
                        List.of("BOUND"),
                        Family.OPTIMISTIC,
                        new LogGrows()),
                bug(
                        "M18",
                        "SBML_NO_PROGRESS",
                        List.of("LIVE"),
                        Family.PESSIMISTIC_SENDER,
                        new AskOnce()));
    }

    private static SeededBug bug(
            String id, String name, List<String> caughtBy, Family family, Rules rules) {
        return new SeededBug(
                id,
                name,
                caughtBy,
                seed -> troubled(seed, FAR, family, rules),
                seed -> troubled(seed, FAR, family, Rules.SOUND));
    }

    /** One rank crashes while all read inputs. */
    static Scenario<?> reading(long seed, Family family, Rules rules) {
        return troubled(seed, OFTEN_IN_AND_OUT, family, rules);
    }

    /** One rank crashes, or the same again and again, while links are bad. */
    private static Scenario<?> troubled(
            long seed, Computation computation, Family family, Rules rules) {
        Dice dice = new Dice(seed);
        var settings = new LoggingSettings(family, 1, 700_000, 300_000, 200_000, 64);
        var protocol = new Logging(settings, computation, CpuCosts.DEFAULT, rules);
        List<Injection> faults = new ArrayList<>();
        NodeId node = dice.node(3);
        for (int peer = 0; peer < 3; peer++) {
            if (peer != node.index()) {
                faults.add(
                        new Injection(
                                new Trigger.At(10_000),
                                new Fault.BadLink(
                                        node,
                                        new NodeId(peer),
                                        new LinkQuality(0.3 * dice.share(), 0, 0.2, 0, 0)),
                                20_000_000));
            }
        }
        long at = dice.nanos(200_000, 3_000_000);
        for (int left = dice.from(1, 3); left > 0; left--) {
            faults.add(
                    new Injection(
                            new Trigger.At(at),
                            new Fault.ProcessCrash(node),
                            dice.nanos(10_000, 100_000)));
            at += dice.nanos(200_000, 600_000);
        }
        return Ranks.scenario(protocol, computation, new FaultPlan(faults, List.of()));
    }

    /** The copy of a message is given up when it has arrived. */
    private static final class FreeOnArrival implements Rules {
        @Override
        public long stable(long arrived, long saved) {
            return arrived;
        }
    }

    /** Messages are replayed as they come. */
    private static final class AnyOrder implements Rules {
        @Override
        public boolean replaysInOrder() {
            return false;
        }
    }

    /** The rank sees messages before they are logged. */
    private static final class LogLater implements Rules {
        @Override
        public boolean waitsForLog() {
            return false;
        }
    }

    /** Who depends on what is lost goes on. */
    private static final class OrphansStay implements Rules {
        @Override
        public boolean rollsBackOrphans() {
            return false;
        }
    }

    /** HeldOutputs leave at once. */
    private static final class OutputsAtOnce implements Rules {
        @Override
        public boolean holdsOutputs() {
            return false;
        }
    }

    /** A rank that recovers asks the outside world anew. */
    private static final class InputsReadAgain implements Rules {
        @Override
        public boolean logsInputs() {
            return false;
        }
    }

    /** What was replayed once cannot be replayed again. */
    private static final class LogGivenUpAfterReplay implements Rules {
        @Override
        public boolean keepsReplayedLog() {
            return false;
        }
    }

    /** What a checkpoint contains stays in the log. */
    private static final class LogGrows implements Rules {
        @Override
        public boolean cutsLog() {
            return false;
        }
    }

    /** What is lost on its way is not asked for again. */
    private static final class AskOnce implements Rules {
        @Override
        public boolean asksAgain() {
            return false;
        }
    }
}
