package cairn.experiment.scoreboard;

import static org.junit.jupiter.api.Assertions.assertTrue;

import cairn.experiment.exploration.SearchForm;
import cairn.experiment.scoreboard.Contest.Outcome;
import cairn.protocol.Corpus;
import cairn.protocol.SeededBug;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.util.LinkedHashMap;
import java.util.List;

/** A bug that every search must find: if one does not, it is the search that is broken. */
final class CanaryTest {

    private static final Contest CONTEST = new Contest(1, 400, 30);

    private static SeededBug canary() {
        return Corpus.bugs().stream()
                .filter(bug -> bug.name().equals("ACK_ON_COMPLETION_DDIO"))
                .findFirst()
                .orElseThrow();
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "EXHAUSTIVE")
    void everyStrategyFindsTheCanary(SearchForm form) {
        Outcome outcome = CONTEST.of(canary(), form).getFirst();
        assertTrue(outcome.found(), () -> form.label() + " missed it in " + outcome);
    }

    @Test
    void thePageNamesWhatWasFoundAndWhatWasNot() {
        var rows = new LinkedHashMap<SeededBug, List<List<Outcome>>>();
        rows.put(
                canary(),
                List.of(
                        List.of(new Outcome(true, 10, 0.5), new Outcome(true, 30, 1.5)),
                        List.of(new Outcome(false, 400, 9), new Outcome(false, 400, 9))));
        var page = new ScoreboardPage(CONTEST, List.of(SearchForm.SEEDED, SearchForm.SWARM), rows);
        String text = page.markdown();
        assertTrue(text.contains("2/2: 20 (10-30), 1.00 s (0.50-1.50) | 0/2 in 400 runs"), text);
        assertTrue(text.contains("**swarm** (each run") && text.contains("): 0 of 1 bugs"), text);
        assertTrue(page.svg().contains(">20<"), page.svg());
    }
}
