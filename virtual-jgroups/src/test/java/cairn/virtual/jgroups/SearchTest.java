package cairn.virtual.jgroups;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cairn.fault.Answer;
import cairn.fault.ReplayedChoices;
import cairn.fault.SeededChoices;
import cairn.fault.strategy.PartialOrderChoices;
import cairn.fault.strategy.Prioritised;
import cairn.fault.strategy.Sampling;
import cairn.fault.strategy.Shard;
import cairn.fault.strategy.Strategy;
import cairn.verification.Examined;
import cairn.verification.Story;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Scanner;

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

    @Test
    void theShortestStaleMergeStillLeavesAMemberBehind() throws IOException {
        GroupResult result = replayed("stale-merge.txt", Stack.Generation.ACKNOWLEDGEMENTS, 0.02);
        assertTrue(new Convergence().judge(result).isViolated());
        assertFalse(new ViewAgreement().judge(result).isViolated());
    }

    @Test
    void aViewThatComesLateStillLeavesItsMemberBehind() throws IOException {
        GroupResult result = replayed("late-view.txt", Stack.Generation.CREDITS, 0.02);
        assertTrue(new Convergence().judge(result).isViolated());
    }

    @Test
    void twoViewsOfOneNameAreStillMade() throws IOException {
        GroupResult result =
                replayed("two-views-of-one-name.txt", Stack.Generation.ACKNOWLEDGEMENTS, 0.03);
        assertTrue(new ViewAgreement().judge(result).isViolated());
    }

    /** What a search found and shrunk. */
    private static GroupResult replayed(String name, Stack.Generation generation, double loss)
            throws IOException {
        List<Answer> answers = new ArrayList<>();
        try (InputStream in = Objects.requireNonNull(SearchTest.class.getResourceAsStream(name));
                Scanner lines = new Scanner(in, StandardCharsets.UTF_8)) {
            while (lines.hasNextLine()) {
                String line = lines.nextLine();
                if (!line.startsWith("#")) {
                    answers.add(Answer.parse(line));
                }
            }
        }
        return Group.run(
                Storm.of(generation, Work.multicasting(Duration.ofMillis(500)), loss),
                new ReplayedChoices(answers));
    }

    private static String text(Optional<Examined> found) {
        return found.map(run -> run.breach().orElseThrow().toString()).orElse("");
    }
}
