package cairn.jepsen;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

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
        assertEquals(2, ((List<?>) first.get("value")).size());
        assertEquals(true, ((Map<?, ?>) outcome.results().get("stats")).containsKey("by-f"));
    }

    @Test
    void aWrongTestIsTheUsersMistake() {
        assertThrows(UserMistake.class, () -> Harness.run("{:protocol :no-such-protocol}", 1));
    }
}
