package cairn.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/** What the terminal shows when an experiment has run: a verdict and a table of its variants. */
public final class Summary {
    /** No line is wider. */
    public static final int COLUMNS = 100;

    private static final int NARROWEST_LABEL = 16;
    private static final String BETWEEN = "  ";

    private Summary() {}

    /** The summary, lines ended by a newline; no colours. */
    public static String text(ExperimentResult result) {
        var text = new StringBuilder();
        String verdict = result.name() + ": " + result.finding().words() + ". " + evidence(result);
        wrap(text, verdict);
        for (Expectation expectation : result.expectations()) {
            if (expectation.finding() != Finding.HOLDS) {
                wrap(text, "not met: " + expectation.text() + " – " + expectation.observed());
            }
        }
        text.append('\n');
        table(text, fitting(rows(result)));
        return text.toString();
    }

    /** What a verdict rests on, in one line: trials, violations, expectations. */
    static String evidence(ExperimentResult result) {
        var parts = new ArrayList<String>();
        parts.add(
                Captions.plural(result.trials(), "trial")
                        + " of "
                        + Captions.plural(result.variants().size(), "variant"));
        long violated = trials(result, Finding.VIOLATED);
        long undecided =
                result.variants().stream()
                        .filter(variant -> variant.standing() == Finding.INCONCLUSIVE)
                        .count();
        int untried = result.variants().stream().mapToInt(v -> v.untried().size()).max().orElse(0);
        if (violated > 0) {
            parts.add("violated in " + violated);
        }
        if (undecided > 0) {
            parts.add(Captions.plural(undecided, "variant") + " inconclusive");
        }
        if (untried > 0) {
            parts.add("no occasion for " + upTo(result) + Captions.plural(untried, "property"));
        }
        long vain = result.variants().stream().mapToLong(VariantResult::vainFaults).sum();
        if (vain > 0) {
            parts.add(Captions.plural(vain, "ordered fault") + " never struck");
        }
        if (!result.expectations().isEmpty()) {
            long met =
                    result.expectations().stream()
                            .filter(e -> e.finding() == Finding.HOLDS)
                            .count();
            parts.add(
                    met
                            + " of "
                            + Captions.plural(result.expectations().size(), "expectation")
                            + " met");
        }
        return String.join("; ", parts) + ".";
    }

    private static String upTo(ExperimentResult result) {
        boolean alike =
                result.variants().stream().map(v -> v.untried().size()).distinct().count() == 1;
        return alike ? "" : "up to ";
    }

    private static long trials(ExperimentResult result, Finding finding) {
        return result.variants().stream().mapToLong(variant -> variant.trials(finding)).sum();
    }

    private static List<List<String>> rows(ExperimentResult result) {
        SequencedMap<String, Measure> columns = columns(result);
        var rows = new ArrayList<List<String>>();
        var head = new ArrayList<>(List.of("variant", answered(result)));
        head.addAll(columns.sequencedKeySet());
        head.add("verdict");
        rows.add(head);
        for (VariantResult variant : result.variants()) {
            var row = new ArrayList<String>();
            row.add(printable(variant.label()));
            row.add(Long.toString(variant.pooled().requests()));
            columns.sequencedValues().forEach(measure -> row.add(figure(measure, variant)));
            row.add(variant.verdict());
            rows.add(row);
        }
        return rows;
    }

    /**
     * What one chooses by: of a service how it answers, and where nobody asks for anything how long
     * the work takes and how much of that is not work.
     */
    private static SequencedMap<String, Measure> columns(ExperimentResult result) {
        var columns = new LinkedHashMap<String, Measure>();
        if (Measure.REQUEST_P50.isIn(result)) {
            columns.put("rate", Measure.THROUGHPUT);
            columns.put("p50", Measure.REQUEST_P50);
            columns.put("p99", Measure.REQUEST_P99);
        } else {
            columns.put("run time", Measure.RUN_TIME);
            columns.put("overhead", Measure.OVERHEAD);
        }
        columns.put("ckpt p50", Measure.CHECKPOINT_P50);
        columns.put("recovery", Measure.RECOVERY);
        return columns;
    }

    /**
     * What was counted: requests, or, where nobody asks for anything, ranks that came to an end.
     */
    private static String answered(ExperimentResult result) {
        boolean endsUnasked =
                result.variants().stream().anyMatch(variant -> variant.pooled().endsUnasked());
        return endsUnasked ? "ranks ended" : "requests";
    }

    /** Without the number of requests where labels would have to be broken for it. */
    private static List<List<String>> fitting(List<List<String>> rows) {
        int gaps = rows.getFirst().size() - 1;
        if (Arrays.stream(widths(rows)).sum() + gaps * BETWEEN.length() <= COLUMNS) {
            return rows;
        }
        return rows.stream()
                .map(row -> {
                    var shorter = new ArrayList<>(row);
                    shorter.remove(1);
                    return List.copyOf(shorter);
                })
                .toList();
    }

    private static int[] widths(List<List<String>> rows) {
        int[] widths = new int[rows.getFirst().size()];
        for (List<String> row : rows) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], length(row.get(i)));
            }
        }
        return widths;
    }

    private static String figure(Measure measure, VariantResult variant) {
        return measure.estimate(variant)
                .map(estimate -> measure.unit().text(estimate.value()))
                .orElse("–");
    }

    /**
     * Numbers stand at the right of their column, words at the left. A label that the line has no
     * room for goes on below.
     */
    private static void table(StringBuilder text, List<List<String>> rows) {
        int columns = rows.getFirst().size();
        int[] widths = widths(rows);
        int others = Arrays.stream(widths).skip(1).map(width -> width + BETWEEN.length()).sum();
        widths[0] = Math.min(widths[0], Math.max(NARROWEST_LABEL, COLUMNS - others));
        for (List<String> row : rows) {
            List<String> label = broken(row.getFirst(), widths[0]);
            var line = new StringBuilder();
            for (int i = 0; i < columns; i++) {
                String cell = i == 0 ? label.getFirst() : row.get(i);
                String pad = " ".repeat(widths[i] - length(cell));
                boolean word = i == 0 || i == columns - 1;
                line.append(i == 0 ? "" : BETWEEN);
                line.append(word ? cell + pad : pad + cell);
            }
            text.append(line.toString().stripTrailing()).append('\n');
            label.stream().skip(1).forEach(rest -> text.append(rest).append('\n'));
        }
    }

    /**
     * The text in lines of the width, broken at spaces where there are any; later ones indented.
     */
    private static List<String> broken(String label, int width) {
        var lines = new ArrayList<String>();
        String rest = label;
        while (length(rest) > width) {
            int end = rest.offsetByCodePoints(0, width);
            int space = rest.lastIndexOf(' ', end);
            int at = space > 2 ? space : end;
            lines.add(rest.substring(0, at));
            rest = "  " + rest.substring(at).strip();
        }
        lines.add(rest);
        return lines;
    }

    private static String printable(String label) {
        return label.replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
    }

    private static int length(String text) {
        return text.codePointCount(0, text.length());
    }

    private static void wrap(StringBuilder text, String sentence) {
        int column = 0;
        for (String word : sentence.replaceAll("[\\p{Cntrl}\\s]+", " ").strip().split(" ", -1)) {
            if (column > 0 && column + 1 + length(word) > COLUMNS) {
                text.append('\n');
                column = 0;
            }
            if (column > 0) {
                text.append(' ');
                column++;
            }
            text.append(word);
            column += length(word);
        }
        text.append('\n');
    }
}
