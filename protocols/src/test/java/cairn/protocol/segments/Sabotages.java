package cairn.protocol.segments;

import cairn.application.bank.Bank;
import cairn.application.bank.BankSettings;
import cairn.fault.FaultPlan;
import cairn.model.CpuCosts;
import cairn.model.NodeId;
import cairn.model.Records;
import cairn.model.choice.Law;
import cairn.model.fault.Fault;
import cairn.model.fault.Injection;
import cairn.model.fault.LinkQuality;
import cairn.model.fault.Trigger;
import cairn.model.property.Bounds;
import cairn.model.service.Workload;
import cairn.part.replica.Copy;
import cairn.part.replica.Domains;
import cairn.part.replica.Member;
import cairn.part.replica.Membership;
import cairn.part.replica.Placement;
import cairn.part.replica.ReplicaSettings;
import cairn.part.replica.Segment;
import cairn.protocol.Dice;
import cairn.protocol.SeededBug;
import cairn.simulator.Environment;
import cairn.simulator.Limits;
import cairn.simulator.Scenario;
import cairn.simulator.disk.DiskCosts;
import cairn.simulator.network.LinkCosts;
import cairn.simulator.network.NetworkCosts;

import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.TreeSet;

/** Segment replication with one rule broken each, and what befalls it. */
public final class Sabotages {

    private static final int CLIENTS = 6;
    private static final long MILLISECOND = 1_000_000;

    /** Quick to suspect; two nodes can run the application, and services 1 to 3 hold copies. */
    private static final SegmentsSettings PLAIN =
            Records.like(SegmentsSettings.DEFAULT)
                    .with("heartbeatNanos", 100_000)
                    .with("suspectAfterNanos", 400_000)
                    .with("leaveAfterNanos", 800_000)
                    .made();

    private static final SegmentsSettings SEVEN =
            Records.like(PLAIN).with("storageNodes", 5).with("failureDomains", 7).made();

    /** Two nodes in each failure domain. */
    private static final SegmentsSettings RACKS =
            Records.like(PLAIN).with("storageNodes", 7).with("failureDomains", 5).made();

    /** Slow to look elsewhere for a primary, and no quicker than a version is. */
    private static final SegmentsSettings PATIENT =
            Records.like(PLAIN)
                    .with("replicas", 1)
                    .with("heartbeatNanos", 500_000)
                    .with("suspectAfterNanos", 60_000_000)
                    .with("leaveAfterNanos", 1_500_000)
                    .made();

    private static final CpuCosts SLOW_COPIES =
            new CpuCosts(1, 0.2, 15, 3_000, 1_000, 300, 30_000_000);

    private Sabotages() {}

    /** What befalls a run: faults that depend on its seed. */
    @FunctionalInterface
    private interface Plan {
        void add(Place place, Dice dice, List<Injection> faults);
    }

    /** The places by the names of their seats, counted from one. */
    private record Place(Topology topology) {
        NodeId application(int number) {
            return topology.applications().get(number - 1);
        }

        NodeId service(int number) {
            return topology.services().get(number - 1);
        }
    }

