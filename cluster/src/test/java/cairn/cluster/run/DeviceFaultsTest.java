package cairn.cluster.run;

import static org.junit.jupiter.api.Assertions.assertTrue;

import cairn.application.keyvalue.KeyValue;
import cairn.application.keyvalue.KeyValueSettings;
import cairn.model.NodeId;
import cairn.model.Observation;
import cairn.model.fault.Fault;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** What fails in the RDMA interface of a real process, and in its persistent memory. */
final class DeviceFaultsTest {

    private static final NodeId PRIMARY = new NodeId(0);
    private static final int LINE_BYTES = 64;

    @TempDir private Path folder = Path.of("");

    /** The place of the first store. */
    private static int store() {
        return Stands.overRdma(new KeyValue(KeyValueSettings.DEFAULT)).seats().stream()
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
        try (SystemUnderTest system = Stands.inRemoteMemory(folder)) {
            system.start();
            var key = new OneKey(system.open(0));
            key.isKept("all is well");
            var reset = new Fault.NicReset(PRIMARY);
            system.inflict(reset);
            system.heal(reset);
            key.isKept("a backup takes over");
            system.awaitAllUp();
            key.isKept("the process is back");

            byte[] sound = line(memory);
            var rot = new Fault.MemoryRot(new NodeId(store()), 0, LINE_BYTES);
            system.inflict(rot);
            long deadline = System.nanoTime() + Stands.PATIENCE.toNanos();
            while ((line(memory)[0] ^ sound[0]) != 1) {
                assertTrue(System.nanoTime() < deadline, "nothing rots");
                TimeUnit.MILLISECONDS.sleep(10);
            }
            system.heal(rot);
            key.isKept("memory rots");
            LiveResult result = OneKey.concludeSoundly(system);
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
        }
    }
}
