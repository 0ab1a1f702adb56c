package cairn.report;

import cairn.report.plot.Images;
import cairn.report.plot.Plot;
import cairn.report.statistics.Estimate;

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
 * The report as one HTML page that needs nothing but itself: no network, no script, no other file.
 */
final class Page {
    private static final int MOST_VIOLATIONS = 50;

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
        html.raw("\n<style>\n" + css() + "</style>\n</head>\n<body>\n<main>\n");
        head();
        expectations();
        summary();
        promises();
        plots(plots);
        properties();
        violations();
        reproduction();
        html.raw("</main>\n</body>\n</html>\n");
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
        html.raw("<div class=\"wide\"><table><thead><tr><th>Variant</th>");
        html.raw("<th>Verdict</th><th class=\"number\">Trials</th>");
        columns.forEach(measure -> html.element("th", "number", measure.title()));
        html.raw("</tr></thead>\n<tbody>\n");
        for (VariantResult variant : result.variants()) {
            html.raw("<tr>").element("th", variant.label()).raw("<td>");
            tag(variant.standing(), variant.verdict());
            html.raw("</td>").element("td", "number", Integer.toString(variant.trials().size()));
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
        html.raw("<td class=\"number\">");
        Optional<Estimate> found = measure.estimate(variant);
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
            html.raw("<figure>\n").element("h3", plot.title()).raw("\n");
            // Inline SVG takes its namespace from HTML; the page names no address at all.
            String svg = Images.svg(plot).replace(" xmlns=\"http://www.w3.org/2000/svg\"", "");
            html.raw("<svg role=\"img\" aria-label=\"").text(plot.title()).raw("\"");
            html.raw(svg.substring("<svg".length()));
            html.element("figcaption", plot.caption()).raw("\n</figure>\n");
        }
        html.raw("</div>\n</section>\n");
    }

    private void properties() {
        SequencedSet<String> ids = new LinkedHashSet<>();
        for (VariantResult variant : result.variants()) {
            variant.trials().forEach(t -> t.properties().forEach(p -> ids.add(p.id())));
        }
        if (ids.isEmpty()) {
            return;
        }
        section("Properties");
        html.raw("<div class=\"wide\"><table><thead><tr><th>Variant</th>");
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
        List<PropertyOutcome> outcomes =
                variant.trials().stream()
                        .flatMap(trial -> trial.properties().stream())
                        .filter(outcome -> outcome.id().equals(id))
                        .toList();
        Finding worst =
                outcomes.stream()
                        .map(PropertyOutcome::finding)
                        .reduce(Finding.NOT_PROMISED, Finding::and);
        html.raw("<td>");
        tag(worst);
        if (worst != Finding.NOT_PROMISED) {
            long times = outcomes.stream().filter(o -> o.finding() == worst).count();
            long witnesses = outcomes.stream().mapToLong(PropertyOutcome::witnesses).sum();
            html.element(
                    "small",
                    times
                            + " of "
                            + Captions.plural(outcomes.size(), "trial")
                            + ", "
                            + Captions.plural(witnesses, "witness")
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
            for (TrialResult trial : variant.trials()) {
                if (trial.finding() == Finding.VIOLATED && shown < MOST_VIOLATIONS) {
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
        html.element("pre", trial.replay().command());
        trial.replay()
                .shrunkAnswers()
                .ifPresent(path ->
                        html.raw("<p>The shortest answers that still break it: ")
                                .element("code", path)
                                .raw("</p>\n"));
        html.raw("</article>\n");
    }

    private void reproduction() {
        section("Reproduce");
        html.element("pre", result.command());
        html.raw("<p>").text("Made by Cairn ").element("code", result.version());
        html.text(". Every trial, estimate and percentile is in ");
        html.raw(
                "<code>trials.csv</code>, <code>summary.csv</code>, <code>latency.csv</code> and ");
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

    private static String css() {
        try (InputStream css = Page.class.getResourceAsStream("report.css")) {
            return new String(Objects.requireNonNull(css).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
