package cairn.protocol.rdmapmem;

import cairn.application.bank.Bank;
import cairn.application.bank.BankSettings;
import cairn.fault.FaultPlan;
import cairn.fault.RandomFault;
import cairn.model.CpuCosts;
import cairn.model.NodeId;
import cairn.model.Protocol;
import cairn.model.Seat;
import cairn.model.choice.Law;
import cairn.model.choice.Mix;
import cairn.model.fault.Fault;
import cairn.model.fault.FaultKind;
import cairn.model.fault.Injection;
import cairn.model.fault.LinkQuality;
import cairn.model.fault.Moment;
import cairn.model.fault.Trigger;
import cairn.model.property.Bounds;
import cairn.model.service.Workload;
import cairn.protocol.SeededBug;
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

/** The circumstances under which a sabotage shows; the same for the sound protocol. */
public final class Exposure {

    /** Reads that take long to answer, and writes that stay long in adapter and I/O buffers. */
    private static final RdmaCosts CONGESTED =
            new RdmaCosts(
                    150, 100, 5_000, 380, 200, 11.3, 850, 10_000, 890, 300, 13.9, 2.57, 62, 5_000,
                    20_000, 500, 32L << 20, 0.1, 1_000_000, 50_000, 200, 2.4, 128, 32);

    private static final int CLIENTS = 8;
    private static final long REQUESTS = 1_500;

    private final Sabotage sabotage;
    private final Bank bank;

    private Exposure(Sabotage sabotage) {
        this.sabotage = sabotage;
        this.bank = new Bank(new BankSettings(8_192, 1_000, 0.2, 0.01, 0, 1));
    }

    /** Every sabotage of this protocol as a seeded bug. */
    public static List<SeededBug> bugs() {
        return Sabotages.all().stream().map(sabotage -> new Exposure(sabotage).bug()).toList();
    }

    private SeededBug bug() {
        return new SeededBug(
                sabotage.id(),
                sabotage.name(),
                sabotage.caughtBy(),
                // Rules may remember, so each scenario has its own.
                seed -> scenario(sabotage.protocol(bank, CLIENTS, CpuCosts.DEFAULT), seed),
                seed -> scenario(sabotage.sound(bank, CLIENTS, CpuCosts.DEFAULT), seed));
    }

    private Scenario<RdmaPmemMessage> scenario(Protocol<RdmaPmemMessage> protocol, long seed) {
        return new Scenario<>(
                protocol,
                bank,
                new Workload(CLIENTS, REQUESTS, new Workload.Loop.Closed(50_000), 2_000_000),
                new Environment(
                        CpuCosts.DEFAULT,
                        NetworkCosts.MESSAGES,
                        costs(),
                        new Platform(PersistenceDomain.ADR, sabotage.directCacheAccess(), true),
                        DiskCosts.NVME_PROTECTED,
                        false),
                plan(protocol, seed),
                new Bounds(64, 2_000_000_000L, 5_000_000),
                new Limits(10_000_000_000L, 1_000_000, 200_000, 50_000_000));
    }

    private RdmaCosts costs() {
        // What these two rely on is the order in which writes leave the buffers.
        boolean congested = sabotage.id().equals("A4") || sabotage.id().equals("A6");
        return congested ? CONGESTED : RdmaCosts.DEFAULT;
    }

    /** Faults of the sabotage's kinds at random times, and what its row needs besides. */
    private FaultPlan plan(Protocol<RdmaPmemMessage> protocol, long seed) {
        List<RandomFault> random = new ArrayList<>();
        List<Seat> seats = protocol.seats();
        for (int i = 0; i < seats.size(); i++) {
            for (FaultKind kind : sabotage.faults()) {
                add(kind, new NodeId(i), seats.get(i).role(), random);
            }
        }
        List<Injection> planned = new ArrayList<>();
        NodeId backup = new NodeId(1);
        NodeId unit = new NodeId(2);
        switch (sabotage.id()) {
            case "A8" -> {
                // The directory is written when a region is created and when a primary changes.
                random.add(
                        struck("crash primary", new Fault.ProcessCrash(new NodeId(0)), 1_000_000));
                for (int i = 0; i < 3; i++) {
                    long count = 1 + (Mix.fold(seed, i) >>> 1) % 24;
                    planned.add(
                            new Injection(
                                    new Trigger.OnMoment(Moment.PERSISTED, count, unit),
                                    new Fault.PowerLoss(unit),
                                    1_000_000));
                }
            }
            case "A24" -> {
                // The second mirror misses a set, and the first one is lost with the servers.
                random.clear();
                NodeId mirror = new NodeId(3);
                long count = 1 + (Mix.fold(seed, 0) >>> 1) % 100;
                for (NodeId server : List.of(new NodeId(0), backup)) {
                    planned.add(
                            new Injection(
                                    acknowledged(count),
                                    new Fault.OneWayCut(server, mirror),
                                    5_000_000));
                    planned.add(
                            new Injection(
                                    acknowledged(count + 1),
                                    new Fault.ProcessCrash(server),
                                    1_000_000));
                }
                planned.add(
                        new Injection(
                                acknowledged(count + 1), new Fault.PermanentLoss(unit), 1_000_000));
            }
            case "A20" ->
                    planned.add(
                            new Injection(
                                    new Trigger.At(0),
                                    new Fault.BadLink(
                                            backup, unit, new LinkQuality(0, 0, 0, 0, 50_000)),
                                    Injection.NEVER));
            default -> {
                // Random times do.
            }
        }
        return new FaultPlan(planned, random);
    }

    private static Trigger acknowledged(long count) {
        return new Trigger.OnMoment(Moment.ACKNOWLEDGED, count, null);
    }

    private void add(FaultKind kind, NodeId node, String role, List<RandomFault> plan) {
        boolean server = role.equals("primary") || role.startsWith("backup");
        boolean unit = role.startsWith("pmu");
        String name = kind + " " + role;
        switch (kind) {
            case PROCESS_CRASH -> {
                if (server) {
                    plan.add(struck(name, new Fault.ProcessCrash(node), 200_000));
                }
            }
            case POWER_LOSS -> {
                if (unit) {
                    plan.add(struck(name, new Fault.PowerLoss(node), 200_000));
                }
            }
            case PAUSE -> {
                if (!unit) {
                    plan.add(struck(name, new Fault.Pause(node), 3_000_000));
                }
            }
            case CPU_HANG -> {
                if (unit) {
                    plan.add(struck(name, new Fault.CpuHang(node), 3_000_000));
                }
            }
            case PERMANENT_LOSS -> {
                if (role.equals("pmu-1")) {
                    plan.add(
                            new RandomFault(
                                    name,
                                    new Fault.PermanentLoss(node),
                                    new Law.Exponential(1_000_000, 1e6),
                                    1,
                                    5_000_000));
                }
            }
            case CUT -> {
                plan.add(struck(name, new Fault.Isolation(node), 3_000_000));
            }
            default -> throw new IllegalArgumentException("no plan has " + kind);
        }
    }

    private static RandomFault struck(String name, Fault fault, long healAfterNanos) {
        return new RandomFault(
                name, fault, new Law.Exponential(500_000, 1.5e6), 20, healAfterNanos);
    }
}
