package cairn.experiment.fuzz;

import cairn.application.bank.Bank;
import cairn.application.bank.BankSettings;
import cairn.experiment.catalogue.Surroundings;
import cairn.fault.FaultPlan;
import cairn.fault.SeededChoices;
import cairn.model.Acknowledgement;
import cairn.model.CpuCosts;
import cairn.model.Message;
import cairn.model.NodeId;
import cairn.model.Protocol;
import cairn.model.Records;
import cairn.model.fault.FaultKind;
import cairn.model.property.Bounds;
import cairn.model.property.Judgement;
import cairn.model.property.Properties;
import cairn.model.property.Verdict;
import cairn.model.service.Service;
import cairn.model.service.Workload;
import cairn.part.pmu.PersistMethod;
import cairn.part.sets.StoreMode;
import cairn.protocol.Dice;
import cairn.protocol.DrawnFaults;
import cairn.protocol.localdisk.LocalDisk;
import cairn.protocol.localdisk.LocalDiskSettings;
import cairn.protocol.rdmapmem.BackupMode;
import cairn.protocol.rdmapmem.RdmaPmem;
import cairn.protocol.rdmapmem.RdmaPmemSettings;
import cairn.rdma.PersistenceDomain;
import cairn.rdma.Platform;
import cairn.simulator.Environment;
import cairn.simulator.Limits;
import cairn.simulator.RunResult;
import cairn.simulator.Scenario;
import cairn.simulator.Simulation;
import cairn.simulator.Trace;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/**
 * A run in which everything is drawn from its seed: settings, platform, workload and faults.
 *
 * @param drawn settings and faults, for whoever has to look for a cause
 */
record DrawnRun<M extends Message>(long seed, String drawn, Scenario<M> scenario) {

    /** Spinning disks are slow, and no run takes that long otherwise. */
    private static final long LIVENESS_NANOS = 5_000_000_000L;

    private static final long LIVENESS_OF_DISKS_NANOS = 60_000_000_000L;
    private static final Limits LIMITS = new Limits(120_000_000, 5_000_000, 1_000_000, 20_000_000);

    /** What all machines may suffer whatever is acknowledged. */
    private static final List<FaultKind> HARMLESS =
            List.of(
                    FaultKind.PROCESS_CRASH,
                    FaultKind.PAUSE,
                    FaultKind.SLOW_NODE,
                    FaultKind.CLOCK,
                    FaultKind.CUT,
                    FaultKind.BAD_LINK);

    /** A run of the RDMA persistent-memory server. */
    static DrawnRun<?> rdmaPmem(long seed) {
        Dice dice = new Dice(seed);
        return rdmaPmem(seed, settings(dice), dice);
    }

    /** The same, but what is acknowledged as durable may not be so. */
    static DrawnRun<?> unsafe(long seed) {
        Dice dice = new Dice(seed);
        RdmaPmemSettings settings =
                Records.like(settings(dice))
                        .with("persist", PersistMethod.COMPLETION_ONLY)
                        .with("acknowledge", Acknowledgement.DURABLE)
                        .made();
        return rdmaPmem(seed, settings, dice);
    }

    private static DrawnRun<?> rdmaPmem(long seed, RdmaPmemSettings settings, Dice dice) {
        Service bank = bank(dice);
        Workload workload = workload(dice);
        var protocol = new RdmaPmem(settings, bank, workload.clients(), CpuCosts.DEFAULT);
        List<FaultKind> kinds = new ArrayList<>(HARMLESS);
        for (FaultKind kind : FaultKind.values()) {
            if (!kinds.contains(kind)
                    && kind.compareTo(FaultKind.CLOCK) < 0
                    && protocol.promise().covers(kind, 1)) {
                kinds.add(kind);
            }
        }
        int firstUnit = 1 + settings.backups();
        List<NodeId> units = new ArrayList<>();
        for (int i = 0; i < settings.mirrors(); i++) {
            units.add(new NodeId(firstUnit + i));
        }
        int places = protocol.seats().size();
        FaultPlan faults =
                new DrawnFaults(dice, places, places + workload.clients(), units).plan(kinds);
        Environment usual = Surroundings.DEFAULT;
        var environment =
                new Environment(
                        usual.cpu(),
                        usual.network(),
                        usual.rdma(),
                        platform(settings.persist(), dice),
                        usual.disk(),
                        dice.oneIn(4));
        return of(
                seed,
                settings,
                protocol,
                bank,
                workload,
                environment,
                faults,
                new Bounds(32, LIVENESS_NANOS, 200_000));
    }

