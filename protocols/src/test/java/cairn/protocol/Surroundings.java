package cairn.protocol;

import cairn.application.bank.Bank;
import cairn.application.bank.BankSettings;
import cairn.fault.FaultPlan;
import cairn.model.CpuCosts;
import cairn.model.Message;
import cairn.model.NodeId;
import cairn.model.Promise;
import cairn.model.Protocol;
import cairn.model.Seat;
import cairn.model.fault.Fault;
import cairn.model.fault.FaultKind;
import cairn.model.fault.Injection;
import cairn.model.fault.Trigger;
import cairn.model.property.Bounds;
import cairn.model.service.Service;
import cairn.model.service.Workload;
import cairn.rdma.Platform;
import cairn.rdma.RdmaCosts;
import cairn.simulator.Environment;
import cairn.simulator.Limits;
import cairn.simulator.Scenario;
import cairn.simulator.disk.DiskCosts;
import cairn.simulator.network.NetworkCosts;

import java.util.ArrayList;
import java.util.List;

/** The bank under a service protocol without RDMA: what its seeded bugs and drawn runs share. */
public final class Surroundings {

    /** Spinning disks are slow, and slowed ones slower. */
    private static final long LIVENESS_NANOS = 60_000_000_000L;

    private static final Limits LIMITS = new Limits(120_000_000, 5_000_000, 1_000_000, 20_000_000);

    private static final List<FaultKind> HARMLESS =
            List.of(
                    FaultKind.PROCESS_CRASH,
                    FaultKind.PAUSE,
                    FaultKind.SLOW_NODE,
                    FaultKind.CLOCK,
                    FaultKind.CUT,
                    FaultKind.BAD_LINK);

    private static final List<FaultKind> DRAWN =
            List.of(
                    FaultKind.POWER_LOSS,
                    FaultKind.WARM_RESET,
                    FaultKind.CPU_HANG,
                    FaultKind.DISK_FULL,
                    FaultKind.SLOW_DISK);

    private Surroundings() {}

    /** Makes a protocol for a service with so many clients. */
    @FunctionalInterface
    public interface Maker<M extends Message> {
        Protocol<M> make(Service service, int clients, CpuCosts costs);
    }

    private static Environment environment(DiskCosts disk) {
        return new Environment(
                CpuCosts.DEFAULT,
                NetworkCosts.MESSAGES,
                RdmaCosts.DEFAULT,
                Platform.DIRECT_WRITE,
                disk,
                false);
    }

    /** A bank of a few pages, a tenth of whose requests read. */
    public static Service bank() {
        return new Bank(new BankSettings(4_000, 1_000, 0.1, 0.02, 0, 1));
    }

    /** A scenario of a given bank and plan on a consumer's NVMe drive. */
    public static <M extends Message> Scenario<M> scenario(
            Maker<M> maker, Service bank, long requests, FaultPlan plan) {
        int clients = 4;
        return new Scenario<>(
                maker.make(bank, clients, CpuCosts.DEFAULT),
                bank,
                new Workload(clients, requests, new Workload.Loop.Closed(20_000), 4_000_000),
                environment(DiskCosts.NVME_CONSUMER),
                plan,
                new Bounds(32, 2_000_000_000L, 500_000),
                new Limits(10_000_000_000L, 5_000_000, 200_000, 20_000_000));
    }

    /** A scenario in which bank, workload, disk and faults are drawn, within the promise. */
    public static <M extends Message> Scenario<M> drawn(Dice dice, int retained, Maker<M> maker) {
        Service bank =
                new Bank(
                        new BankSettings(
                                dice.of(1_100, 4_000), 1_000, dice.of(0.1, 0.5), 0.02, 0, 1));
        Workload workload = workload(dice);
        Protocol<M> protocol = maker.make(bank, workload.clients(), CpuCosts.DEFAULT);
        List<NodeId> disks = new ArrayList<>();
        List<Seat> seats = protocol.seats();
        for (int i = 0; i < seats.size(); i++) {
            if (seats.get(i).hardware().disk()) {
                disks.add(new NodeId(i));
            }
        }
        List<FaultKind> kinds = new ArrayList<>(HARMLESS);
        kinds.removeIf(kind -> !protocol.promise().covers(kind, Promise.ANY));
        for (FaultKind kind : DRAWN) {
            boolean ofDisk = kind == FaultKind.DISK_FULL || kind == FaultKind.SLOW_DISK;
            if (protocol.promise().covers(kind, 1) && !(ofDisk && disks.isEmpty())) {
                kinds.add(kind);
            }
        }
        FaultPlan faults =
                withOneCrash(
                        new DrawnFaults(
                                        dice,
                                        seats.size(),
                                        seats.size() + workload.clients(),
                                        List.of(),
                                        disks)
                                .plan(kinds),
                        protocol,
                        dice);
        DiskCosts disk = dice.of(DiskCosts.NVME_PROTECTED, DiskCosts.NVME_CONSUMER, DiskCosts.DISK);
        return new Scenario<>(
                protocol,
                bank,
                workload,
                environment(dice.oneIn(2) ? disk.withTornSectors() : disk),
                faults,
                new Bounds(retained, LIVENESS_NANOS, 200_000),
                LIMITS);
    }

    /** Where a crash is survived once, there is one at the most. */
    private static FaultPlan withOneCrash(FaultPlan plan, Protocol<?> protocol, Dice dice) {
        boolean isOnce =
                protocol.promise().covers(FaultKind.PROCESS_CRASH, 1)
                        && !protocol.promise().covers(FaultKind.PROCESS_CRASH, 2);
        if (!isOnce || dice.oneIn(5)) {
            return plan;
        }
        List<Injection> planned = new ArrayList<>(plan.planned());
        planned.add(
                new Injection(
                        new Trigger.At(dice.nanos(20_000, 60_000_000)),
                        new Fault.ProcessCrash(dice.among(protocol.servers())),
                        dice.nanos(10_000, 40_000_000)));
        return new FaultPlan(planned, List.of());
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
