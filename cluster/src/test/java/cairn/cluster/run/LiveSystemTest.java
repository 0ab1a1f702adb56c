package cairn.cluster.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cairn.application.keyvalue.KeyValue;
import cairn.application.keyvalue.KeyValueOperation;
import cairn.application.keyvalue.KeyValueSettings;
import cairn.fault.FaultPlan;
import cairn.model.Application;
import cairn.model.CpuCosts;
import cairn.model.NodeId;
import cairn.model.fault.Fault;
import cairn.model.property.Bounds;
import cairn.model.property.Judgement;
import cairn.model.property.Properties;
import cairn.model.property.Verdict;
import cairn.model.service.Workload;
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

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final NodeId SERVER = new NodeId(0);

    @TempDir private Path folder = Path.of("");

    @Test
    void sessionsAskFaultsStrikeAndTheWholeIsJudged() {
        var service = new KeyValue(KeyValueSettings.DEFAULT);
        var workload = new Workload(2, 1, new Workload.Loop.Closed(0), 200_000_000);
        var scenario =
                new LiveScenario<LocalDiskMessage>(
                        new LocalDisk(LocalDiskSettings.DEFAULT, service, 2, CpuCosts.DEFAULT),
                        new Application.Served(service, workload),
                        FaultPlan.NONE,
                        new Bounds(64, 1, 1_000_000),
                        0,
                        0,
                        10_000_000);
        try (SystemUnderTest system =
                new LiveSystem<>(
                        scenario,
                        Machines.loopback(),
                        folder,
                        1,
                        Properties.of(scenario.application()),
                        List.of())) {
            system.start();
            assertEquals(List.of("primary"), system.roles());
            SystemUnderTest.Session one = system.open(0);
            SystemUnderTest.Session other = system.open(1);
            assertTrue(one.invoke(new KeyValueOperation.Put(3, 42), PATIENCE).isPresent());

            system.inflict(new Fault.ProcessCrash(SERVER));
            assertEquals(
                    OptionalLong.empty(),
                    other.invoke(new KeyValueOperation.Get(3), Duration.ofMillis(50)));
            system.heal(new Fault.ProcessCrash(SERVER));
            system.awaitAllUp();

            assertEquals(OptionalLong.of(42), other.invoke(new KeyValueOperation.Get(3), PATIENCE));
            assertThrows(
                    IllegalArgumentException.class,
                    () -> system.inflict(new Fault.SlowNode(SERVER, 2)));
            LiveResult result = system.conclude();
            assertFalse(result.judgements().stream().anyMatch(Judgement::isViolated));
            assertInstanceOf(
                    Verdict.Holds.class,
                    result.judgements().stream()
                            .filter(judgement -> judgement.property().equals("LIN"))
                            .findFirst()
                            .orElseThrow()
                            .verdict());
        }
    }
}