    /** The seeded bugs, in the order of the list of bugs. */
    public static List<SeededBug> all() {
        return List.of(
                bug(
                        "C1",
                        "ZERO_REPLICAS_OK",
                        List.of("DUR"),
                        PATIENT,
                        new NoneIsEnough(),
                        Sabotages::afterIsolation),
                bug(
                        "C3",
                        "ACK_ON_RECEIVE",
                        List.of("DUR"),
                        Records.like(PLAIN).with("replicas", 1).made(),
                        new MemoryCounts(),
                        Sabotages::allLosePower),
                bug(
                        "C4",
                        "TORN_LOCAL_READ",
                        List.of("ATOM"),
                        PLAIN,
                        new AnythingBelongsTogether(),
                        Sabotages::primariesCrash),
                bug(
                        "C5",
                        "LAST_WRITER_WINS_OLD",
                        List.of("MONO"),
                        Records.like(PLAIN).with("replicas", 1).with("segments", 1).made(),
                        new LastArrivedWins(),
                        Sabotages::disorder),
                bug(
                        "C6",
                        "STALE_LOAD",
                        List.of("MONO"),
                        SEVEN,
                        new AnyAnswerCounts(),
                        Sabotages::blankReplicaAnswersFirst),
                bug(
                        "C7",
                        "NAME_RACE",
                        List.of("NAMES"),
                        PLAIN,
                        new OneVoiceDecides(),
                        Sabotages::partition),
                bug(
                        "C8",
                        "NO_REREPLICATE",
                        List.of("DEG", "DUR"),
                        PLAIN,
                        new NobodyTakesOver(),
                        Sabotages::replicaLost),
                bug(
                        "C11",
                        "ZOMBIE_ORIGIN",
                        List.of("FENCE"),
                        PLAIN,
                        new NobodyFenced(),
                        Sabotages::originPauses),
                bug(
                        "C12",
                        "REGISTRY_VOLATILE",
                        List.of("DUR", "LIVE"),
                        PLAIN,
                        new Forgetful(),
                        Sabotages::servicesLosePower),
                bug(
                        "C15",
                        "SAME_FAILURE_DOMAIN",
                        List.of("DUR"),
                        RACKS,
                        new NextInRack(),
                        Sabotages::racksLost),
                bug(
                        "C17",
                        "VIEW_STALE",
                        List.of("FENCE", "LIVE"),
                        PLAIN,
                        new LastHeardObeyed(),
                        Sabotages::originPauses),
                bug(
                        "S9",
                        "RECOVERY_LINE_MIN",
                        List.of("MONO", "ATOM"),
                        SEVEN,
                        new LeastOfAll(),
                        Sabotages::replicaComesBackBlank),
                bug(
                        "S11",
                        "BUDDY_SAME_NODE",
                        List.of("DUR"),
                        Records.like(PLAIN).with("replicas", 1).made(),
                        new OriginIsItsReplica(),
                        Sabotages::originLost));
    }

    private static SeededBug bug(
            String id,
            String name,
            List<String> caughtBy,
            SegmentsSettings settings,
            Rules rules,
            Plan plan) {
        return new SeededBug(
                id,
                name,
                caughtBy,
                seed -> scenario(id, settings, rules, plan, seed),
                seed -> scenario(id, settings, Rules.SOUND, plan, seed));
    }

    private static Scenario<?> scenario(
            String id, SegmentsSettings settings, Rules rules, Plan plan, long seed) {
        Bank bank = new Bank(new BankSettings(4_096, 1_000, 0.2, 0.01, 0, 1));
        CpuCosts costs = id.equals("C4") ? SLOW_COPIES : CpuCosts.DEFAULT;
        List<Injection> faults = new ArrayList<>();
        plan.add(new Place(new Topology(settings)), new Dice(seed), faults);
        return new Scenario<>(
                new Segments(settings, bank, CLIENTS, costs, rules),
                bank,
                new Workload(CLIENTS, 1_200, new Workload.Loop.Closed(20_000), 2 * MILLISECOND),
                environment(id),
                new FaultPlan(faults, List.of()),
                new Bounds(64, 2_000 * MILLISECOND, 1_000_000),
                new Limits(10_000 * MILLISECOND, 30 * MILLISECOND, MILLISECOND, 20_000_000));
    }

    private static Environment environment(String id) {
        Environment usual =
                DrawnRun.environment(
                        id.equals("C3") ? DiskCosts.NVME_CONSUMER : DiskCosts.NVME_PROTECTED);
        if (!id.equals("C5")) {
            return usual;
        }
        // A message that is held back is overtaken by several versions.
        NetworkCosts network = usual.network();
        LinkCosts link = network.link();
        return new Environment(
                usual.cpu(),
                new NetworkCosts(
                        network.name(),
                        network.bytesPerNano(),
                        network.receiverQueues(),
                        new LinkCosts(
                                link.latencyNanos(),
                                link.ordered(),
                                link.quality(),
                                new Law.Exponential(0, 400_000))),
                usual.rdma(),
                usual.platform(),
                usual.disk(),
                false);
    }

    private static Injection at(long nanos, Fault fault, long healAfterNanos) {
        return new Injection(new Trigger.At(nanos), fault, healAfterNanos);
    }

    private static long sometime(Dice dice) {
        return dice.nanos(2 * MILLISECOND, 12 * MILLISECOND);
    }

    // ---- what befalls

