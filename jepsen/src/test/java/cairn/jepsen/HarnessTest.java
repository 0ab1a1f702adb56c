package cairn.jepsen;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cairn.experiment.file.UserMistake;
import cairn.jepsen.Harness.Verdict;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;

/** Tests from Java. */
final class HarnessTest {

    @Test
    void aTestRunsFromJava() {
        Harness.Outcome outcome =
                Harness.run("(assoc (workload/register {:ops 4}) :protocol :local-disk)", 1);
        assertEquals(Verdict.VALID, outcome.valid());
        Map<String, Object> first = outcome.history().getFirst();
        assertEquals(0L, first.get("index"));
        assertEquals("invoke", first.get("type"));
        assertEquals(2, assertInstanceOf(List.class, first.get("value")).size());
        Map<?, ?> stats = assertInstanceOf(Map.class, outcome.results().get("stats"));
        assertTrue(stats.containsKey("by-f"), () -> "" + stats);
    }

    @Test
    void aWrongTestIsTheUsersMistake() {
        assertThrows(UserMistake.class, () -> Harness.run("{:protocol :no-such-protocol}", 1));
    }
}
