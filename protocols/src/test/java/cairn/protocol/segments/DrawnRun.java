package cairn.protocol.segments;

import cairn.application.bank.Bank;
import cairn.application.bank.BankSettings;
import cairn.application.keyvalue.KeyValue;
import cairn.application.keyvalue.KeyValueSettings;
import cairn.fault.FaultPlan;
import cairn.model.CpuCosts;
import cairn.model.NodeId;
import cairn.model.Protocol;
import cairn.model.fault.Fault;
import cairn.model.fault.FaultKind;
import cairn.model.fault.Injection;
import cairn.model.fault.Trigger;
import cairn.model.property.Bounds;
import cairn.model.service.Service;
import cairn.model.service.Workload;
import cairn.protocol.Dice;
import cairn.protocol.DrawnFaults;
import cairn.rdma.PersistenceDomain;
import cairn.rdma.Platform;
import cairn.rdma.RdmaCosts;
import cairn.simulator.Environment;
import cairn.simulator.Limits;
import cairn.simulator.Scenario;
import cairn.simulator.disk.DiskCosts;
import cairn.simulator.network.NetworkCosts;

import java.util.ArrayList;
import java.util.List;

/** A run in which settings, workload, disks and faults are drawn from its seed. */
public final class DrawnRun {

    private static final long FASTEST_LIVENESS_NANOS = 5_000_000_000L;
    private static final long LIVENESS_OF_DISKS_NANOS = 60_000_000_000L;
    private static final Limits LIMITS = new Limits(120_000_000, 5_000_000, 1_000_000, 20_000_000);
    private static final Limits RESTORING =
            new Limits(120_000_000, 300_000_000, 1_000_000, 20_000_000);

    /** What all machines may suffer whatever is acknowledged. */
    private static final List<FaultKind> HARMLESS =
            List.of(
                    FaultKind.PAUSE,
                    FaultKind.SLOW_NODE,
                    FaultKind.CLOCK,
                    FaultKind.CUT,
                    FaultKind.BAD_LINK,
                    FaultKind.SLOW_DISK,
                    FaultKind.DISK_FULL);

    private DrawnRun() {}

    /** The run of a seed. */
    public static Scenario<?> of(long seed) {
        Dice dice = new Dice(seed);
        SegmentsSettings settings = settings(dice);
        Service service = service(dice);
        Workload workload = workload(dice);
        Protocol<SegmentsMessage> protocol =
                new Segments(settings, service, workload.clients(), CpuCosts.DEFAULT);
        DiskCosts disk =
                dice.of(
                        DiskCosts.NVME_PROTECTED,
                        DiskCosts.NVME_PROTECTED,
                        DiskCosts.NVME_CONSUMER.withTornSectors(),
                        DiskCosts.DISK.withTornSectors());
        return new Scenario<>(
                protocol,
                service,
                workload,
                environment(disk),
                faults(settings, protocol, workload, dice),
                new Bounds(
                        32,
                        disk.syncNanos() > 1_000_000
                                ? LIVENESS_OF_DISKS_NANOS
                                : FASTEST_LIVENESS_NANOS,
                        200_000),
                dice.oneIn(8) ? RESTORING : LIMITS);
    }

    static Environment environment(DiskCosts disk) {
        return new Environment(
                CpuCosts.DEFAULT,
                NetworkCosts.MESSAGES,
                RdmaCosts.DEFAULT,
                new Platform(PersistenceDomain.ADR, false, true),
                disk,
                false);
    }

    static SegmentsSettings settings(Dice dice) {
        int able = dice.from(1, 3);
        int storage = dice.from(4 - able, 5);
        int domains = dice.from(3, able + storage);
        long heartbeat = dice.of(200_000L, 500_000L);
        return new SegmentsSettings(
                able,
                storage,
                domains,
                dice.from(1, Math.min(3, domains - 1)),
                dice.of(1, 3, 8),
                dice.oneIn(5) ? Acknowledge.RECEIVED : Acknowledge.DURABLE,
                Shortage.WAIT,
                dice.of(Requester.values()),
                dice.oneIn(3),
                dice.of(1, 4, 256),
                heartbeat,
                dice.nanos(3 * heartbeat, 20 * heartbeat),
                dice.nanos(4 * heartbeat, 20 * heartbeat));
    }

