package cairn.cluster.run;

import cairn.application.keyvalue.KeyValue;
import cairn.application.keyvalue.KeyValueSettings;
import cairn.cluster.group.Member;
import cairn.fault.FaultPlan;
import cairn.model.Application;
import cairn.model.CpuCosts;
import cairn.model.Message;
import cairn.model.Observation;
import cairn.model.Protocol;
import cairn.model.fault.Injection;
import cairn.model.fault.Moment;
import cairn.model.property.Bounds;
import cairn.model.property.Properties;
import cairn.model.service.Service;
import cairn.model.service.Workload;
import cairn.protocol.localdisk.LocalDisk;
import cairn.protocol.localdisk.LocalDiskMessage;
import cairn.protocol.localdisk.LocalDiskSettings;
import cairn.protocol.rdmapmem.RdmaPmem;
import cairn.protocol.rdmapmem.RdmaPmemMessage;
import cairn.protocol.rdmapmem.RdmaPmemSettings;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** What tests of real processes run: one client, with times that fit processes on busy cores. */
final class Stands {

    /** How long anything may take that is to come. */
    static final Duration PATIENCE = Duration.ofSeconds(60);

    /** Who needs to be told nothing. */
    static final LiveCluster.Watcher NOBODY =
            new LiveCluster.Watcher() {
                @Override
                public void observed(Observation observation) {}

                @Override
                public void reached(Moment moment, int place) {}

                @Override
                public void viewed(long at, List<Member> members) {}
            };

    private static final long SETTLE_NANOS = 10_000_000;
    private static final long RESTART_NANOS = 10_000_000;

    private Stands() {}

    /** A key-value service whose checkpoints lie in a file of its own. */
    static LiveSystem<LocalDiskMessage> onItsDisk(Machines machines, Path folder) {
        Service service = new KeyValue(KeyValueSettings.DEFAULT);
        return system(
                new LocalDisk(LocalDiskSettings.DEFAULT, service, 1, CpuCosts.DEFAULT),
                service,
                machines,
                folder,
                RESTART_NANOS);
    }

    /** The protocol around a service, with heartbeats of tens of milliseconds. */
    static RdmaPmem overRdma(Service service) {
        RdmaPmemSettings d = RdmaPmemSettings.DEFAULT;
        var settings =
                new RdmaPmemSettings(
                        d.backup(),
                        d.backups(),
                        d.mirrors(),
                        d.mode(),
                        d.retainedSets(),
                        d.fullEvery(),
                        d.clearWhenRead(),
                        d.persist(),
                        d.acknowledge(),
                        d.regions(),
                        d.batchRequests(),
                        50_000_000,
                        400_000_000,
                        16);
        return new RdmaPmem(settings, service, 1, CpuCosts.DEFAULT);
    }

    /** A key-value service whose checkpoints lie in another process's memory. */
    static LiveSystem<RdmaPmemMessage> inRemoteMemory(Path folder) {
        Service service = new KeyValue(KeyValueSettings.DEFAULT);
        return system(overRdma(service), service, Machines.loopback(), folder, 100_000_000);
    }

    /** The scenario of a protocol around a service, with clients that wait for so long. */
    static <M extends Message> LiveScenario<M> scenario(
            Protocol<M> protocol,
            Service service,
            int clients,
            long timeoutNanos,
            long restartNanos) {
        return new LiveScenario<>(
                protocol,
                new Application.Served(
                        service,
                        new Workload(clients, 1, new Workload.Loop.Closed(0), timeoutNanos)),
                FaultPlan.NONE,
                new Bounds(64, PATIENCE.toNanos(), 1_000_000),
                0,
                0,
                restartNanos);
    }

    /** Runs something to its end, while faults strike; judged by all that applies. */
    static <M extends Message> LiveResult run(
            Protocol<M> protocol,
            Application application,
            List<Injection> faults,
            Machines machines,
            Path folder) {
        var scenario =
                new LiveScenario<>(
                        protocol,
                        application,
                        new FaultPlan(faults, List.of()),
                        new Bounds(64, PATIENCE.toNanos(), 1_000_000),
                        PATIENCE.toNanos(),
                        SETTLE_NANOS,
                        RESTART_NANOS);
        return new LiveRun<>(scenario, machines, folder, 1, Properties.of(application), List.of())
                .run();
    }

    private static <M extends Message> LiveSystem<M> system(
            Protocol<M> protocol,
            Service service,
            Machines machines,
            Path folder,
            long restartNanos) {
        return system(scenario(protocol, service, 1, 200_000_000, restartNanos), machines, folder);
    }

    /** Processes that a test drives; judged by all that applies. */
    static <M extends Message> LiveSystem<M> system(
            LiveScenario<M> scenario, Machines machines, Path folder) {
        return new LiveSystem<>(
                scenario, machines, folder, 1, Properties.of(scenario.application()), List.of());
    }
}
