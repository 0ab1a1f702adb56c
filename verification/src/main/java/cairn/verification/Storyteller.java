package cairn.verification;

import cairn.fault.Answer;
import cairn.fault.RecordingChoices;
import cairn.fault.Shrinker;

import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

/** From a run that breaks a property to the story of the fewest answers that do. */
public final class Storyteller {

    private final Runs runs;
    private final long mostRuns;
    private final BooleanSupplier stopped;

    /**
     * A storyteller.
     *
     * @param mostRuns how many runs shrinking may take
     * @param stopped once it says so, shrinking ends with what it has
     */
    public Storyteller(Runs runs, long mostRuns, BooleanSupplier stopped) {
        this.runs = runs;
        this.mostRuns = mostRuns;
        this.stopped = stopped;
    }

    /** The story of a run that breaks a property. */
    public Story tell(Examined examined, String property) {
        RecordingChoices recording = examined.recording();
        return tell(recording.answers(), recording.calm(), property);
    }

    /**
     * The story of answers that break a property.
     *
     * @param calm the calm value of each choice, so that values can be moved towards it; may be
     *     empty
     * @throws IllegalArgumentException if the answers do not break it
     */
    public Story tell(List<Answer> recorded, Map<String, Long> calm, String property) {
        Predicate<List<Answer>> breaks =
                answers -> !stopped.getAsBoolean() && runs.replay(answers, null).breaks(property);
        List<Answer> begin = new Retiming(runs, calm, breaks).of(recorded).orElse(recorded);
        Shrinker shrinker =
                new Shrinker(
                        answers -> answers.equals(begin) || breaks.test(answers),
                        calm,
                        mostRuns,
                        (_, _) -> {});
        return asTheyAre(runs, shrinker.shrink(begin), recorded.size(), property);
    }

    /**
     * The story of answers that nothing is to be left out of.
     *
     * @param recorded how many answers of the run in which it was found were not calm
     * @throws IllegalArgumentException if the answers do not break the property
     */
    public static Story asTheyAre(Runs runs, List<Answer> answers, int recorded, String property) {
        Chronicle chronicle = new Chronicle(runs.roles());
        Examined examined = runs.replay(answers, chronicle);
        Breach breach =
                examined.breachOf(property)
                        .orElseThrow(() ->
                                new IllegalArgumentException(
                                        answers.size() + " answers do not break " + property));
        long end = breach.property().equals(Breach.THROWS) ? Long.MAX_VALUE : breach.at();
        Excerpt excerpt = new Excerpt(chronicle, end);
        return new Story(
                property,
                breach.explanation(),
                CanonicalForm.of(breach, answers, runs.roles(), chronicle),
                answers,
                recorded,
                excerpt.lines(),
                new SpaceTime(runs.seats(), runs.roles(), chronicle, excerpt, breach).svg());
    }
}
