package cairn.protocol;

import static org.junit.jupiter.api.Assertions.assertTrue;

import cairn.fault.SeededChoices;
import cairn.model.Epoch;
import cairn.model.Fact;
import cairn.model.Message;
import cairn.model.Observation;
import cairn.simulator.Scenario;
import cairn.simulator.Simulation;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Whoever claims to hold a copy says what is in it, as it was cut. */
final class HeldCopiesTest {

    private static final int SEEDS = 8;

    private final Map<Epoch, Set<Long>> cut = new HashMap<>();
    private int copies;

    @ParameterizedTest
    @ValueSource(strings = {"segments", "checkpoint-server"})
    void aCopyHasTheDigestThatItsVersionWasCutWith(String protocol) {
        SoundRuns runs =
                Corpus.soundRuns().stream()
                        .filter(one -> one.protocol().equals(protocol))
                        .findFirst()
                        .orElseThrow();
        for (long seed = 1; seed <= SEEDS; seed++) {
            cut.clear();
            run(runs.drawn().apply(seed), seed);
        }
        assertTrue(copies > SEEDS, "copies were held: " + copies);
    }

    private <M extends Message> void run(Scenario<M> scenario, long seed) {
        new Simulation<>(scenario, new SeededChoices(seed), List.of(), List.of(this::see), null)
                .run();
    }

    private void see(Observation observation) {
        if (!(observation instanceof Observation.Claimed claimed)) {
            return;
        }
        if (claimed.fact() instanceof Fact.Cut(int _, Epoch epoch)) {
            cut.computeIfAbsent(epoch, _ -> new HashSet<>()).add(claimed.memoryDigest());
        } else if (claimed.fact() instanceof Fact.Held(String _, Epoch version, long digest)
                && version.isAfter(Epoch.ZERO)) {
            copies++;
            assertTrue(cut.getOrDefault(version, Set.of()).contains(digest), claimed.toString());
        }
    }
}
