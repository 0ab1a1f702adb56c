package cairn.report;

import cairn.report.plot.Plot;
import cairn.report.plot.PlotData;
import cairn.report.statistics.Estimate;
import cairn.report.statistics.Numbers;
import cairn.report.statistics.Significance;
import cairn.report.statistics.Unit;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SequencedSet;

/**
 * The report as one HTML page that needs nothing but itself: no network and no other file. Its
 * script draws the plots from their data, so that they can be zoomed and asked, and sorts tables;
 * without it the page links to the pictures.
 */
final class Page {
    private static final int MOST_LINES = 150;

    private static final List<Measure> COLUMNS =
            List.of(
                    Measure.THROUGHPUT,
                    Measure.REQUEST_P50,
                    Measure.REQUEST_P99,
                    Measure.CHECKPOINT_P50,
                    Measure.RECOVERY,
                    Measure.OVERHEAD);

    private final ExperimentResult result;
    private final Html html = new Html();

    private Page(ExperimentResult result) {
        this.result = result;
    }

    static String of(ExperimentResult result, List<Plot> plots) {
        return new Page(result).write(plots);
    }

    private String write(List<Plot> plots) {
        html.raw("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
        html.raw("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
        html.element("title", result.name() + ": " + result.finding().words());
        html.raw("\n<style>\n" + resource("report.css") + "</style>\n</head>\n<body>\n<main>\n");
        head();
        expectations();
        summary();
        comparisons();
        promises();
        plots(plots);
        properties();
        violations();
        reproduction();
        html.raw("</main>\n<script type=\"application/json\" id=\"plot-data\">");
        html.raw(PlotData.text(plots)).raw("</script>\n<script>\n");
        html.raw(resource("report.js")).raw("</script>\n</body>\n</html>\n");
        return html.toString();
    }

    private void head() {
        html.raw("<header>\n").element("p", "name", result.name());
        html.element("h1", result.question().isBlank() ? result.name() : result.question());
        html.raw("\n<p class=\"banner " + css(result.finding()) + "\">");
        html.element("strong", mark(result.finding()) + " " + verdict(result.finding()));
        html.raw(" ").element("span", Summary.evidence(result)).raw("</p>\n</header>\n");
    }

    private void expectations() {
        if (result.expectations().isEmpty()) {
            return;
        }
        section("What was expected");
        html.raw("<ul class=\"expectations\">\n");
        for (Expectation expectation : result.expectations()) {
            html.raw("<li>")
                    .element(
                            "span",
                            "tag " + css(expectation.finding()),
                            switch (expectation.finding()) {
                                case HOLDS -> "✓ met";
                                case VIOLATED -> "✗ not met";
                                case INCONCLUSIVE, NOT_PROMISED -> "? unknown";
                            });
            html.raw(" ").text(expectation.text());
            if (!expectation.observed().isBlank()) {
                html.raw(" ").element("span", "quiet", "– " + expectation.observed());
            }
            html.raw("</li>\n");
        }
        html.raw("</ul>\n</section>\n");
    }

    private void summary() {
        List<Measure> columns =
                COLUMNS.stream()
                        .filter(m ->
                                result.variants().stream().anyMatch(v -> m.estimate(v).isPresent()))
                        .toList();
        section("Summary");
        html.raw("<div class=\"wide\"><table class=\"sortable\"><thead><tr><th>Variant</th>");
        html.raw("<th>Verdict</th><th class=\"number\">Trials</th>");
        columns.forEach(measure -> html.element("th", "number", measure.title()));
        html.raw("</tr></thead>\n<tbody>\n");
        for (VariantResult variant : result.variants()) {
            html.raw("<tr>").element("th", variant.label()).raw("<td>");
            tag(variant.standing(), variant.verdict());
            html.raw("</td>");
            number(variant.trials().size());
            html.text(Integer.toString(variant.trials().size())).raw("</td>");
            columns.forEach(measure -> estimate(measure, variant));
            html.raw("</tr>\n");
        }
        html.raw("</tbody>\n</table></div>\n<p class=\"quiet\">");
        html.text(
                "A property is untried if no trial gave it an occasion to be broken, which is no"
                    + " evidence for it. Figures are means over trials with 95 % confidence"
                    + " intervals (Student's t, n = the number of trials unless stated); recovery"
                    + " time is the median of all recoveries of a variant with a distribution-free"
                    + " interval, n their number. Latencies count from when a request was due, so"
                    + " waiting behind a stall is not left out.");
        html.raw("</p>\n</section>\n");
    }

    /**
     * The figure and its interval; n where it is not the number of trials, which has its column.
     */
    private void estimate(Measure measure, VariantResult variant) {
        Optional<Estimate> found = measure.estimate(variant);
        number(found.map(Estimate::value).orElse(Double.NaN));
        if (found.isEmpty()) {
            html.raw("–");
        } else {
            Estimate estimate = found.get();
            html.text(measure.unit().text(estimate.value()));
            if (estimate.hasInterval()) {
                html.element("small", measure.unit().text(estimate.low(), estimate.high()));
            } else {
                html.element("small", "no interval");
            }
            if (estimate.n() != variant.trials().size()) {
                html.element("small", "n = " + estimate.n());
            }
        }
        html.raw("</td>");
    }

    /** Opens a cell that is sorted by its value; what is not there stands at the end. */
    private void number(double value) {
        String exact = Numbers.exact(value);
        html.raw("<td class=\"number\" data-v=\"" + (exact.isEmpty() ? "NaN" : exact) + "\">");
    }

    private void comparisons() {
        List<Comparison> all = Comparison.within(result);
        if (all.isEmpty()) {
            return;
        }
        section("Differences from “" + all.getFirst().second() + "”");
        comparisons(html, all);
        html.raw("</section>\n");
    }

    /** A row for each variant, a column for each measure, and what the cells mean. */
    static void comparisons(Html html, List<Comparison> all) {
        List<Measure> columns =
                Comparison.MEASURES.stream()
                        .filter(m -> all.stream().anyMatch(each -> each.measure() == m))
                        .toList();
        html.raw("<div class=\"wide\"><table class=\"sortable\"><thead><tr><th>Variant</th>");
        columns.forEach(measure -> html.element("th", "number", measure.title()));
        html.raw("</tr></thead>\n<tbody>\n");
        for (String label : all.stream().map(Comparison::first).distinct().toList()) {
            html.raw("<tr>").element("th", label);
            for (Measure measure : columns) {
                all.stream()
                        .filter(each -> each.first().equals(label) && each.measure() == measure)
                        .findFirst()
                        .ifPresentOrElse(
                                each -> comparison(html, each),
                                () -> html.raw("<td class=\"number\" data-v=\"NaN\">–</td>"));
            }
            html.raw("</tr>\n");
        }
        html.raw("</tbody>\n</table></div>\n<p class=\"quiet\">");
        html.text(
                "Ratios to what is compared with, of each pair of trials under one seed where seeds"
                    + " match (their median, distribution-free 95 % interval; the same seed means"
                    + " the same failures at the same times), else of the medians (bootstrap, BCa);"
                    + " differences, with a sign, where a figure may be zero. p is that of"
                    + " Wilcoxon's test, of pairs or of two samples, corrected for all "
                        + all.size()
                        + " comparisons of the table (Holm); below 0.05 the change is bold. Then"
                        + " the effect in a word: rank-biserial correlation of pairs, or Cliff's"
                        + " delta.");
        html.raw("</p>\n");
    }

    private static void comparison(Html html, Comparison each) {
        Significance significance = each.contrast().significance();
        double value = each.contrast().change().value();
        html.raw("<td class=\"number\" data-v=\"" + Numbers.exact(value) + "\">");
        if (each.contrast().isNone()) {
            html.text("same").element("small", each.sample()).raw("</td>");
            return;
        }
        html.element(each.isSignificant() ? "strong" : "span", each.change());
        html.element("small", each.interval());
        String p = significance.p() < 0.001 ? "< 0.001" : "= " + Unit.digits(significance.p());
        html.element("small", "p " + p + ", " + significance.effect().word());
        html.element("small", each.sample()).raw("</td>");
    }

    /** Variants that promise the same under the same faults are named together. */
    private void promises() {
        SequencedMap<List<String>, List<String>> groups = new LinkedHashMap<>();
        for (VariantResult variant : result.variants()) {
            groups.computeIfAbsent(
                            List.of(variant.promise(), variant.faults()), _ -> new ArrayList<>())
                    .add(variant.label());
        }
        groups.remove(List.of("", ""));
        if (groups.isEmpty()) {
            return;
        }
        section("What was promised, and under which faults");
        html.raw("<div class=\"wide\"><table>\n<thead><tr><th>Variants</th><th>Promise</th>");
        html.raw("<th>Admissible faults</th></tr></thead>\n<tbody>\n");
        for (Map.Entry<List<String>, List<String>> group : groups.entrySet()) {
            boolean all = group.getValue().size() == result.variants().size() && groups.size() == 1;
            html.raw("<tr>")
                    .element("th", all ? "all" : String.join("; ", group.getValue()))
                    .element("td", "text", group.getKey().get(0))
                    .element("td", "text", group.getKey().get(1))
                    .raw("</tr>\n");
        }
        html.raw("</tbody>\n</table></div>\n</section>\n");
    }

    private void plots(List<Plot> plots) {
        if (plots.isEmpty()) {
            return;
        }
        section("Measurements");
        html.raw("<div class=\"plots\">\n");
        for (Plot plot : plots) {
            html.raw("<figure data-plot=\"").text(plot.name()).raw("\">\n");
            html.element("h3", plot.title()).raw("\n<div class=\"stage\"></div>\n");
            html.raw("<noscript><p>The picture is <a href=\"plots/" + plot.name() + ".svg\">");
            html.raw("plots/" + plot.name() + ".svg</a>.</p></noscript>\n");
            html.element("figcaption", plot.caption()).raw("\n</figure>\n");
        }
        html.raw("</div>\n<p class=\"quiet\">Point at a plot to read it; drag across a part to");
        html.raw(" enlarge it, double-click for the whole; click a name to hide its series.</p>");
        html.raw("\n</section>\n");
    }

    private void properties() {
        SequencedSet<String> ids = new LinkedHashSet<>();
        for (VariantResult variant : result.variants()) {
            ids.addAll(variant.properties().keySet());
        }
        if (ids.isEmpty()) {
            return;
        }
        section("Properties");
        html.raw("<div class=\"wide\"><table class=\"sortable\"><thead><tr><th>Variant</th>");
        ids.forEach(id -> html.element("th", id));
        html.raw("</tr></thead>\n<tbody>\n");
        for (VariantResult variant : result.variants()) {
            html.raw("<tr>").element("th", variant.label());
            ids.forEach(id -> property(variant, id));
            html.raw("</tr>\n");
        }
        html.raw("</tbody>\n</table></div>\n<p class=\"quiet\">");
        html.text(
                "In how many trials the worst finding was made, and how many situations put the"
                        + " property to the test in all trials (witnesses).");
        html.raw("</p>\n</section>\n");
    }

    private void property(VariantResult variant, String id) {
        var tally = variant.pooled().properties().getOrDefault(id, new PropertyTally());
        Finding worst = tally.worst();
        html.raw("<td>");
        tag(worst);
        if (worst != Finding.NOT_PROMISED) {
            html.element(
                    "small",
                    tally.trials(worst)
                            + " of "
                            + Captions.plural(tally.trials(), "trial")
                            + ", "
                            + Captions.plural(tally.witnesses(), "witness")
                                    .replace("witnesss", "witnesses"));
        }
        html.raw("</td>");
    }

    private void violations() {
        long all = result.variants().stream().mapToLong(v -> v.trials(Finding.VIOLATED)).sum();
        if (all == 0) {
            return;
        }
        section("Violations");
        int shown = 0;
        for (VariantResult variant : result.variants()) {
            for (TrialResult trial : variant.pooled().violations()) {
                if (shown < Pooled.MOST_VIOLATIONS) {
                    violation(variant, trial);
                    shown++;
                }
            }
        }
        if (shown < all) {
            html.element("p", shown + " of " + all + " are shown; trials.csv has them all.");
        }
        html.raw("</section>\n");
    }

    private void violation(VariantResult variant, TrialResult trial) {
        html.raw("<article class=\"violation\">\n");
        html.element("h3", variant.label() + ", seed " + trial.seed());
        for (PropertyOutcome outcome : trial.properties()) {
            if (outcome.finding() == Finding.VIOLATED) {
                html.raw("<p class=\"text\">").element("strong", outcome.id()).raw(" ");
                html.text(
                                outcome.explanation().isBlank()
                                        ? "is violated."
                                        : "is violated: " + outcome.explanation())
                        .raw("</p>\n");
            }
        }
        story(trial.replay().story());
        html.element("pre", trial.replay().command());
        html.raw("<p class=\"quiet\">With <code>--view</code> it writes a diagram of the run.</p>");
        trial.replay()
                .shrunkAnswers()
                .ifPresent(path ->
                        html.raw("<p>The shortest answers that still break it: ")
                                .element("code", path)
                                .raw("</p>\n"));
        html.raw("</article>\n");
    }

    /** The end of the recorded run, where it breaks. */
    private void story(List<String> lines) {
        if (lines.isEmpty()) {
            return;
        }
        List<String> last = lines.subList(Math.max(0, lines.size() - MOST_LINES), lines.size());
        html.raw("<details><summary>What happened: ");
        html.text(
                last.size() == lines.size()
                        ? Captions.plural(lines.size(), "event")
                        : "the last " + last.size() + " of " + lines.size() + " events");
        html.raw("</summary>\n").element("pre", "story", String.join("\n", last));
        html.raw("</details>\n");
    }

    private void reproduction() {
        section("Reproduce");
        html.element("pre", result.command());
        html.raw("<p>").text("Made by Cairn ").element("code", result.version());
        html.text(", configuration ").element("code", result.configuration().hash());
        html.text(". Every trial, estimate and percentile is in ");
        html.raw(
                "<code>trials.csv</code>, <code>summary.csv</code>, <code>latency.csv</code>,"
                        + " <code>histograms</code> and ");
        html.raw(
                "<code>results.json</code>, every plot as PNG and SVG in"
                        + " <code>plots</code>.</p>\n");
        html.raw("<h3>The experiment file</h3>\n").element("pre", result.file());
        html.raw("\n</section>\n");
    }

    private void section(String title) {
        html.raw("<section>\n").element("h2", title).raw("\n");
    }

    private void tag(Finding finding) {
        tag(finding, finding.words());
    }

    private void tag(Finding finding, String words) {
        html.element("span", "tag " + css(finding), mark(finding) + " " + words);
    }

    /** Findings are told apart by a sign and not by colour alone. */
    private static String mark(Finding finding) {
        return switch (finding) {
            case HOLDS -> "✓";
            case VIOLATED -> "✗";
            case INCONCLUSIVE -> "?";
            case NOT_PROMISED -> "–";
        };
    }

    private static String verdict(Finding finding) {
        String words = finding.words();
        return Character.toUpperCase(words.charAt(0)) + words.substring(1) + ".";
    }

    private static String css(Finding finding) {
        return finding.words().replace(' ', '-');
    }

    static String resource(String name) {
        try (InputStream in = Page.class.getResourceAsStream(name)) {
            return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
