package cairn.experiment.campaign;

import cairn.experiment.definition.Variant;
import cairn.fault.Answer;
import cairn.verification.Story;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A property that a variant was shown to violate.
 *
 * @param seed the first seed, in the order of the experiment, that shows it
 * @param explanation what happened
 * @param answers the shortest answers that were found to show it; empty if the run was not shrunk
 *     or if calm alone shows it
 * @param recorded how many answers were not calm before they were shrunk
 * @param timeline the shrunk run, abridged to what matters where that is known
 * @param drawing the same as a space-time diagram, in SVG; empty where there are no machines to
 *     draw
 */
public record Violation(
        Variant variant,
        String property,
        long seed,
        String explanation,
        List<Answer> answers,
        int recorded,
        List<String> timeline,
        String drawing) {

    public Violation {
        answers = List.copyOf(answers);
        timeline = List.copyOf(timeline);
    }

    /** As a story tells it. */
    static Violation of(Variant variant, long seed, Story story) {
        return new Violation(
                variant,
                story.property(),
                seed,
                story.explanation(),
                story.answers(),
                story.recorded(),
                story.timeline(),
                story.drawing());
    }

    /** What happened, for a file: the violation, the answers that matter, and the timeline. */
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add(property + " is violated by " + variant.label());
        lines.add(explanation);
        if (!answers.isEmpty()) {
            lines.add("");
            answers.forEach(answer -> lines.add("  " + answer));
        }
        lines.add("");
        lines.addAll(timeline);
        return lines;
    }

    /**
     * The name of its files, without an ending; unique in an experiment whose labels differ in
     * letters and digits.
     */
    public String fileName() {
        return slug(variant.label()) + "." + slug(property);
    }

    private static String slug(String text) {
        String slug =
                text.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-|-$", "");
        return slug.isEmpty() ? "x" : slug;
    }
}
