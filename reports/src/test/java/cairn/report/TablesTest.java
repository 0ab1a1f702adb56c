package cairn.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cairn.model.Activity;
import cairn.report.statistics.Estimate;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.io.StringWriter;
import java.io.Writer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

final class TablesTest {
    private interface Text {
        void write(Writer out) throws IOException;
    }

    private static String text(Text text) throws IOException {
        var out = new StringWriter();
        text.write(out);
        return out.toString();
    }

    @Test
    void trialsHaveOneRowEachAndAsManyFieldsAsTheHead() throws IOException {
        List<List<String>> rows = parse(text(out -> Tables.trials(Samples.protocols(4), out)));
        assertEquals(1 + 6 * 4, rows.size());
        for (List<String> row : rows) {
            assertEquals(rows.getFirst().size(), row.size());
        }
        int wall = rows.getFirst().indexOf("wall_ns");
        long sum = 0;
        for (int i = 1; i <= Activity.values().length; i++) {
            sum += Long.parseLong(rows.get(1).get(wall + i));
        }
        assertEquals(Long.parseLong(rows.get(1).get(wall)), sum);
    }

    @Test
    void summariesSayTheEstimateItsIntervalAndItsN() throws IOException {
        ExperimentResult result = Samples.protocols(4);
        List<List<String>> rows = parse(text(out -> Tables.summary(result, out)));
        List<String> row =
                rows.stream()
                        .filter(r -> r.get(0).equals("disk") && r.get(1).equals("checkpoint_p50"))
                        .findFirst()
                        .orElseThrow();
        Estimate expected =
                Measure.CHECKPOINT_P50.estimate(result.variants().getLast()).orElseThrow();
        assertEquals("4", row.get(4));
        assertEquals(expected.value(), Double.parseDouble(row.get(5)), 0);
        assertEquals(expected.low(), Double.parseDouble(row.get(6)), 0);
        assertEquals(expected.high(), Double.parseDouble(row.get(7)), 0);
    }

    @Test
    void latencyPercentilesNeverFall() throws IOException {
        List<List<String>> rows = parse(text(out -> Tables.latency(Samples.protocols(2), out)));
        assertEquals(1 + 6 * 3 * 13, rows.size());
        for (int i = 2; i < rows.size(); i++) {
            if (!rows.get(i).get(3).equals("0")) {
                long before = Long.parseLong(rows.get(i - 1).get(4));
                assertTrue(Long.parseLong(rows.get(i).get(4)) >= before);
            }
        }
    }

    @Test
    void fieldsWithCommasQuotesAndLineEndsComeBackAsTheyWere() throws IOException {
        var configuration = new Configuration("name: x\n");
        var out = new StringWriter();
        var csv = new Csv(configuration, out);
        List<String> nasty = List.of("a,b", "say \"no\"", "two\r\nlines", "", "plain", "\"");
        csv.row(nasty);
        csv.row(List.of("x"));
        var withHash = new ArrayList<>(nasty);
        withHash.add(configuration.hash());
        assertEquals(List.of(withHash, List.of("x", configuration.hash())), parse(out.toString()));
    }

    @Test
    void jsonParsesAndHasEveryTrial() throws IOException {
        ExperimentResult result = Samples.protocols(3);
        int trials = 0;
        String file = "";
        try (JsonParser json =
                new JsonFactory().createParser(text(out -> Json.write(result, out)))) {
            while (json.nextToken() != null) {
                if (json.currentToken() == JsonToken.FIELD_NAME) {
                    trials += json.currentName().equals("seed") ? 1 : 0;
                    if (json.currentName().equals("file")) {
                        json.nextToken();
                        file = json.getText();
                    }
                }
            }
        }
        assertEquals(18, trials);
        assertEquals(result.file(), file);
    }

    @Test
    void whatATrialHasInItsTableItHasInJson() throws IOException {
        ExperimentResult result = Samples.protocols(1);
        String json = text(out -> Json.write(result, out));
        List<String> head = parse(text(out -> Tables.trials(result, out))).getFirst();
        List<String> missing =
                head.stream()
                        .filter(column ->
                                !column.matches("variant|(setting|property)\\..*|configuration"))
                        .filter(column -> !json.contains("\"" + column + "\": "))
                        .toList();
        assertEquals(List.of(), missing);
    }

