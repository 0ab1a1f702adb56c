package cairn.cluster.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cairn.application.keyvalue.KeyValue;
import cairn.application.keyvalue.KeyValueOperation;
import cairn.application.keyvalue.KeyValueSettings;
import cairn.fault.FaultPlan;
import cairn.model.Application;
import cairn.model.CpuCosts;
import cairn.model.NodeId;
import cairn.model.Observation;
import cairn.model.fault.Fault;
import cairn.model.property.Bounds;
import cairn.model.property.Judgement;
import cairn.model.property.Properties;
import cairn.model.service.Workload;
import cairn.protocol.rdmapmem.RdmaPmem;
import cairn.protocol.rdmapmem.RdmaPmemMessage;
import cairn.protocol.rdmapmem.RdmaPmemSettings;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/** What fails in the RDMA interface of a real process, and in its persistent memory. */
final class DeviceFaultsTest {

    private static final NodeId PRIMARY = new NodeId(0);
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int LINE_BYTES = 64;

    @TempDir private Path folder = Path.of("");
    private long written;

    private static RdmaPmemSettings settings() {
        RdmaPmemSettings d = RdmaPmemSettings.DEFAULT;
        return new RdmaPmemSettings(
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
    }

    private static RdmaPmem protocol() {
        return new RdmaPmem(
                settings(), new KeyValue(KeyValueSettings.DEFAULT), 1, CpuCosts.DEFAULT);
    }

    private LiveSystem<RdmaPmemMessage> system() {
        var application =
                new Application.Served(
                        new KeyValue(KeyValueSettings.DEFAULT),
                        new Workload(1, 1, new Workload.Loop.Closed(0), 500_000_000));
        var scenario =
                new LiveScenario<RdmaPmemMessage>(
                        protocol(),
                        application,
                        FaultPlan.NONE,
                        new Bounds(64, PATIENCE.toNanos(), 1_000_000),
                        0,
                        0,
                        100_000_000);
        return new LiveSystem<>(
                scenario,
                Machines.loopback(),
                folder,
                1,
                Properties.of(scenario.application()),
                List.of());
    }

    private void putAndGet(SystemUnderTest.Session session) {
        assertTrue(
                session.invoke(new KeyValueOperation.Put(3, ++written), PATIENCE).isPresent(),
                "nobody answers");
        assertEquals(
                OptionalLong.of(written), session.invoke(new KeyValueOperation.Get(3), PATIENCE));
    }

    /** The place of the first store. */
    private static int store() {
        return protocol().seats().stream()
                .map(seat -> seat.hardware().persistentBytes() > 0)
                .toList()
                .indexOf(true);
    }

    private static byte[] line(Path memory) throws IOException {
        try (var file = Files.newInputStream(memory)) {
            return file.readNBytes(LINE_BYTES);
        }
    }

    @Test
    @Timeout(120)
    void aProcessEndsWithItsInterfaceAndMemoryRotsWhereItIsToldTo() throws Exception {
        Path memory = folder.resolve("n" + store()).resolve("memory");
        try (SystemUnderTest system = system()) {
            system.start();
            SystemUnderTest.Session session = system.open(0);
            putAndGet(session);
            var reset = new Fault.NicReset(PRIMARY);
            system.inflict(reset);
            system.heal(reset);
            putAndGet(session);
            system.awaitAllUp();
            putAndGet(session);

            byte[] sound = line(memory);
            var rot = new Fault.MemoryRot(new NodeId(store()), 0, LINE_BYTES);
            system.inflict(rot);
            long deadline = System.nanoTime() + PATIENCE.toNanos();
            while ((line(memory)[0] ^ sound[0]) != 1) {
                assertTrue(System.nanoTime() < deadline, "nothing rots");
                TimeUnit.MILLISECONDS.sleep(10);
            }
            system.heal(rot);
            putAndGet(session);
            LiveResult result = system.conclude();
            assertTrue(
                    result.observations().stream()
                            .anyMatch(each ->
                                    each
                                                    instanceof
                                                    Observation.Ended(
                                                            long _,
                                                            NodeId node,
                                                            int _,
                                                            String reason)
                                            && node.equals(PRIMARY)
                                            && reason.contains("RDMA interface was reset")),
                    "the process of the reset interface ended");
            assertEquals(
                    List.of(), result.judgements().stream().filter(Judgement::isViolated).toList());
        }
    }
}
