package cairn.experiment.scoreboard;

import static org.junit.jupiter.api.Assertions.assertFalse;

import cairn.experiment.exploration.SearchForm;
import cairn.experiment.scoreboard.Contest.Outcome;
import cairn.protocol.Corpus;
import cairn.protocol.SeededBug;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/**
 * Measures every strategy on every seeded bug and writes docs/scoreboard.md with its plot; {@code
 * ./cairn scoreboard} runs it. It is no test of the build, whose time it would take: that is {@link
 * CanaryTest}. Measuring that was stopped goes on where it was.
 */
final class Scoreboard {

    private static final int REPEATS = Integer.getInteger("cairn.scoreboard.repeats", 3);
    private static final int MOST_RUNS = Integer.getInteger("cairn.scoreboard.runs", 2_000);
    private static final int MOST_SECONDS = Integer.getInteger("cairn.scoreboard.seconds", 5);
    private static final Path DOCS = Path.of(System.getProperty("cairn.scoreboard.out", "../docs"));
    private static final Path MEASURED = Path.of("target/scoreboard.tsv");

    @Test
    void writesThePage() throws IOException {
        Contest contest = new Contest(REPEATS, MOST_RUNS, MOST_SECONDS);
        Contest longer = new Contest(1, 10_000, 60);
        List<SearchForm> forms =
                Arrays.stream(SearchForm.values())
                        .filter(form -> form != SearchForm.EXHAUSTIVE)
                        .toList();
        List<SeededBug> bugs = Corpus.bugs();
        assertFalse(bugs.isEmpty());
        var cells = new Cells(MEASURED, REPEATS + " attempts, " + contest.limits());
        var rows = measured(cells, contest, forms, bugs);
        var hard =
                rows.entrySet().stream()
                        .filter(row -> ScoreboardPage.isMissed(row.getValue()))
                        .map(Map.Entry::getKey)
                        .toList();
        var page =
                new ScoreboardPage(
                        contest, forms, rows, longer, measured(cells, longer, forms, hard));
        Files.createDirectories(DOCS.resolve("images"));
        Files.writeString(DOCS.resolve("scoreboard.md"), page.markdown());
        Files.writeString(DOCS.resolve("images/scoreboard.svg"), page.svg());
        Files.delete(MEASURED);
    }

    /** CPU seconds are those of a thread, so that as many bugs as cores are measured at a time. */
    private static SequencedMap<SeededBug, List<List<Outcome>>> measured(
            Cells cells, Contest contest, List<SearchForm> forms, List<SeededBug> bugs) {
        List<List<List<Outcome>>> rows =
                bugs.parallelStream()
                        .map(bug ->
                                forms.stream().map(form -> cells.of(contest, bug, form)).toList())
                        .toList();
        SequencedMap<SeededBug, List<List<Outcome>>> byBug = new LinkedHashMap<>();
        for (int i = 0; i < bugs.size(); i++) {
            byBug.put(bugs.get(i), rows.get(i));
        }
        return byBug;
    }
}