    private static RdmaPmemSettings settings(Dice dice) {
        RdmaPmemSettings settings =
                Records.like(RdmaPmemSettings.DEFAULT)
                        .with("backup", dice.of(BackupMode.values()))
                        .with("backups", dice.from(1, 2))
                        .with("mirrors", dice.from(1, 2))
                        .with("regions", dice.from(1, 3))
                        .with("batchRequests", dice.of(1, 4, 256))
                        .with(
                                "persist",
                                dice.of(
                                        PersistMethod.NATIVE_FLUSH,
                                        PersistMethod.READ_AFTER_WRITE,
                                        PersistMethod.TWO_SIDED))
                        .with(
                                "acknowledge",
                                dice.oneIn(6)
                                        ? dice.of(Acknowledgement.RECEIVED, Acknowledgement.VISIBLE)
                                        : dice.of(
                                                Acknowledgement.DURABLE,
                                                Acknowledgement.DURABLE_ON_ALL))
                        .made();
        return dice.oneIn(2)
                ? Records.like(settings)
                        .with("mode", StoreMode.APPEND)
                        .with("retainedSets", dice.from(1, 5))
                        .with("fullEvery", dice.from(1, 8))
                        .made()
                : settings;
    }

    private static Platform platform(PersistMethod persist, Dice dice) {
        PersistenceDomain domain = dice.of(PersistenceDomain.ADR, PersistenceDomain.EADR);
        boolean directCacheAccess = dice.oneIn(2);
        return switch (persist) {
            case NATIVE_FLUSH -> new Platform(domain, directCacheAccess, true);
            case READ_AFTER_WRITE -> new Platform(domain, false, dice.oneIn(2));
            case TWO_SIDED, COMPLETION_ONLY ->
                    new Platform(domain, directCacheAccess, dice.oneIn(2));
        };
    }

    /** A run of the server with a disk of its own. */
    static DrawnRun<?> localDisk(long seed) {
        Dice dice = new Dice(seed);
        var settings = new LocalDiskSettings(dice.of(1, 4, 256));
        Service bank = bank(dice);
        Workload workload = workload(dice);
        var protocol = new LocalDisk(settings, bank, workload.clients(), CpuCosts.DEFAULT);
        List<FaultKind> kinds = new ArrayList<>(HARMLESS);
        kinds.addAll(
                List.of(
                        FaultKind.POWER_LOSS,
                        FaultKind.WARM_RESET,
                        FaultKind.CPU_HANG,
                        FaultKind.DISK_FULL,
                        FaultKind.SLOW_DISK));
        FaultPlan faults = new DrawnFaults(dice, 1, 1 + workload.clients(), List.of()).plan(kinds);
        Environment usual = Surroundings.DEFAULT;
        var environment =
                new Environment(
                        usual.cpu(),
                        usual.network(),
                        usual.rdma(),
                        usual.platform(),
                        dice.among(List.copyOf(Surroundings.DISKS.values())),
                        false);
        return of(
                seed,
                settings,
                protocol,
                bank,
                workload,
                environment,
                faults,
                new Bounds(3, LIVENESS_OF_DISKS_NANOS, 200_000));
    }

    private static Service bank(Dice dice) {
        return new Bank(
                new BankSettings(dice.of(1_100, 4_000), 1_000, dice.of(0.1, 0.5), 0.02, 0, 1));
    }

    private static Workload workload(Dice dice) {
        Workload.Loop loop =
                dice.oneIn(2)
                        ? new Workload.Loop.Open(dice.of(10_000.0, 30_000.0, 200_000.0))
                        : new Workload.Loop.Closed(dice.of(0L, 50_000L, 400_000L));
        return new Workload(
                dice.from(1, 6), dice.from(40, 200), loop, dice.nanos(1_000_000, 20_000_000));
    }

    private static <M extends Message> DrawnRun<M> of(
            long seed,
            Record settings,
            Protocol<M> protocol,
            Service service,
            Workload workload,
            Environment environment,
            FaultPlan faults,
            Bounds bounds) {
        String drawn =
                String.join(
                        "\n  ",
                        protocol.name() + " seed " + seed,
                        settings.toString(),
                        environment.platform() + ", " + environment.disk().name(),
                        workload.toString(),
                        String.join(
                                "\n  ", faults.planned().stream().map(Object::toString).toList()));
        return new DrawnRun<>(
                seed,
                drawn,
                new Scenario<>(protocol, service, workload, environment, faults, bounds, LIMITS));
    }

    Simulation<M> simulation(@Nullable Trace trace) {
        return new Simulation<>(
                scenario, new SeededChoices(seed), Properties.all(), List.of(), trace);
    }

    /** What is wrong with how it went, or nothing. */
    String complaint() {
        RunResult result;
        try {
            result = simulation(null).run();
        } catch (RuntimeException failure) {
            return "it threw " + failure + " at " + failure.getStackTrace()[0];
        }
        for (Judgement judgement : result.judgements()) {
            if (judgement.verdict() instanceof Verdict.Violated(long at, String why)) {
                return judgement.property() + " at " + at + " ns: " + why;
            }
        }
        return result.finished() ? "" : "it had not finished at " + result.endNanos() + " ns";
    }
}
