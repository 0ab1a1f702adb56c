package cairn.verification;

import cairn.fault.Answer;

import java.util.List;

/**
 * A violation, told as briefly as it was found possible.
 *
 * @param property what is violated
 * @param explanation the offending part of the history
 * @param form what remains when numbers and interchangeable names are taken away: two violations
 *     with one form are one
 * @param answers the fewest answers that break the property; all others are calm
 * @param recorded how many answers of the run in which it was found were not calm
 * @param timeline the run with these answers, abridged
 * @param drawing the same as a space-time diagram, in SVG
 */
public record Story(
        String property,
        String explanation,
        CanonicalForm form,
        List<Answer> answers,
        int recorded,
        List<String> timeline,
        String drawing) {

    public Story {
        answers = List.copyOf(answers);
        timeline = List.copyOf(timeline);
    }
}
