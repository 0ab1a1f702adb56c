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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;

/**
 * Measures every strategy on every seeded bug and writes docs/scoreboard.md with its plot; {@code
 * ./cairn scoreboard} runs it. It is no test of the build, whose time it would take: that is {@link
 * CanaryTest}.
 */
final class Scoreboard {

    private static final int REPEATS = Integer.getInteger("cairn.scoreboard.repeats", 5);
    private static final int MOST_RUNS = Integer.getInteger("cairn.scoreboard.runs", 10_000);
    private static final int MOST_SECONDS = Integer.getInteger("cairn.scoreboard.seconds", 60);
    private static final Path DOCS = Path.of(System.getProperty("cairn.scoreboard.out", "../docs"));

    @Test
    void writesThePage() throws IOException {
        Contest contest = new Contest(REPEATS, MOST_RUNS, MOST_SECONDS);
        List<SearchForm> forms =
                Arrays.stream(SearchForm.values())
                        .filter(form -> form != SearchForm.EXHAUSTIVE)
                        .toList();
        List<SeededBug> bugs = Corpus.bugs();
        var measured = new ConcurrentHashMap<String, List<List<Outcome>>>();
        // CPU seconds are those of a thread, so that several may be measured at a time.
        IntStream.range(0, bugs.size())
                .parallel()
                .forEach(i -> {
                    List<List<Outcome>> cells = new ArrayList<>();
                    forms.forEach(form -> cells.add(contest.of(bugs.get(i), form)));
                    measured.put(bugs.get(i).toString(), cells);
                    System.out.println(bugs.get(i) + " measured");
                });
        SequencedMap<SeededBug, List<List<Outcome>>> rows = new LinkedHashMap<>();
        bugs.forEach(bug -> rows.put(bug, measured.getOrDefault(bug.toString(), List.of())));
        assertFalse(rows.isEmpty());
        var page = new ScoreboardPage(contest, forms, rows);
        Files.createDirectories(DOCS.resolve("images"));
        Files.writeString(DOCS.resolve("scoreboard.md"), page.markdown());
        Files.writeString(DOCS.resolve("images/scoreboard.svg"), page.svg());
    }
}