    private static FaultPlan faults(
            SegmentsSettings settings,
            Protocol<SegmentsMessage> protocol,
            Workload workload,
            Dice dice) {
        List<FaultKind> kinds = new ArrayList<>(HARMLESS);
        if (settings.acknowledge() == Acknowledge.DURABLE) {
            kinds.add(FaultKind.PROCESS_CRASH);
            kinds.add(FaultKind.POWER_LOSS);
            kinds.add(FaultKind.WARM_RESET);
            kinds.add(FaultKind.CPU_HANG);
            if (protocol.promise().covers(FaultKind.PERMANENT_LOSS, 1)) {
                kinds.add(FaultKind.PERMANENT_LOSS);
            }
        }
        int places = protocol.seats().size();
        List<NodeId> services = new Topology(settings).services();
        List<Injection> planned = new ArrayList<>();
        for (Injection injection :
                new DrawnFaults(dice, places, places + workload.clients(), services)
                        .plan(kinds)
                        .planned()) {
            planned.add(ofDisk(injection, services));
        }
        aimed(settings, kinds, planned, dice);
        return new FaultPlan(planned, List.of());
    }

    /** More faults where they hurt: at the primary, at its service, at a replica. */
    private static void aimed(
            SegmentsSettings settings, List<FaultKind> kinds, List<Injection> planned, Dice dice) {
        Topology topology = new Topology(settings);
        NodeId primary = topology.applications().getFirst();
        NodeId its = topology.services().getFirst();
        boolean crashes = kinds.contains(FaultKind.PROCESS_CRASH);
        if (dice.oneIn(2)) {
            planned.add(
                    soon(
                            crashes ? new Fault.ProcessCrash(primary) : new Fault.Pause(primary),
                            dice));
        }
        if (crashes && dice.oneIn(3)) {
            planned.add(soon(new Fault.PowerLoss(its), dice));
        }
        boolean lost =
                planned.stream().anyMatch(one -> one.fault().kind() == FaultKind.PERMANENT_LOSS);
        if (kinds.contains(FaultKind.PERMANENT_LOSS) && !lost && dice.oneIn(2)) {
            planned.add(soon(new Fault.PermanentLoss(dice.among(topology.services())), dice));
        }
    }

    private static Injection soon(Fault fault, Dice dice) {
        return new Injection(
                new Trigger.At(dice.nanos(100_000, 30_000_000)),
                fault,
                dice.nanos(10_000, 40_000_000));
    }

    /** Applications have no disks: what would befall theirs befalls one of a service. */
    private static Injection ofDisk(Injection injection, List<NodeId> services) {
        Fault fault =
                switch (injection.fault()) {
                    case Fault.DiskFull(NodeId node) ->
                            new Fault.DiskFull(services.get(node.index() % services.size()));
                    case Fault.SlowDisk(NodeId node, double factor) ->
                            new Fault.SlowDisk(
                                    services.get(node.index() % services.size()), factor);
                    case Fault other -> other;
                };
        return new Injection(injection.when(), fault, injection.healAfterNanos());
    }

    private static Service service(Dice dice) {
        return dice.oneIn(3)
                ? new KeyValue(new KeyValueSettings(dice.of(600, 5_000), 0.4, 0.2, 0.7, 20))
                : new Bank(
                        new BankSettings(
                                dice.of(1_100, 4_000), 1_000, dice.of(0.1, 0.5), 0.02, 0, 1));
    }

    private static Workload workload(Dice dice) {
        Workload.Loop loop =
                dice.oneIn(2)
                        ? new Workload.Loop.Open(dice.of(10_000.0, 30_000.0, 200_000.0))
                        : new Workload.Loop.Closed(dice.of(0L, 50_000L, 400_000L));
        return new Workload(
                dice.from(1, 6), dice.from(40, 200), loop, dice.nanos(1_000_000, 20_000_000));
    }
}
