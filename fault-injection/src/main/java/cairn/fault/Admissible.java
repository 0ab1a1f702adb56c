package cairn.fault;

import cairn.model.Hardware;
import cairn.model.NodeId;
import cairn.model.Promise;
import cairn.model.Seat;
import cairn.model.choice.Law;
import cairn.model.fault.Fault;
import cairn.model.fault.FaultKind;
import cairn.model.fault.LinkQuality;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What a run may suffer: how many faults of each kind at the most, wherever they strike. A kind
 * that is absent never strikes. Faults beyond it are left out of a run, whoever ordered them.
 */
public record Admissible(Map<FaultKind, Integer> most) {

    /** As often as one likes. */
    public static final int ANY = Integer.MAX_VALUE;

    /** Everything, as often as one likes. */
    public static final Admissible EVERYTHING = everything();

    private static final List<FaultKind> HARMLESS =
            List.of(
                    FaultKind.PROCESS_CRASH,
                    FaultKind.PAUSE,
                    FaultKind.SLOW_NODE,
                    FaultKind.CLOCK,
                    FaultKind.CUT,
                    FaultKind.BAD_LINK);

    private static final Law GAP_NANOS = new Law.Exponential(0, 20e6);
    private static final long HEAL_NANOS = 1_000_000;
    private static final long STAGGER_NANOS = 200_000;
    private static final int MOST_OF_ONE = 3;

    /**
     * 80 Mbit/s, or 10 kB until it is healed: of gigabit Ethernet a twelfth, of an RDMA port of 100
     * Gbit/s less than a thousandth.
     */
    private static final double NARROW_BYTES_PER_NANO = 0.01;

    public Admissible {
        EnumMap<FaultKind, Integer> copy = new EnumMap<>(FaultKind.class);
        copy.putAll(most);
        most = Collections.unmodifiableMap(copy);
    }

    private static Admissible everything() {
        EnumMap<FaultKind, Integer> most = new EnumMap<>(FaultKind.class);
        Arrays.stream(FaultKind.values()).forEach(kind -> most.put(kind, ANY));
        return new Admissible(most);
    }

    /**
     * What a promise covers; and what takes no checkpoint away from anybody, unless the promise
     * excludes it.
     */
    public static Admissible promised(Promise promise) {
        EnumMap<FaultKind, Integer> most = new EnumMap<>(FaultKind.class);
        most.putAll(promise.survives());
        for (FaultKind harmless : HARMLESS) {
            most.putIfAbsent(harmless, ANY);
        }
        return new Admissible(most);
    }

    /** Whether a run that has suffered so many of a kind may suffer one more. */
    public boolean allows(FaultKind kind, int already) {
        return already < most.getOrDefault(kind, 0);
    }

    /**
     * Every admissible fault at every place that can have it, for searches: each may strike at any
     * time and is healed a millisecond later. Under calm answers none strikes.
     */
    public List<RandomFault> everywhere(List<Seat> seats) {
        return everywhere(seats, List.of());
    }

    /**
     * The same, with power losses of racks, which are the failure domains, and of the site, which
     * is all of the machines.
     */
    public List<RandomFault> everywhere(List<Seat> seats, List<Set<NodeId>> domains) {
        List<RandomFault> all = new ArrayList<>();
        if (allows(FaultKind.RACK_POWER_LOSS, 0)) {
            for (Set<NodeId> domain : domains) {
                List<NodeId> rack = domain.stream().sorted().toList();
                all.add(random(new Fault.RackPowerLoss(rack, STAGGER_NANOS), seats));
            }
        }
        if (allows(FaultKind.SITE_POWER_LOSS, 0)) {
            List<NodeId> site = IntStream.range(0, seats.size()).mapToObj(NodeId::new).toList();
            all.add(random(new Fault.SitePowerLoss(site, STAGGER_NANOS), seats));
        }
        for (int i = 0; i < seats.size(); i++) {
            NodeId node = new NodeId(i);
            Seat seat = seats.get(i);
            for (FaultKind kind : most.keySet()) {
                if (!allows(kind, 0)) {
                    continue;
                }
                for (Fault fault : faults(kind, node, seat.hardware(), seats.size())) {
                    all.add(random(fault, seats));
                }
            }
        }
        if (allows(FaultKind.BAD_LINK, 0)) {
            // Behind all others, whose order is part of what a seed and a saved answer mean.
            var narrow = new LinkQuality(0, 0, 0, 0, 0, NARROW_BYTES_PER_NANO);
            for (int i = 0; i < seats.size(); i++) {
                for (Fault fault : badLinks(new NodeId(i), seats.size(), narrow)) {
                    all.add(random(fault, seats));
                }
            }
        }
        return all;
    }

