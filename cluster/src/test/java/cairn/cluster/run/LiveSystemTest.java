package cairn.cluster.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cairn.application.keyvalue.KeyValue;
import cairn.application.keyvalue.KeyValueOperation;
import cairn.application.keyvalue.KeyValueSettings;
import cairn.model.CpuCosts;
import cairn.model.NodeId;
import cairn.model.fault.Fault;
import cairn.protocol.localdisk.LocalDisk;
import cairn.protocol.localdisk.LocalDiskMessage;
import cairn.protocol.localdisk.LocalDiskSettings;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;

/** Real processes as a test harness drives them. */
final class LiveSystemTest {

    private static final NodeId SERVER = new NodeId(0);

    @TempDir private Path folder = Path.of("");

    @Test
    void sessionsAskFaultsStrikeAndTheWholeIsJudged() {
        var service = new KeyValue(KeyValueSettings.DEFAULT);
        var protocol = new LocalDisk(LocalDiskSettings.DEFAULT, service, 2, CpuCosts.DEFAULT);
        LiveScenario<LocalDiskMessage> scenario =
                Stands.scenario(protocol, service, 2, 200_000_000, 10_000_000);
        try (SystemUnderTest system = Stands.system(scenario, Machines.loopback(), folder)) {
            system.start();
            assertEquals(List.of("primary"), system.roles());
            SystemUnderTest.Session one = system.open(0);
            SystemUnderTest.Session other = system.open(1);
            assertTrue(one.invoke(new KeyValueOperation.Put(3, 42), Stands.PATIENCE).isPresent());

            system.inflict(new Fault.ProcessCrash(SERVER));
            assertEquals(
                    OptionalLong.empty(),
                    other.invoke(new KeyValueOperation.Get(3), Duration.ofMillis(50)));
            system.heal(new Fault.ProcessCrash(SERVER));
            system.awaitAllUp();

            assertEquals(
                    OptionalLong.of(42),
                    other.invoke(new KeyValueOperation.Get(3), Stands.PATIENCE));
            assertThrows(
                    IllegalArgumentException.class,
                    () -> system.inflict(new Fault.SlowNode(SERVER, 2)));
            LiveResult result = system.conclude();
            Heard.nothingIsViolated(result);
            Heard.hold(result, "LIN");
        }
    }
}
