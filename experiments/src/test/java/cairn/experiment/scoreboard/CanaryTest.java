package cairn.experiment.scoreboard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cairn.experiment.exploration.SearchForm;
import cairn.experiment.scoreboard.Contest.Outcome;
import cairn.protocol.Corpus;
import cairn.protocol.SeededBug;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
    void everyBugHasARowOfItsOwn() {
        List<String> rows = Corpus.bugs().stream().map(SeededBug::toString).toList();
        assertEquals(rows, rows.stream().distinct().toList());
    }

    @Test
    void thePageNamesWhatWasFoundAndWhatWasNot() {
        var rows = new LinkedHashMap<SeededBug, List<List<Outcome>>>();
        rows.put(
                canary(),
                List.of(
                        List.of(new Outcome(true, 10, 0.5), new Outcome(true, 30, 1.5)),
                        List.of(new Outcome(false, 400, 9), new Outcome(false, 400, 9))));
        var forms = List.of(SearchForm.SEEDED, SearchForm.SWARM);
        var page = new ScoreboardPage(CONTEST, forms, rows, CONTEST, new LinkedHashMap<>());
        String text = page.markdown();
        assertTrue(text.contains("2/2: 20 (10-30), 1.00 s (0.50-1.50) | 0/2 in 400 runs"), text);
        assertTrue(text.contains("**swarm** (each run") && text.contains("): 0 of 1 bugs"), text);
        assertTrue(text.contains("1 of 1 bugs were found by at least one strategy."), text);
        assertTrue(page.svg().contains(">20<"), page.svg());
    }

    @Test
    void thePageSaysWhatTheLongerAttemptGave() {
        var rows = new LinkedHashMap<SeededBug, List<List<Outcome>>>();
        rows.put(canary(), List.of(List.of(new Outcome(false, 400, 9))));
        var hard = new LinkedHashMap<SeededBug, List<List<Outcome>>>();
        hard.put(canary(), List.of(List.of(new Outcome(true, 812, 33))));
        var longer = new Contest(1, 10_000, 60);
        String text =
                new ScoreboardPage(CONTEST, List.of(SearchForm.SEEDED), rows, longer, hard)
                        .markdown();
        assertTrue(text.contains("0 of 1 bugs were found"), text);
        assertTrue(text.contains("of 10,000 runs or 60 CPU seconds:"), text);
        assertTrue(text.contains(canary() + ": seeded 1/1: 812 (812-812)"), text);
    }

    @Test
    void aContestThatWasStoppedDoesNotMeasureAgain(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("cells.tsv");
        List<Outcome> first = cells(file).of(CONTEST, canary(), SearchForm.SEEDED);
        List<Outcome> written = cells(file).of(CONTEST, canary(), SearchForm.SEEDED);
        assertEquals(first.getFirst().runs(), written.getFirst().runs());
        assertEquals(2, filledLines(file), "the rules and one cell");

        String whole = Files.readString(file);
        Files.writeString(file, whole.substring(0, whole.length() - 4));
        cells(file).of(CONTEST, canary(), SearchForm.SEEDED);
        assertEquals(3, filledLines(file), "a cell that was cut short is measured again");
    }

    private static Cells cells(Path file) throws IOException {
        return new Cells(file, CONTEST.limits());
    }

    private static long filledLines(Path file) throws IOException {
        return Files.readAllLines(file).stream().filter(line -> !line.isEmpty()).count();
    }
}
