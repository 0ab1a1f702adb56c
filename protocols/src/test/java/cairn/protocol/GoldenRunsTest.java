package cairn.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;

import cairn.fault.SeededChoices;
import cairn.model.Application;
import cairn.model.Message;
import cairn.simulator.Limits;
import cairn.simulator.RunResult;
import cairn.simulator.Scenario;
import cairn.simulator.Simulation;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongFunction;

/**
 * The drawn runs of protocols around a computation, sabotaged ones too, are those of the
 * repository, event for event: what is only put in order changes none of them.
 */
final class GoldenRunsTest {

    private static final Path FILE =
            Path.of("src/test/resources/cairn/protocol/golden-runs.digests");
    private static final long SOUND_RUNS = 20;
    private static final long SABOTAGED_RUNS = 2;
    private static final long MOST_EVENTS = 50_000;
    private static final String AGAIN =
            "mvn -pl protocols -am test -Dtest=GoldenRunsTest"
                    + " -Dsurefire.failIfNoSpecifiedTests=false -Dcairn.golden=write";

    @Test
    void runsAreThoseOfTheRepository() throws IOException {
        List<String> now = new ArrayList<>();
        now.add("# Runs, events of all, digest of all. Changes only in a commit that says why.");
        now.add("# " + AGAIN);
        for (SoundRuns runs : Corpus.soundRuns()) {
            add(runs.protocol(), runs.drawn(), SOUND_RUNS, now);
        }
        for (SeededBug bug : Corpus.bugs()) {
            add(bug.id() + " " + bug.name(), bug.sabotaged(), SABOTAGED_RUNS, now);
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

    private static void add(
            String name, LongFunction<Scenario<?>> drawn, long runs, List<String> to) {
        if (!(drawn.apply(1).application() instanceof Application.Parallel)) {
            return;
        }
        long events = 0;
        long digest = 0;
        for (long seed = 1; seed <= runs; seed++) {
            RunResult result = run(drawn.apply(seed), seed);
            events += result.events();
            digest = digest * 31 + result.digest();
        }
        to.add(name + ": " + events + " " + Long.toHexString(digest));
    }

    private static <M extends Message> RunResult run(Scenario<M> scenario, long seed) {
        return new Simulation<>(
                        cutOff(scenario), new SeededChoices(seed), List.of(), List.of(), null)
                .run();
    }

    /** A sabotaged run may never end. */
    private static <M extends Message> Scenario<M> cutOff(Scenario<M> scenario) {
        Limits limits = scenario.limits();
        return new Scenario<>(
                scenario.protocol(),
                scenario.application(),
                scenario.environment(),
                scenario.faults(),
                scenario.bounds(),
                new Limits(
                        limits.faultsUntilNanos(),
                        limits.settleNanos(),
                        limits.restartNanos(),
                        MOST_EVENTS));
    }
}
