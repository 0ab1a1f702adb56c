package cairn.report;

import cairn.report.statistics.Estimate;
import cairn.report.statistics.Statistics;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Two results held against each other, variant by variant: what the second is beside the first.
 * Variants of one label belong together, and so do the only ones of both.
 */
public final class SideBySide {

    /** A variant of the first result and what stands beside it in the second. */
    private record Couple(String label, StoredResult.Variant first, StoredResult.Variant second) {}

    private static final int MOST_NAMED = 3;

    private final StoredResult first;
    private final StoredResult second;
    private final List<Couple> couples = new ArrayList<>();
    private final List<Comparison> comparisons;

    /**
     * Holds two results against each other.
     *
     * @throws IllegalArgumentException if no variant of one belongs to one of the other
     */
    public SideBySide(StoredResult first, StoredResult second) {
        this.first = first;
        this.second = second;
        first.variants()
                .forEach((label, variant) -> {
                    StoredResult.Variant other = second.variants().get(label);
                    if (other != null) {
                        couples.add(new Couple(label, variant, other));
                    }
                });
        if (couples.isEmpty() && first.variants().size() == 1 && second.variants().size() == 1) {
            var one = first.variants().firstEntry();
            var other = second.variants().firstEntry();
            String label = other.getKey() + " against " + one.getKey();
            couples.add(new Couple(label, one.getValue(), other.getValue()));
        }
        if (couples.isEmpty()) {
            throw new IllegalArgumentException(
                    "no variant has the same label in both: "
                            + some(first.variants().keySet())
                            + " in A, "
                            + some(second.variants().keySet())
                            + " in B");
        }
        comparisons = Comparison.corrected(compared());
    }

    /** The first few labels, and how many more there are. */
    private static String some(Collection<String> labels) {
        String named =
                labels.stream()
                        .limit(MOST_NAMED)
                        .map(label -> "'" + label + "'")
                        .collect(Collectors.joining(", "));
        return labels.size() <= MOST_NAMED
                ? named
                : named + " and " + (labels.size() - MOST_NAMED) + " more";
    }

    private List<Comparison> compared() {
        var all = new ArrayList<Comparison>();
        for (Couple couple : couples) {
            for (Measure measure : Comparison.MEASURES) {
                Figures one = couple.first().figures().get(measure);
                Figures other = couple.second().figures().get(measure);
                if (one != null && other != null) {
                    Comparison.contrast(other, one)
                            .ifPresent(contrast ->
                                    all.add(
                                            new Comparison(
                                                    couple.label(),
                                                    first.name(),
                                                    measure,
                                                    contrast)));
                }
            }
        }
        return all;
    }

    /** The comparisons, corrected for how many they are. */
    public List<Comparison> comparisons() {
        return comparisons;
    }

    /**
     * What the terminal shows: each difference that chance does not explain, or that there is none.
     */
    public String text() {
        var text = new StringBuilder();
        text.append("A: ").append(first.finding()).append(", ").append(first.command());
        text.append("\nB: ").append(second.finding()).append(", ").append(second.command());
        text.append("\n\n");
        int told = 0;
        for (Comparison each : comparisons) {
            if (each.isSignificant()) {
                told++;
                text.append(each.first()).append(": ").append(each.measure().title());
                text.append(" in B is ").append(each.change()).append(" (");
                text.append(each.interval()).append(", ").append(each.sample()).append(")\n");
            }
        }
        text.append(told == 0 ? "No difference" : told + " of " + comparisons.size());
        text.append(told == 0 ? " among " + comparisons.size() + " comparisons" : " comparisons");
        text.append(told == 0 ? " that chance does not explain" : " differ by more than chance");
        text.append(" (Wilcoxon, p < 0.05 after Holm).\n");
        Comparison.tooFew(comparisons).ifPresent(remark -> text.append(remark).append('\n'));
        return text.toString();
    }

    /** Both results on one page. */
    public String html() {
        var html = new Html();
        html.raw("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
        html.raw("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
        html.element("title", first.name() + " and " + second.name());
        html.raw("\n<style>\n" + Page.resource("report.css") + "</style>\n</head>\n<body>\n<main>");
        boolean same = first.name().equals(second.name());
        String heading = same ? first.name() + ", A and B" : first.name() + " and " + second.name();
        html.element("h1", heading).raw("\n");
        html.raw(
                "<div class=\"wide\"><table><thead><tr><th></th><th>A</th><th>B</th></tr></thead>");
        html.raw("<tbody>\n");
        row(html, "Question", first.question(), second.question());
        row(html, "Verdict", first.finding(), second.finding());
        row(html, "Version", first.version(), second.version());
        row(html, "Command", first.command(), second.command());
        html.raw("</tbody></table></div>\n<section>\n<h2>B against A</h2>\n");
        ComparisonTable.write(html, comparisons);
        html.raw("</section>\n<section>\n<h2>Figures</h2>\n");
        figures(html);
        missing(html);
        html.raw("</section>\n</main>\n<script>\n" + Page.resource("report.js"));
        return html.raw("</script>\n</body>\n</html>\n").toString();
    }

    private static void row(Html html, String head, String one, String other) {
        html.raw("<tr>").element("th", head).element("td", "text", one);
        html.element("td", "text", other).raw("</tr>\n");
    }

    private void figures(Html html) {
        html.raw("<div class=\"wide\"><table class=\"sortable\"><thead><tr><th>Variant</th>");
        html.raw("<th>Measure</th><th class=\"number\">A</th><th class=\"number\">B</th></tr>");
        html.raw("</thead>\n<tbody>\n");
        for (Couple couple : couples) {
            html.raw("<tr>").element("th", couple.label()).raw("<td>Verdict</td>");
            html.element("td", "number", couple.first().verdict());
            html.element("td", "number", couple.second().verdict()).raw("</tr>\n");
            for (Measure measure : Measure.values()) {
                Figures one = couple.first().figures().get(measure);
                Figures other = couple.second().figures().get(measure);
                if (one != null && other != null) {
                    html.raw("<tr>").element("th", couple.label());
                    html.element("td", measure.title());
                    html.element("td", "number", mean(measure, one));
                    html.element("td", "number", mean(measure, other)).raw("</tr>\n");
                }
            }
        }
        html.raw("</tbody></table></div>\n<p class=\"quiet\">");
        html.text("Means over trials with 95 % confidence intervals (Student's t).").raw("</p>\n");
    }

    private static String mean(Measure measure, Figures figures) {
        Estimate mean = Statistics.mean(figures.sample(), Statistics.CONFIDENCE);
        return mean.text(measure.unit());
    }

    private void missing(Html html) {
        var only = new ArrayList<String>();
        first.variants().keySet().stream()
                .filter(label -> !second.variants().containsKey(label))
                .forEach(label -> only.add(label + " (A)"));
        second.variants().keySet().stream()
                .filter(label -> !first.variants().containsKey(label))
                .forEach(label -> only.add(label + " (B)"));
        if (!only.isEmpty() && couples.size() < first.variants().size() + only.size()) {
            html.element("p", "quiet", "In one of them only: " + String.join("; ", only) + ".");
        }
    }
}
