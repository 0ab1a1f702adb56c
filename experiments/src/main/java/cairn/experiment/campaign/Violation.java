package cairn.experiment.campaign;

import cairn.experiment.definition.Variant;
import cairn.fault.Answer;

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
 * @param timeline the shrunk run, one line for each event
 */
public record Violation(
        Variant variant,
        String property,
        long seed,
        String explanation,
        List<Answer> answers,
        int recorded,
        List<String> timeline) {

    public Violation {
        answers = List.copyOf(answers);
        timeline = List.copyOf(timeline);
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
