package cairn.report;

import cairn.report.plot.Plot;
import cairn.report.plot.PlotData;
import cairn.report.statistics.Estimate;
import cairn.report.statistics.Numbers;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * The report as one HTML page that needs nothing but itself: no network and no other file. Its
 * script draws the plots from their data, so that they can be zoomed and asked, and sorts tables;
 * without it the page links to the pictures.
 */
final class Page {

    private static final List<Measure> COLUMNS =
            List.of(
                    Measure.THROUGHPUT,
                    Measure.REQUEST_P50,
                    Measure.REQUEST_P99,
                    Measure.RUN_TIME,
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
        Judgements.write(result, html);
        OrderedFaults.write(result, html);
        reproduction();
        html.raw("</main>\n<script type=\"application/json\" id=\"plot-data\">");
        html.raw(PlotData.text(plots)).raw("</script>\n<script>\n");
        html.raw(resource("report.js")).raw("</script>\n</body>\n</html>\n");
        return html.toString();
    }

    private void head() {
        html.raw("<header>\n").element("p", "name", result.name());
        html.element("h1", result.question().isBlank() ? result.name() : result.question());
        html.raw("\n<p class=\"banner " + Html.cssClass(result.finding()) + "\">");
        html.element("strong", Html.mark(result.finding()) + " " + verdict(result.finding()));
        html.raw(" ").element("span", Summary.evidence(result)).raw("</p>\n</header>\n");
    }

    private void expectations() {
        if (result.expectations().isEmpty()) {
            return;
        }
        html.section("What was expected");
        html.raw("<ul class=\"expectations\">\n");
        for (Expectation expectation : result.expectations()) {
            html.raw("<li>")
                    .element(
                            "span",
                            "tag " + Html.cssClass(expectation.finding()),
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
                        .filter(measure -> measure.isIn(result))
                        // Where requests are answered, their number decides how long it takes.
                        .filter(measure ->
                                measure != Measure.RUN_TIME || !Measure.REQUEST_P50.isIn(result))
                        .toList();
        html.section("Summary");
        html.raw("<div class=\"wide\"><table class=\"sortable\"><thead><tr><th>Variant</th>");
        html.raw("<th>Verdict</th><th class=\"number\">Trials</th>");
        columns.forEach(measure -> html.element("th", "number", measure.title()));
        html.raw("</tr></thead>\n<tbody>\n");
        for (VariantResult variant : result.variants()) {
            html.raw("<tr>").element("th", variant.label()).raw("<td>");
            html.finding(variant.standing(), variant.verdict());
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
        html.section("Differences from “" + all.getFirst().second() + "”");
        ComparisonTable.write(html, all);
        html.raw("</section>\n");
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
        html.section("What was promised, and under which faults");
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
        html.section("Measurements");
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

    private void reproduction() {
        html.section("Reproduce");
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

    private static String verdict(Finding finding) {
        String words = finding.words();
        return Character.toUpperCase(words.charAt(0)) + words.substring(1) + ".";
    }

    static String resource(String name) {
        try (InputStream in = Page.class.getResourceAsStream(name)) {
            return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
