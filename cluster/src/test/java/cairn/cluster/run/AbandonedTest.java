package cairn.cluster.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cairn.application.bank.Bank;
import cairn.application.bank.BankSettings;
import cairn.model.CpuCosts;
import cairn.model.NodeId;
import cairn.model.fault.Fault;
import cairn.protocol.segments.Segments;
import cairn.protocol.segments.SegmentsMessage;
import cairn.protocol.segments.SegmentsSettings;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Nothing is left running when a launcher is killed that could clean up nothing. */
final class AbandonedTest {

    @TempDir private Path folder = Path.of("");

    /** A launcher that starts its processes, lets one stand still, says so, and waits. */
    public static void main(String[] words) throws InterruptedException {
        var bank = new Bank(BankSettings.DEFAULT);
        var protocol = new Segments(SegmentsSettings.DEFAULT, bank, 1, CpuCosts.DEFAULT);
        LiveScenario<SegmentsMessage> scenario = Stands.scenario(protocol, bank, 1, 1_000, 0);
        var system =
                new LiveSystem<>(
                        scenario, Machines.loopback(), Path.of(words[0]), 1, List.of(), List.of());
        system.start();
        system.inflict(new Fault.Pause(new NodeId(2)));
        System.out.println("ready");
        Thread.sleep(Duration.ofMinutes(5));
    }

    @Test
    void processesEndByThemselvesWhenTheirLauncherIsKilled() throws Exception {
        Process launcher =
                new ProcessBuilder(
                                ProcessHandle.current().info().command().orElseThrow(),
                                "-XX:+UseSerialGC",
                                "-cp",
                                System.getProperty("java.class.path"),
                                AbandonedTest.class.getName(),
                                folder.toString())
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        List<ProcessHandle> children;
        try {
            assertEquals("ready", firstLine(launcher));
            children = launcher.descendants().toList();
            assertTrue(children.size() >= 4, () -> "started: " + children(launcher));
        } finally {
            launcher.destroyForcibly();
        }
        for (ProcessHandle child : children) {
            child.onExit().get(30, TimeUnit.SECONDS);
            assertFalse(child.isAlive());
        }
    }

    private static List<String> children(Process launcher) {
        return launcher.descendants().map(String::valueOf).toList();
    }

    private static String firstLine(Process process) throws IOException {
        var reader =
                new BufferedReader(
                        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        return String.valueOf(reader.readLine());
    }
}