    private RandomFault random(Fault fault, List<Seat> seats) {
        String places =
                switch (fault) {
                    case Fault.OfNode of -> seats.get(of.node().index()).role();
                    case Fault.OfDomain of ->
                            of.nodes().stream()
                                    .map(node -> seats.get(node.index()).role())
                                    .collect(Collectors.joining(", "));
                    case Fault.OfLink of ->
                            seats.get(of.from().index()).role()
                                    + " -> "
                                    + seats.get(of.to().index()).role();
                };
        int often = Math.min(MOST_OF_ONE, most.getOrDefault(fault.kind(), 0));
        return new RandomFault(
                words(fault) + " " + places, fault, GAP_NANOS, Math.max(1, often), HEAL_NANOS);
    }

    private static String words(Fault fault) {
        if (fault instanceof Fault.BadLink bad && bad.quality().isNarrow()) {
            return "narrow link";
        }
        return fault.getClass()
                .getSimpleName()
                .replaceAll("([a-z])([A-Z])", "$1 $2")
                .toLowerCase(Locale.ROOT)
                .replace("process crash", "crash");
    }

    /** The faults of a kind that a machine can have; of its links, those to the other machines. */
    private static List<Fault> faults(FaultKind kind, NodeId node, Hardware has, int machines) {
        if (!kind.canStrike(has)) {
            return List.of();
        }
        boolean stores = has.disk() || has.persistentBytes() > 0;
        return switch (kind) {
            case PROCESS_CRASH ->
                    List.of(new Fault.ProcessCrash(node), new Fault.OutOfMemory(node));
            case WARM_RESET -> List.of(new Fault.WarmReset(node));
            case POWER_LOSS -> List.of(new Fault.PowerLoss(node));
            case PERMANENT_LOSS -> stores ? List.of(new Fault.PermanentLoss(node)) : List.of();
            // Of several machines: see above.
            case RACK_POWER_LOSS, SITE_POWER_LOSS -> List.of();
            case FAILED_PROTECTION -> List.of(new Fault.FailedProtection(node, 3));
            case PAUSE -> List.of(new Fault.Pause(node));
            case CPU_HANG -> List.of(new Fault.CpuHang(node));
            case SLOW_NODE -> List.of(new Fault.SlowNode(node, 20));
            case NIC_RESET -> List.of(new Fault.NicReset(node));
            case MEMORY_ROT -> List.of(new Fault.MemoryRot(node, 0, has.persistentBytes()));
            case CLOCK ->
                    List.of(
                            new Fault.ClockSkew(node, 5_000_000),
                            new Fault.ClockJump(node, -5_000_000),
                            new Fault.ClockDrift(node, 200_000));
            case DISK_LIES -> List.of(new Fault.LyingSync(node));
            case DISK_FULL -> List.of(new Fault.DiskFull(node));
            case SLOW_DISK -> List.of(new Fault.SlowDisk(node, 20));
            case DISK_FAILS -> List.of(new Fault.DiskError(node, 0.2));
            case DISK_CORRUPTS ->
                    List.of(
                            new Fault.LostSectorWrites(node),
                            new Fault.MisdirectedWrites(node),
                            new Fault.SectorRot(node));
            case CUT -> List.of(new Fault.Isolation(node), new Fault.FalseSuspicion(node));
            case BAD_LINK -> badLinks(node, machines, new LinkQuality(0.1, 0.1, 0.2, 0, 0));
        };
    }

    private static List<Fault> badLinks(NodeId node, int machines, LinkQuality bad) {
        List<Fault> faults = new ArrayList<>();
        for (int other = 0; other < machines; other++) {
            if (other != node.index()) {
                faults.add(new Fault.BadLink(node, new NodeId(other), bad));
            }
        }
        return faults;
    }
}