    @Test
    void jsonOfAResultWithNothingInItIsWellFormed() throws IOException {
        ExperimentResult bare = Samples.experiment(Samples.bare("bare", 1));
        String text = text(out -> Json.write(bare, out));
        try (JsonParser json = new JsonFactory().createParser(text)) {
            assertNotNull(json.nextToken());
            json.skipChildren();
            assertEquals(null, json.nextToken());
        }
        assertTrue(text.contains("\"throughput_per_s\": null"));
    }

    @Test
    void theTerminalSummaryFitsInAHundredColumnsAndAlignsItsNumbers() throws IOException {
        String text = Summary.text(Samples.protocols(3));
        assertTrue(
                text.lines().allMatch(line -> line.codePointCount(0, line.length()) <= 100), text);
        assertTrue(text.startsWith("persist-methods: holds. 18 trials of 6 variants"), text);
        List<String> lines = text.lines().filter(line -> line.contains(" k/s")).toList();
        assertEquals(6, lines.size(), text);
        assertEquals(1, lines.stream().map(l -> l.indexOf(" k/s")).distinct().count(), text);
        assertTrue(text.contains("violated 1/3"), text);
    }

    @Test
    void aComputationIsToldByHowLongItTakesAndHowMuchOfThatIsNoWork() {
        var trial =
                new TrialResult(
                        1,
                        "0",
                        8_000_000,
                        new Counts(10, 4, 2, 0, 0),
                        List.of(),
                        DurationHistogram.EMPTY,
                        DurationHistogram.EMPTY,
                        DurationHistogram.EMPTY,
                        Throughput.NONE,
                        List.of(),
                        new Breakdown(1000, 750, 250, 0, 0, 0, 0, 0),
                        new Replay("", Optional.empty()));
        var variant = new VariantResult("blocking", new LinkedHashMap<>(), "", "", List.of(trial));
        ExperimentResult result = Samples.experiment(variant);
        List<String> lines =
                Summary.text(result).lines().map(line -> line.replaceAll(" +", " ")).toList();
        assertEquals(
                List.of(
                        "variant ranks ended run time overhead ckpt p50 recovery verdict",
                        "blocking 4 8 ms 25 % – – inconclusive"),
                lines.subList(lines.size() - 2, lines.size()));
        assertTrue(Page.of(result, List.of()).contains("Time until the end"));
        assertFalse(Summary.text(Samples.protocols(3)).contains("run time"));
    }

    @Test
    void aLabelThatTheTerminalHasNoRoomForGoesOnBelow() throws IOException {
        String label =
                "a label of many words that goes on and on for more than a hundred columns of text";
        String text = Summary.text(Samples.experiment(Samples.bare(label + label, 2)));
        assertTrue(text.replaceAll("\\s+", " ").contains(label.substring(0, 20)), text);
        for (String word : label.split(" ", -1)) {
            assertTrue(text.contains(word), text);
        }
        assertTrue(text.lines().allMatch(line -> line.length() <= 100), text);
        String unbroken = Summary.text(Samples.experiment(Samples.bare("x".repeat(250), 2)));
        assertTrue(unbroken.lines().allMatch(line -> line.length() <= 100), unbroken);
    }

    /** RFC 4180, read by the book. */
    private static List<List<String>> parse(String csv) {
        var rows = new ArrayList<List<String>>();
        var row = new ArrayList<String>();
        var field = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < csv.length(); i++) {
            char c = csv.charAt(i);
            if (quoted && c == '"' && i + 1 < csv.length() && csv.charAt(i + 1) == '"') {
                field.append(c);
                i++;
            } else if (c == '"') {
                quoted = !quoted;
            } else if (!quoted && (c == ',' || c == '\r')) {
                row.add(field.toString());
                field.setLength(0);
                if (c == '\r') {
                    rows.add(List.copyOf(row));
                    row.clear();
                    assertEquals('\n', csv.charAt(++i));
                }
            } else {
                field.append(c);
            }
        }
        assertTrue(row.isEmpty() && field.isEmpty(), "the last line has no end");
        return rows;
    }
}
