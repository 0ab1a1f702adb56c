package cairn.report;

import cairn.report.statistics.Numbers;
import cairn.report.statistics.Significance;
import cairn.report.statistics.Unit;

import java.util.List;

/** Comparisons on a page: a row for each variant, a column for each measure. */
final class ComparisonTable {
    private ComparisonTable() {}

    /** Writes the table, and what its cells mean. */
    static void write(Html html, List<Comparison> all) {
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
                                each -> cell(html, each),
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
        Comparison.tooFew(all).ifPresent(remark -> html.element("p", "quiet", remark).raw("\n"));
    }

    private static void cell(Html html, Comparison each) {
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
}