    /** The origin's service was alone for a while, and is lost soon after it is not any more. */
    private static void afterIsolation(Place place, Dice dice, List<Injection> faults) {
        long begin = sometime(dice);
        long end = begin + 4 * MILLISECOND;
        long loss = end + dice.nanos(200_000, 3 * MILLISECOND);
        faults.add(at(begin, new Fault.Isolation(place.service(1)), 4 * MILLISECOND));
        faults.add(at(loss, new Fault.PermanentLoss(place.service(1)), MILLISECOND));
        faults.add(at(loss, new Fault.ProcessCrash(place.application(1)), MILLISECOND));
    }

    private static void allLosePower(Place place, Dice dice, List<Injection> faults) {
        long at = dice.nanos(40 * MILLISECOND, 90 * MILLISECOND);
        for (NodeId node : List.of(place.application(1), place.service(1), place.service(2))) {
            faults.add(at(at, new Fault.PowerLoss(node), MILLISECOND));
        }
    }

    private static void primariesCrash(Place place, Dice dice, List<Injection> faults) {
        for (int i = 0; i < 6; i++) {
            faults.add(
                    at(
                            i * 4L * MILLISECOND + sometime(dice),
                            new Fault.ProcessCrash(place.application(1 + i % 2)),
                            200_000));
        }
    }

    /** Messages are doubled and held back; then all but a replica are down for a while. */
    private static void disorder(Place place, Dice dice, List<Injection> faults) {
        LinkQuality bad = new LinkQuality(0, 0.8, 0.4, 0, 0);
        faults.add(
                at(0, new Fault.BadLink(place.service(1), place.service(2), bad), Injection.NEVER));
        long at = sometime(dice);
        faults.add(at(at, new Fault.ProcessCrash(place.application(1)), 2 * MILLISECOND));
        faults.add(at(at, new Fault.PowerLoss(place.service(1)), 20 * MILLISECOND));
    }

    /** A lost replica comes back blank while those that know better cannot answer. */
    private static void blankReplicaAnswersFirst(Place place, Dice dice, List<Injection> faults) {
        long at = sometime(dice);
        replicaComesBackBlank(place, at, faults);
        faults.add(at(at, new Fault.Isolation(place.service(3)), 10 * MILLISECOND));
    }

    private static void replicaComesBackBlank(Place place, Dice dice, List<Injection> faults) {
        replicaComesBackBlank(place, sometime(dice), faults);
    }

    private static void replicaComesBackBlank(Place place, long at, List<Injection> faults) {
        faults.add(at(at, new Fault.PermanentLoss(place.service(2)), 50_000));
        faults.add(at(at, new Fault.PowerLoss(place.service(1)), 30 * MILLISECOND));
        faults.add(at(at, new Fault.ProcessCrash(place.application(1)), 30 * MILLISECOND));
    }

    /** The first node is apart from all others while the name is registered. */
    private static void partition(Place place, Dice dice, List<Injection> faults) {
        Topology topology = place.topology();
        List<NodeId> others = new ArrayList<>(topology.services());
        others.addAll(topology.applications());
        List<NodeId> apart = List.of(place.application(1), place.service(1));
        others.removeAll(apart);
        long heal = dice.nanos(3 * MILLISECOND, 9 * MILLISECOND);
        for (NodeId one : apart) {
            for (NodeId other : others) {
                faults.add(at(0, new Fault.LinkCut(one, other), heal));
            }
        }
    }

    private static void replicaLost(Place place, Dice dice, List<Injection> faults) {
        faults.add(at(sometime(dice), new Fault.PermanentLoss(place.service(2)), 5 * MILLISECOND));
    }

    /**
     * The origin's service stands still until another has the name; what it had sent to a replica
     * shortly before is still under way then.
     */
    private static void originPauses(Place place, Dice dice, List<Injection> faults) {
        LinkQuality late = new LinkQuality(0, 0, 0, 0, 3 * MILLISECOND);
        long at = sometime(dice);
        faults.add(at(at, new Fault.BadLink(place.service(1), place.service(3), late), 700_000));
        faults.add(
                at(
                        at + 700_000,
                        new Fault.Pause(place.service(1)),
                        dice.nanos(4 * MILLISECOND, 8 * MILLISECOND)));
    }

    private static void servicesLosePower(Place place, Dice dice, List<Injection> faults) {
        long at = sometime(dice);
        for (NodeId service : place.topology().services()) {
            faults.add(at(at, new Fault.PowerLoss(service), MILLISECOND));
        }
    }

