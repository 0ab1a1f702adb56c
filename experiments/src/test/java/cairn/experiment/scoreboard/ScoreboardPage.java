package cairn.experiment.scoreboard;

import cairn.experiment.exploration.SearchForm;
import cairn.experiment.file.Line;
import cairn.experiment.scoreboard.Contest.Outcome;
import cairn.protocol.SeededBug;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SequencedMap;

/** What was measured, as a page and as a plot. */
final class ScoreboardPage {

    private static final int CELL_WIDTH = 104;
    private static final int CELL_HEIGHT = 20;
    private static final int LEFT = 380;
    private static final int TOP = 70;

    private final Contest contest;
    private final List<SearchForm> forms;
    private final SequencedMap<SeededBug, List<List<Outcome>>> rows;
    private final Contest longer;
    private final SequencedMap<SeededBug, List<List<Outcome>>> hard;

    /**
     * @param hard the bugs that were missed within the limits of {@code contest}, under those of
     *     {@code longer}
     */
    ScoreboardPage(
            Contest contest,
            List<SearchForm> forms,
            SequencedMap<SeededBug, List<List<Outcome>>> rows,
            Contest longer,
            SequencedMap<SeededBug, List<List<Outcome>>> hard) {
        this.contest = contest;
        this.forms = forms;
        this.rows = rows;
        this.longer = longer;
        this.hard = hard;
    }

    String markdown() {
        var page = new ArrayList<String>();
        page.add("# Scoreboard");
        page.add("");
        page.add(
                Line.of(
                        "Which strategy finds which seeded bug. Each cell: how many of %d attempts"
                                + " found it by a property of its row, and the median of runs and"
                                + " CPU seconds they took, least and most in brackets. An attempt"
                                + " ends after %s. Each bug comes with the"
                                + " faults and the load that expose it, so that drawing them at"
                                + " random does well here; what differs is how often nothing is"
                                + " found, and how much a search that goes step by step needs."
                                + " Such a search goes through %d drawn scenarios in turn, the"
                                + " others draw a scenario with each run."
                                + " The exhaustive search is left out, since it is for small"
                                + " scopes."
                                + " `./cairn scoreboard` writes this page.",
                        contest.repeats(), contest.limits(), Contest.SCENARIOS));
        page.add("");
        page.add("![Median runs until found, by bug and strategy](images/scoreboard.svg)");
        page.add("");
        page.add(
                "| bug | "
                        + String.join(" | ", forms.stream().map(SearchForm::label).toList())
                        + " |");
        page.add("|" + " --- |".repeat(1 + forms.size()));
        rows.forEach((bug, cells) ->
                page.add(
                        "| "
                                + bug
                                + " | "
                                + String.join(" | ", cells.stream().map(this::cell).toList())
                                + " |"));
        page.add("");
        page.add(
                Line.of(
                        "%d of %d bugs were found by at least one strategy.",
                        rows.size() - hard.size(), rows.size()));
        if (!hard.isEmpty()) {
            page.add("");
            page.add(
                    Line.of(
                            "The others had one more attempt of each strategy, of %s:",
                            longer.limits()));
            page.add("");
            hard.forEach((bug, cells) -> page.add("- " + bug + ": " + finders(cells)));
        }
        for (int i = 0; i < forms.size(); i++) {
            int column = i;
            long found = rows.values().stream().filter(cells -> isFound(cells.get(column))).count();
            page.add("");
            page.add(
                    Line.of(
                            "**%s** (%s): %d of %d bugs.",
                            forms.get(i).label(), forms.get(i).description(), found, rows.size()));
        }
        return String.join("\n", page) + "\n";
    }

    private String cell(List<Outcome> outcomes) {
        List<Outcome> found = outcomes.stream().filter(Outcome::found).toList();
        if (found.isEmpty()) {
            double runs = median(outcomes.stream().mapToDouble(Outcome::runs).toArray());
            return Line.of("0/%d in %,.0f runs", outcomes.size(), runs);
        }
        double[] runs = found.stream().mapToDouble(Outcome::runs).sorted().toArray();
        double[] seconds = found.stream().mapToDouble(Outcome::seconds).sorted().toArray();
        return Line.of(
                "%d/%d: %,.0f (%,.0f-%,.0f), %.2f s (%.2f-%.2f)",
                found.size(),
                outcomes.size(),
                median(runs),
                runs[0],
                runs[runs.length - 1],
                median(seconds),
                seconds[0],
                seconds[seconds.length - 1]);
    }

