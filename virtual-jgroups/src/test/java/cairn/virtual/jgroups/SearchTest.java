package cairn.virtual.jgroups;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cairn.fault.SeededChoices;
import cairn.fault.strategy.PartialOrderChoices;
import cairn.fault.strategy.Prioritised;
import cairn.fault.strategy.Sampling;
import cairn.fault.strategy.Shard;
import cairn.fault.strategy.Strategy;
import cairn.verification.Examined;
import cairn.verification.Story;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;

/** What searches find in protocols they find in JGroups: shrunk, and replayed. */
final class SearchTest {

    private static final int SHRINKING = 200;

    @Test
    void aCounterOfAPartitionedGroupIsFoundUnsafeAndOneFaultTells() {
        GroupScenario scenario = Storm.of(0).with(Work.counting(Duration.ofMillis(500)));
        GroupRuns runs = new GroupRuns(scenario, List.of(new UniqueCounts()));
        Strategy strategy = new Sampling("seeds", SeededChoices::new, 1, Shard.WHOLE);
        Examined found = runs.find(strategy, 20).orElseThrow();
        Story story = runs.shrink(found, SHRINKING);
        assertEquals(1, story.answers().size(), story.answers().toString());
        GroupResult again = runs.replay(story.answers());
        assertTrue(new UniqueCounts().judge(again).isViolated());
        assertEquals(again, runs.replay(story.answers()));
    }

    @Test
    void withoutFaultsEveryOrderOfSlicesKeepsTheRules() {
        GroupRuns runs = new GroupRuns(Groups.calm(), Rule.PROMISED);
        Strategy orders = new Sampling("partial orders", PartialOrderChoices::new, 1, Shard.WHOLE);
        assertEquals("", text(runs.find(orders, 3)));
        assertEquals("", text(runs.find(new Prioritised(1, Shard.WHOLE), 3)));
    }

    private static String text(java.util.Optional<Examined> found) {
        return found.map(run -> run.breach().orElseThrow().toString()).orElse("");
    }
}
