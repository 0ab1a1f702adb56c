package cairn.verification.junit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import cairn.fault.FaultPlan;
import cairn.model.NodeId;
import cairn.model.fault.Fault;
import cairn.model.fault.Injection;
import cairn.model.fault.Trigger;
import cairn.verification.Unsafe;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

class VainFaultsTest {

    @TempDir private Path folder = Path.of("");

    private void explore(long atNanos, List<String> reported) {
        var crash =
                new Injection(
                        new Trigger.At(atNanos), new Fault.ProcessCrash(new NodeId(0)), 1_000_000);
        var exploration =
                new Exploration(
                        20,
                        1,
                        Transcripts.in(folder),
                        (key, value) -> reported.add(key + " " + value));
        exploration.of(Unsafe.sound(new FaultPlan(List.of(crash), List.of())));
        exploration.everyFaultStrikes();
    }

    @Test
    void aPlannedFaultThatStrikesIsNoReasonForDoubt() {
        List<String> reported = new ArrayList<>();
        explore(2_000_000, reported);
        assertEquals(
                List.of(), reported.stream().filter(s -> s.startsWith("never struck")).toList());
    }

    @Test
    void aTestWhosePlannedFaultNeverStrikesIsTold() {
        List<String> reported = new ArrayList<>();
        var failed = assertThrows(AssertionError.class, () -> explore(900_000_000_000L, reported));
        assertEquals(
                "planned, and nothing went otherwise for it in any run:"
                        + " [ProcessCrash[node=n0], At[nanos=900000000000]]",
                failed.getMessage());
        assertEquals(1, reported.stream().filter(s -> s.startsWith("never struck")).count());
    }
}