    private String finders(List<List<Outcome>> cells) {
        if (isMissed(cells)) {
            return "found by none.";
        }
        List<String> finders = new ArrayList<>();
        for (int i = 0; i < forms.size(); i++) {
            if (isFound(cells.get(i))) {
                finders.add(forms.get(i).label() + " " + cell(cells.get(i)));
            }
        }
        return String.join("; ", finders) + ".";
    }

    /** Whether no strategy found the bug of these cells. */
    static boolean isMissed(List<List<Outcome>> cells) {
        return cells.stream().noneMatch(ScoreboardPage::isFound);
    }

    private static boolean isFound(List<Outcome> outcomes) {
        return outcomes.stream().anyMatch(Outcome::found);
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int half = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
    }

    /** A field for each bug and strategy, the darker the sooner it was found. */
    String svg() {
        int width = LEFT + CELL_WIDTH * forms.size() + 20;
        int height = TOP + CELL_HEIGHT * rows.size() + 40;
        var svg = new StringBuilder();
        svg.append(
                Line.of(
                        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\""
                            + " font-family=\"system-ui, sans-serif\" font-size=\"12\">\n"
                            + "<rect width=\"%d\" height=\"%d\" fill=\"#ffffff\"/>\n"
                            + "<text x=\"12\" y=\"24\" font-size=\"15\" font-weight=\"600\">Median"
                            + " runs until a seeded bug is found</text>\n",
                        width, height, width, height));
        for (int i = 0; i < forms.size(); i++) {
            svg.append(
                    text(
                            LEFT + CELL_WIDTH * i + CELL_WIDTH / 2,
                            TOP - 12,
                            "#111111",
                            forms.get(i).label()));
        }
        int row = 0;
        for (var entry : rows.entrySet()) {
            int y = TOP + CELL_HEIGHT * row++;
            svg.append(
                    Line.of(
                            "<text x=\"12\" y=\"%d\" fill=\"#111111\">%s</text>\n",
                            y + 14, entry.getKey()));
            for (int i = 0; i < forms.size(); i++) {
                svg.append(field(LEFT + CELL_WIDTH * i, y, entry.getValue().get(i)));
            }
        }
        svg.append(
                Line.of(
                        "<text x=\"12\" y=\"%d\" fill=\"#666666\">Dark: within few runs. White: not"
                                + " found by any of %d attempts.</text>\n</svg>\n",
                        height - 12, contest.repeats()));
        return svg.toString();
    }

    private static String field(int x, int y, List<Outcome> outcomes) {
        double[] runs =
                outcomes.stream().filter(Outcome::found).mapToDouble(Outcome::runs).toArray();
        boolean found = runs.length > 0;
        double depth = found ? Math.max(0, 1 - Math.log10(median(runs)) / 4) : 0;
        String fill =
                found
                        ? String.format(
                                Locale.ROOT,
                                "#%02x%02x%02x",
                                (int) (225 - 195 * depth),
                                (int) (236 - 150 * depth),
                                (int) (246 - 90 * depth))
                        : "#ffffff";
        return Line.of(
                        "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" fill=\"%s\""
                                + " stroke=\"#d0d0d0\"/>\n",
                        x, y, CELL_WIDTH, CELL_HEIGHT, fill)
                + (found
                        ? text(
                                x + CELL_WIDTH / 2,
                                y + 14,
                                depth > 0.5 ? "#ffffff" : "#111111",
                                Line.of("%,.0f", median(runs)))
                        : "");
    }

    private static String text(int x, int y, String fill, String text) {
        return Line.of(
                "<text x=\"%d\" y=\"%d\" text-anchor=\"middle\" fill=\"%s\">%s</text>\n",
                x, y, fill, text);
    }
}
