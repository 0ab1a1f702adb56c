package cairn.protocol.messagelogging;

import cairn.application.wandering.Wandering;
import cairn.application.wandering.WanderingSettings;
import cairn.fault.FaultPlan;
import cairn.model.CpuCosts;
import cairn.model.Epoch;
import cairn.model.NodeId;
import cairn.model.computation.Computation;
import cairn.model.fault.Fault;
import cairn.model.fault.FaultKind;
import cairn.model.fault.Injection;
import cairn.model.fault.LinkQuality;
import cairn.model.fault.Trigger;
import cairn.part.Channels.Frame;
import cairn.part.ensemble.Payload;
import cairn.part.ensemble.Rules;
import cairn.protocol.Dice;
import cairn.protocol.DrawnFaults;
import cairn.protocol.Ranks;
import cairn.protocol.SeededBug;
import cairn.simulator.Scenario;

import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.stream.Stream;

/** Runs of message logging, sound and with one rule broken. */
public final class MessageLoggingRuns {

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
                    FaultKind.BAD_LINK);

    /** Those that the coordinator's machine has no disk for. */
    private static final List<FaultKind> FAULTS_OF_RANKS =
            Stream.concat(FAULTS.stream(), Stream.of(FaultKind.SLOW_DISK, FaultKind.DISK_FULL))
                    .toList();

    private static final long OFTEN = 100_000;
    private static final long RARE = 50_000_000;

    private MessageLoggingRuns() {}

    /** A run in which everything is drawn from its seed. */
    public static Scenario<?> drawn(long seed) {
        Dice dice = new Dice(seed);
        Computation computation = Ranks.drawn(dice);
        var settings =
                new MessageLoggingSettings(
                        dice.nanos(50_000, 5_000_000),
                        dice.nanos(50_000, 2_000_000),
                        dice.of(1, 2, 8, 64));
        var protocol = new MessageLogging(settings, computation, CpuCosts.DEFAULT);
        int places = protocol.seats().size();
        FaultPlan faults =
                dice.oneIn(2)
                        ? new DrawnFaults(dice, places, places, List.of()).plan(FAULTS)
                        : new DrawnFaults(dice, places - 1, places, List.of())
                                .plan(FAULTS_OF_RANKS);
        return Ranks.scenario(protocol, computation, faults);
    }

    /** The rows of the list of bugs that concern this protocol. */
    public static List<SeededBug> bugs() {
        return List.of(
                bug("M1", "DUP_NOT_REACKED", List.of("LIVE"), RARE, new DuplicatesUnacknowledged()),
                bug("M2", "DEDUP_BEFORE_STABLE", List.of("EO"), OFTEN, new ArrivalsNotInImage()),
                bug("M3", "DEDUP_NOT_IN_CKPT", List.of("EO"), OFTEN, new ExpectationNotInImage()),
                bug("M5", "LOG_NOT_IN_CKPT", List.of("CUT-2"), OFTEN, new CopiesNotInImage()),
                bug("M8", "OLD_INCARNATION_MSG", List.of("CUT-1", "EO"), OFTEN, new AnyEra()),
                bug("M16", "UNCOORD_DOMINO", List.of("CUT-1"), OFTEN, new LatestOfEach()));
    }

    private static SeededBug bug(
            String id, String name, List<String> caughtBy, long checkpointNanos, Rules rules) {
        return new SeededBug(
                id,
                name,
                caughtBy,
                seed -> troubled(seed, checkpointNanos, rules),
                seed -> troubled(seed, checkpointNanos, Rules.SOUND));
    }

    /** Bad links and a few crashes. */
    private static Scenario<?> troubled(long seed, long checkpointNanos, Rules rules) {
        Dice dice = new Dice(seed);
        var computation = new Wandering(new WanderingSettings(3, 4, 60, 64, 3_000, 4));
        var settings = new MessageLoggingSettings(checkpointNanos, 100_000, dice.of(1, 2, 4));
        var protocol = new MessageLogging(settings, computation, CpuCosts.DEFAULT, rules);
        List<Injection> faults = new ArrayList<>();
        for (int left = dice.from(2, 6); left > 0; left--) {
            NodeId from = dice.node(3);
            NodeId to = new NodeId((from.index() + 1) % 3);
            var quality = new LinkQuality(0.3 * dice.share(), 0, 0.3, 0, dice.from(0, 250_000));
            faults.add(
                    new Injection(
                            new Trigger.At(dice.nanos(10_000, 500_000)),
                            new Fault.BadLink(from, to, quality),
                            dice.nanos(500_000, 5_000_000)));
        }
        for (int left = dice.from(1, 4); left > 0; left--) {
            faults.add(
                    new Injection(
                            new Trigger.At(dice.nanos(100_000, 4_000_000)),
                            new Fault.ProcessCrash(dice.node(3)),
                            dice.nanos(10_000, 300_000)));
        }
        return Ranks.scenario(protocol, computation, new FaultPlan(faults, List.of()));
    }

    /** A lost acknowledgement is never made up for. */
    private static final class DuplicatesUnacknowledged implements Rules {
        @Override
        public boolean acknowledgesDuplicates() {
            return false;
        }
    }

    /** The image says that messages have arrived, and does not hold them. */
    private static final class ArrivalsNotInImage implements Rules {
        @Override
        public boolean savesArrivals() {
            return false;
        }
    }

    /** After a restore, what was received is taken for what has arrived. */
    private static final class ExpectationNotInImage implements Rules {
        @Override
        public long arrived(long saved, long received) {
            return received;
        }
    }

    /** The sender's log is lost by its own rollback. */
    private static final class CopiesNotInImage implements Rules {
        @Override
        public boolean savesCopies() {
            return false;
        }
    }

    /** What was sent before a rollback is taken after it. */
    private static final class AnyEra implements Rules {
        @Override
        public Frame<Payload> taken(Frame<Payload> frame, long era) {
            return new Frame<>(era, frame.number(), frame.payload());
        }
    }

    /** Each rank goes back to its own newest checkpoint. */
    private static final class LatestOfEach implements Rules {
        @Override
        public Epoch pick(NavigableSet<Epoch> ofRank, NavigableSet<Epoch> ofAll) {
            return ofRank.isEmpty() ? Epoch.ZERO : ofRank.last();
        }
    }
}
