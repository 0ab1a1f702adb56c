package cairn.protocol;

import cairn.fault.FaultPlan;
import cairn.model.NodeId;
import cairn.model.fault.Fault;
import cairn.model.fault.FaultKind;
import cairn.model.fault.Injection;
import cairn.model.fault.LinkQuality;
import cairn.model.fault.Moment;
import cairn.model.fault.Trigger;
import cairn.simulator.network.NetworkCosts;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** A few faults of a few kinds, each at a time or a moment, each healed. */
public final class DrawnFaults {

    private static final long FIRST_NANOS = 20_000;
    private static final long LAST_NANOS = 60_000_000;

    private final Dice dice;
    private final int places;
    private final int machines;
    private final List<NodeId> units;
    private final List<NodeId> disks;

    /**
     * @param places how many machines belong to the protocol
     * @param machines how many there are, clients included
     * @param units those that hold persistent memory
     */
    public DrawnFaults(Dice dice, int places, int machines, List<NodeId> units) {
        this(dice, places, machines, units, List.of());
    }

    /**
     * The same, where not every machine has a disk.
     *
     * @param disks those that have one; empty for all
     */
    public DrawnFaults(
            Dice dice, int places, int machines, List<NodeId> units, List<NodeId> disks) {
        this.dice = dice;
        this.places = places;
        this.machines = machines;
        this.units = units;
        this.disks = disks;
    }

    /** A plan of faults of some of these kinds; a unit is lost for good once at the most. */
    public FaultPlan plan(List<FaultKind> possible) {
        List<FaultKind> kinds = new ArrayList<>();
        int variety = dice.from(1, 5);
        while (kinds.size() < variety) {
            kinds.add(dice.among(possible));
        }
        List<Injection> planned = new ArrayList<>();
        for (int left = dice.from(1, 10); left > 0; left--) {
            FaultKind kind = dice.among(kinds);
            planned.add(new Injection(trigger(dice), fault(kind), healed(dice)));
            if (kind == FaultKind.PERMANENT_LOSS) {
                kinds.removeIf(k -> k == FaultKind.PERMANENT_LOSS);
                kinds.add(FaultKind.PAUSE);
            }
        }
        if (possible.contains(FaultKind.BAD_LINK)) {
            planned.addAll(narrowLinks(dice.aside("narrow links")));
        }
        return new FaultPlan(planned, List.of());
    }

    /** In one run of three a few links that carry a tenth to a thousandth of what they did. */
    private List<Injection> narrowLinks(Dice dice) {
        List<Injection> planned = new ArrayList<>();
        for (int left = dice.oneIn(3) ? dice.from(1, 4) : 0; left > 0; left--) {
            NodeId from = dice.node(machines);
            double width = NetworkCosts.MESSAGES.bytesPerNano() / dice.nanos(10, 1_000);
            var narrow = new LinkQuality(0, 0, 0, 0, 0, width);
            planned.add(
                    new Injection(
                            trigger(dice),
                            new Fault.BadLink(from, another(dice, from), narrow),
                            healed(dice)));
        }
        return planned;
    }

    private NodeId another(Dice dice, NodeId than) {
        return new NodeId((than.index() + dice.from(1, machines - 1)) % machines);
    }

    private static long healed(Dice dice) {
        return dice.nanos(10_000, 40_000_000);
    }

    private Trigger trigger(Dice dice) {
        if (dice.oneIn(3)) {
            NodeId anywhere = dice.node(places);
            return new Trigger.OnMoment(
                    dice.of(Moment.values()), dice.nanos(1, 200), dice.oneIn(2) ? null : anywhere);
        }
        return new Trigger.At(dice.nanos(FIRST_NANOS, LAST_NANOS));
    }

    private Fault fault(FaultKind kind) {
        NodeId node = dice.node(places);
        NodeId from = dice.node(machines);
        NodeId to = another(dice, from);
        return switch (kind) {
            case PROCESS_CRASH -> new Fault.ProcessCrash(node);
            case WARM_RESET -> new Fault.WarmReset(node);
            case POWER_LOSS -> new Fault.PowerLoss(node);
            case RACK_POWER_LOSS -> new Fault.RackPowerLoss(rack(), dice.nanos(0, 2_000_000));
            case SITE_POWER_LOSS ->
                    new Fault.SitePowerLoss(machines(0, places - 1), dice.nanos(0, 2_000_000));
            case FAILED_PROTECTION -> new Fault.FailedProtection(node, dice.from(3, 20));
            case PERMANENT_LOSS -> new Fault.PermanentLoss(dice.among(units));
            case PAUSE -> new Fault.Pause(node);
            case CPU_HANG -> new Fault.CpuHang(node);
            case SLOW_NODE -> new Fault.SlowNode(node, 1 + 30 * dice.share());
            case NIC_RESET -> new Fault.NicReset(node);
            case CLOCK ->
                    switch (dice.from(1, 3)) {
                        case 1 -> new Fault.ClockSkew(node, dice.from(-50_000_000, 50_000_000));
                        case 2 -> new Fault.ClockJump(node, dice.from(-50_000_000, 50_000_000));
                        default -> new Fault.ClockDrift(node, dice.from(-300_000, 300_000));
                    };
            case CUT -> cut(node, from, to);
            case BAD_LINK -> new Fault.BadLink(from, to, quality());
            case SLOW_DISK -> new Fault.SlowDisk(disk(node), 1 + 30 * dice.share());
            case DISK_FULL -> new Fault.DiskFull(disk(node));
            case DISK_FAILS -> new Fault.DiskError(disk(node), 0.01 + 0.5 * dice.share());
            case MEMORY_ROT, DISK_LIES, DISK_CORRUPTS ->
                    throw new IllegalArgumentException("beyond what is promised: " + kind);
        };
    }

    private List<NodeId> rack() {
        int first = dice.from(0, places - 1);
        return machines(first, dice.from(first, places - 1));
    }

    private static List<NodeId> machines(int first, int last) {
        return IntStream.rangeClosed(first, last).mapToObj(NodeId::new).toList();
    }

    private NodeId disk(NodeId node) {
        return disks.isEmpty() ? node : dice.among(disks);
    }

    private Fault cut(NodeId node, NodeId from, NodeId to) {
        return switch (dice.from(1, 4)) {
            case 1 -> new Fault.LinkCut(from, to);
            case 2 -> new Fault.OneWayCut(from, to);
            case 3 -> new Fault.Flap(from, to, dice.nanos(10_000, 5_000_000));
            default -> new Fault.Isolation(node);
        };
    }

    private LinkQuality quality() {
        return new LinkQuality(
                sometimes(), sometimes(), sometimes(), sometimes() / 2, dice.from(0, 100_000));
    }

    private double sometimes() {
        return dice.oneIn(2) ? 0 : 0.6 * dice.share();
    }
}
