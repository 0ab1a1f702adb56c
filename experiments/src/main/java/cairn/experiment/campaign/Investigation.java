package cairn.experiment.campaign;

import cairn.experiment.definition.Variant;
import cairn.experiment.file.Line;
import cairn.experiment.trial.Outcome;
import cairn.fault.Answer;
import cairn.fault.RecordingChoices;
import cairn.fault.ReplayedChoices;
import cairn.fault.SeededChoices;
import cairn.fault.Shrinker;
import cairn.report.PropertyOutcome;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/** From a seed that shows a violation to the shortest answers that do. */
public final class Investigation {

    private final Variant variant;
    private final String property;
    private final BooleanSupplier stopped;

    /** An investigation that goes no further once it is stopped. */
    public Investigation(Variant variant, String property, BooleanSupplier stopped) {
        this.variant = variant;
        this.property = property;
        this.stopped = stopped;
    }

    /** Runs the seed again with recording. */
    private RecordingChoices record(long seed) {
        var recording = new RecordingChoices(new SeededChoices(seed));
        Outcome outcome = variant.subject().run(recording, null);
        if (!outcome.violates(property)) {
            throw new IllegalStateException(
                    Line.of(
                            "seed %d of '%s' violates %s in one run and not in another: it is not"
                                    + " deterministic",
                            seed, variant.label(), property));
        }
        return recording;
    }

    /** Records and shrinks, with so many runs at the most. */
    public Violation shrink(long seed, int mostRuns) {
        RecordingChoices recording = record(seed);
        List<Answer> recorded = recording.answers();
        var shrinker =
                new Shrinker(
                        answers -> answers.equals(recorded) || isViolated(answers),
                        recording.calm(),
                        mostRuns,
                        (runs, left) -> {});
        List<Answer> shrunk = shrinker.shrink(recorded);
        return variant.subject()
                .story(shrunk, recorded.size(), property)
                .map(story -> Violation.of(variant, seed, story))
                .orElseGet(() -> violation(seed, shrunk, recorded.size()));
    }

    /** Told by everything that happened, where there is no shorter story. */
    private Violation violation(long seed, List<Answer> shrunk, int recorded) {
        var timeline = new ArrayList<String>();
        Outcome outcome = variant.subject().run(new ReplayedChoices(shrunk), timeline::add);
        return new Violation(
                variant, property, seed, explanation(outcome), shrunk, recorded, timeline, "");
    }

    private boolean isViolated(List<Answer> answers) {
        return !stopped.getAsBoolean()
                && variant.subject().run(new ReplayedChoices(answers), null).violates(property);
    }

    private String explanation(Outcome outcome) {
        return outcome.properties().stream()
                .filter(judged -> judged.id().equals(property))
                .map(PropertyOutcome::explanation)
                .findFirst()
                .orElse("");
    }
}
