package cairn.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;

import cairn.fault.SeededChoices;
import cairn.model.Message;
import cairn.simulator.RunResult;
import cairn.simulator.Scenario;
import cairn.simulator.Simulation;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The digests of a few drawn runs of every protocol are those of the repository, so that nobody
 * changes what a protocol does without noticing. The commit that writes them anew says why.
 */
final class GoldenRunsTest {

    private static final Path FILE = Path.of("src/test/resources/cairn/protocol/golden.runs");
    private static final int SEEDS = 4;
    private static final String AGAIN =
            "mvn -pl protocols -am test -Dtest=GoldenRunsTest"
                    + " -Dsurefire.failIfNoSpecifiedTests=false -Dcairn.golden=write";

    @Test
    void runsAreThoseOfTheRepository() throws IOException {
        List<String> now = new ArrayList<>();
        now.add(
                "# Protocol, seed, events, nanoseconds, digest. Changes only in a commit that says"
                        + " why.");
        now.add("# " + AGAIN);
        for (SoundRuns runs : Corpus.soundRuns()) {
            for (long seed = 1; seed <= SEEDS; seed++) {
                now.add(runs.protocol() + " " + seed + " " + run(runs.drawn().apply(seed), seed));
            }
        }
        if (System.getProperty("cairn.golden", "").equals("write")) {
            Files.write(FILE, now);
        }
        assertEquals(
                String.join("\n", Files.readAllLines(FILE)),
                String.join("\n", now),
                "runs have changed; if that is meant, say why in the commit and write them anew: "
                        + AGAIN);
    }

    /** Not judged: what a property thinks of a run does not decide how long it is. */
    private static <M extends Message> String run(Scenario<M> scenario, long seed) {
        RunResult result =
                new Simulation<>(scenario, new SeededChoices(seed), List.of(), List.of(), null)
                        .run();
        return result.events() + " " + result.endNanos() + " " + Long.toHexString(result.digest());
    }
}
