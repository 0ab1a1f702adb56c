package cairn.report;

import cairn.model.property.Properties;
import cairn.model.property.Property;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;

/**
 * What was judged, on a page: every property of every variant, and violations with their stories.
 */
final class Judgements {
    private static final int MOST_LINES = 150;

    private final ExperimentResult result;
    private final Html html;

    private Judgements(ExperimentResult result, Html html) {
        this.result = result;
        this.html = html;
    }

    /** Writes both sections, as far as there is something to say. */
    static void write(ExperimentResult result, Html html) {
        var judgements = new Judgements(result, html);
        judgements.properties();
        judgements.violations();
    }

    private void properties() {
        SequencedSet<String> ids = new LinkedHashSet<>();
        for (VariantResult variant : result.variants()) {
            ids.addAll(variant.properties().keySet());
        }
        if (ids.isEmpty()) {
            return;
        }
        html.section("Properties");
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
        html.raw("</p>\n");
        statements(ids);
        html.raw("</section>\n");
    }

    /** What each of them says, for who has not met them before. */
    private void statements(SequencedSet<String> ids) {
        html.raw("<details><summary>What the properties say</summary>\n<dl>\n");
        for (Property property : Properties.all()) {
            if (ids.contains(property.id())) {
                html.element("dt", property.id()).element("dd", property.statement()).raw("\n");
            }
        }
        html.raw("</dl></details>\n");
    }

    private void property(VariantResult variant, String id) {
        var tally = variant.pooled().properties().getOrDefault(id, new PropertyTally());
        Finding worst = tally.worst();
        html.raw("<td>");
        html.finding(worst, worst.words());
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
        html.section("Violations");
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
        if (!trial.replay().drawing().isEmpty()) {
            html.raw("<div class=\"drawing\">").raw(trial.replay().drawing()).raw("</div>\n");
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

    /** What led to the violation, its end where there is too much of it. */
    private void story(List<String> lines) {
        if (lines.isEmpty()) {
            return;
        }
        List<String> last = lines.subList(Math.max(0, lines.size() - MOST_LINES), lines.size());
        html.raw("<details><summary>What happened: ");
        html.text(
                last.size() == lines.size()
                        ? Captions.plural(lines.size(), "line")
                        : "the last " + last.size() + " of " + lines.size() + " lines");
        html.raw("</summary>\n").element("pre", "story", String.join("\n", last));
        html.raw("</details>\n");
    }
}
