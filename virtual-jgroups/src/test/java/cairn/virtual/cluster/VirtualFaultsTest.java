package cairn.virtual.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cairn.application.bank.Bank;
import cairn.application.bank.BankSettings;
import cairn.application.ring.RingSettings;
import cairn.application.ring.TokenRing;
import cairn.cluster.disk.FileLayer;
import cairn.fault.FaultPlan;
import cairn.fault.SeededChoices;
import cairn.model.Acknowledgement;
import cairn.model.Application;
import cairn.model.CpuCosts;
import cairn.model.Message;
import cairn.model.NodeId;
import cairn.model.Observation;
import cairn.model.Protocol;
import cairn.model.fault.Fault;
import cairn.model.fault.Injection;
import cairn.model.fault.Trigger;
import cairn.model.property.Bounds;
import cairn.model.property.Judgement;
import cairn.model.property.Verdict;
import cairn.model.service.Workload;
import cairn.protocol.messagelogging.MessageLogging;
import cairn.protocol.messagelogging.MessageLoggingSettings;
import cairn.protocol.rdmapmem.RdmaPmem;
import cairn.protocol.rdmapmem.RdmaPmemSettings;
import cairn.protocol.segments.Segments;
import cairn.protocol.segments.SegmentsSettings;
import cairn.rdma.Platform;
import cairn.rdma.RdmaCosts;
import cairn.simulator.Environment;
import cairn.simulator.Limits;
import cairn.simulator.RunResult;
import cairn.simulator.Scenario;
import cairn.simulator.disk.DiskCosts;
import cairn.simulator.network.NetworkCosts;
import cairn.virtual.jgroups.Stack;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Protocols of all kinds on the live stack in virtual time, under faults of disks and clocks. */
final class VirtualFaultsTest {

    private static final long MILLI = 1_000_000;
    private static final long SECOND = 1_000 * MILLI;
    private static final CpuCosts CPU = CpuCosts.DEFAULT;

    @TempDir private Path folder = Path.of("");

    private final List<Observation> observations = new ArrayList<>();

    private static Application bank(long requests) {
        return new Application.Served(
                new Bank(BankSettings.DEFAULT),
                new Workload(2, requests, new Workload.Loop.Closed(20 * MILLI), SECOND / 2));
    }

    private <M extends Message> RunResult run(
            Protocol<M> protocol, Application application, Injection... faults) {
        observations.clear();
        return VirtualCluster.run(
                new Scenario<>(
                        protocol,
                        application,
                        new Environment(
                                CPU,
                                NetworkCosts.MESSAGES,
                                RdmaCosts.DEFAULT,
                                Platform.COMMON,
                                DiskCosts.NVME_CONSUMER,
                                false),
                        new FaultPlan(List.of(faults), List.of()),
                        new Bounds(64, 60 * SECOND, 1_000_000),
                        new Limits(20 * SECOND, SECOND / 100, SECOND / 100, 20_000_000)),
                Stack.QUICK,
                FileLayer.Opening.REAL,
                folder.resolve("run"),
                new SeededChoices(1),
                List.of(observations::add));
    }

    private static Injection at(long millis, Fault fault, long healMillis) {
        return new Injection(new Trigger.At(millis * MILLI), fault, healMillis * MILLI);
    }

    /** Runs twice: to the same end, and nothing is violated. */
    private <M extends Message> RunResult holds(
            Protocol<M> protocol, Application application, Injection... faults) {
        RunResult first = run(protocol, application, faults);
        assertEquals(List.of(), first.judgements().stream().filter(Judgement::isViolated).toList());
        assertTrue(first.finished());
        long struck =
                observations.stream().filter(each -> each instanceof Observation.Struck).count();
        assertEquals(faults.length, struck);
        assertEquals(first.digest(), run(protocol, application, faults).digest());
        return first;
    }

    @Test
    void segmentsSurviveDisksThatFailAndClocksThatAreWrong() {
        var settings =
                new SegmentsSettings(
                        2,
                        2,
                        4,
                        2,
                        SegmentsSettings.DEFAULT.segments(),
                        SegmentsSettings.DEFAULT.acknowledge(),
                        SegmentsSettings.DEFAULT.shortage(),
                        SegmentsSettings.DEFAULT.loadedBy(),
                        false,
                        256,
                        50 * MILLI,
                        400 * MILLI,
                        2 * SECOND);
        NodeId first = new NodeId(0);
        NodeId second = new NodeId(1);
        RunResult result =
                holds(
                        new Segments(settings, new Bank(BankSettings.DEFAULT), 2, CPU),
                        bank(200),
                        at(1_200, new Fault.DiskFull(second), 200),
                        at(1_500, new Fault.DiskError(second, 0.3), 200),
                        at(1_900, new Fault.SlowDisk(first, 20), 200),
                        at(2_300, new Fault.ClockJump(first, 3 * SECOND), 0),
                        at(2_600, new Fault.ClockDrift(second, 200_000), 500),
                        at(3_300, new Fault.PowerLoss(first), 500));
        assertInstanceOf(Verdict.Holds.class, result.verdict("DUR"));
    }

    @Test
    void persistentMemoryOverRdmaSurvivesALossOfPowerOfItsUnit() {
        var settings =
                new RdmaPmemSettings(
                        RdmaPmemSettings.DEFAULT.backup(),
                        1,
                        1,
                        RdmaPmemSettings.DEFAULT.mode(),
                        4,
                        8,
                        false,
                        RdmaPmemSettings.DEFAULT.persist(),
                        Acknowledgement.DURABLE,
                        1,
                        256,
                        50 * MILLI,
                        400 * MILLI,
                        16);
        var protocol = new RdmaPmem(settings, new Bank(BankSettings.DEFAULT), 2, CPU);
        NodeId unit = place(protocol, "pmu");
        RunResult result =
                holds(
                        protocol,
                        bank(150),
                        at(1_300, new Fault.Pause(unit), 100),
                        at(1_600, new Fault.PowerLoss(unit), 300));
        assertInstanceOf(Verdict.Holds.class, result.verdict("DUR"));
    }

    @Test
    void aComputationWithLoggedMessagesComesToItsEndAlthoughARankIsKilled() {
        var protocol =
                new MessageLogging(
                        new MessageLoggingSettings(200 * MILLI, 50 * MILLI, 64),
                        new TokenRing(new RingSettings(3, 100, MILLI, 8, 10)),
                        CPU);
        RunResult result =
                holds(
                        protocol,
                        new Application.Parallel(
                                new TokenRing(new RingSettings(3, 100, MILLI, 8, 10))),
                        at(1_200, new Fault.ProcessCrash(place(protocol, "rank")), 100));
        assertInstanceOf(Verdict.Holds.class, result.verdict("RES"));
    }

    /** The last place of a role. */
    private static NodeId place(Protocol<?> protocol, String role) {
        for (int i = protocol.seats().size() - 1; i >= 0; i--) {
            if (protocol.seats().get(i).role().startsWith(role)) {
                return new NodeId(i);
            }
        }
        throw new IllegalArgumentException("no place is a " + role);
    }
}