    /** Two racks are lost: the origin's, and that of the node beside it. */
    private static void racksLost(Place place, Dice dice, List<Injection> faults) {
        long at = sometime(dice);
        for (int domain = 0; domain < 2; domain++) {
            for (NodeId node : place.topology().failTogether().get(domain)) {
                faults.add(at(at, new Fault.PermanentLoss(node), MILLISECOND));
            }
        }
    }

    private static void originLost(Place place, Dice dice, List<Injection> faults) {
        long at = sometime(dice);
        faults.add(at(at, new Fault.PermanentLoss(place.service(1)), MILLISECOND));
        faults.add(at(at, new Fault.ProcessCrash(place.application(1)), MILLISECOND));
    }

    // ---- the broken rules

    /** C1: a version is safe with as many replicas as there happen to be. */
    private static final class NoneIsEnough implements Rules {
        @Override
        public boolean isEnough(int found, ReplicaSettings settings) {
            return true;
        }
    }

    /** C3: a replica answers before its store is durable. */
    private static final class MemoryCounts implements Rules {
        @Override
        public boolean waitsForDisk(ReplicaSettings settings) {
            return false;
        }
    }

    /** C4: what was read while the application wrote is taken for a version. */
    private static final class AnythingBelongsTogether implements Rules {
        @Override
        public boolean isUntorn(List<Segment> read, List<Long> changed) {
            return true;
        }
    }

    /** C5: what arrives last is stored. */
    private static final class LastArrivedWins implements Rules {
        @Override
        public boolean isNewer(Copy copy, Copy held) {
            return copy.version() != held.version();
        }
    }

    /** C6: whoever answers is believed, whether or not it still is what was registered. */
    private static final class AnyAnswerCounts implements Rules {
        @Override
        public boolean counts(Membership membership, NodeId from, int identity) {
            return true;
        }
    }

    /** C7: a service decides alone. */
    private static final class OneVoiceDecides implements Rules {
        @Override
        public int quorum(Topology topology) {
            return 1;
        }
    }

    /** C8: who leaves is left out, and nobody takes its part. */
    private static final class NobodyTakesOver implements Rules {
        @Override
        public NavigableSet<NodeId> place(Placement placement) {
            NavigableSet<NodeId> left = new TreeSet<>(placement.present());
            left.removeAll(placement.silent());
            return placement.present().isEmpty() ? placement.choose() : left;
        }

        @Override
        public boolean isEnough(int found, ReplicaSettings settings) {
            return true;
        }
    }

    /** C11: a replica stores for whoever asks. */
    private static final class NobodyFenced implements Rules {
        @Override
        public boolean isFenced(long term, long fence) {
            return false;
        }

        @Override
        public boolean isNewer(Copy copy, Copy held) {
            return copy.version() != held.version();
        }
    }

    /** C12: what was agreed on is kept in memory alone. */
    private static final class Forgetful implements Rules {
        @Override
        public boolean remembers() {
            return false;
        }
    }

    /** C15: all replicas are in the rack of the node beside the origin. */
    private static final class NextInRack implements Rules {
        @Override
        public NavigableSet<NodeId> place(Placement placement) {
            Domains domains = placement.domains();
            NavigableSet<NodeId> chosen = new TreeSet<>();
            int rack = (domains.of(placement.origin()) + 1) % 5;
            for (NodeId service : domains.nodes()) {
                if (domains.of(service) == rack) {
                    chosen.add(service);
                }
            }
            chosen.add(placement.origin());
            return chosen;
        }
    }

    /** C17: the last term that was heard of is obeyed, whether or not it is the newest. */
    private static final class LastHeardObeyed implements Rules {
        @Override
        public long fence(long known, long heard) {
            return heard;
        }

        @Override
        public boolean isNewer(Copy copy, Copy held) {
            return copy.version() != held.version();
        }
    }

    /** S9: the least of what each reports, and who lost its copy reports nothing. */
    private static final class LeastOfAll implements Rules {
        @Override
        public long recoveryLine(NavigableMap<NodeId, Long> versions, List<Member> lost) {
            return lost.isEmpty()
                    ? versions.values().stream().mapToLong(Long::longValue).min().orElse(0)
                    : 0;
        }
    }

    /** S11: the replica is where the origin is. */
    private static final class OriginIsItsReplica implements Rules {
        @Override
        public NavigableSet<NodeId> place(Placement placement) {
            return new TreeSet<>(List.of(placement.origin()));
        }

        @Override
        public boolean isEnough(int found, ReplicaSettings settings) {
            return true;
        }
    }
}
