package cairn.verification;

import cairn.fault.Answer;
import cairn.fault.RecordingChoices;
import cairn.fault.Shrinker;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

/** From a run that breaks a property to the story of the fewest answers that do. */
public final class Storyteller {

    /**
     * So many kernel events are spent on one story: minutes. Of a run of usual length that is all
     * the runs that shrinking may take; one that goes round in circles is told nearly as it is.
     */
    private static final long MOST_EVENTS = 200_000_000;

    /** A run of more is not tried at other times, which takes hundreds of runs. */
    private static final long LONG_EVENTS = MOST_EVENTS / 100;

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
        Examined again = runs.replay(recorded, null);
        if (!again.breaks(property)) {
            throw new IllegalArgumentException(notBroken(recorded, property));
        }
        Predicate<List<Answer>> breaks = breaking(property);
        if (again.events() > LONG_EVENTS) {
            return told(shrunk(recorded, calm, breaks), recorded, property);
        }
        Retiming retiming = new Retiming(runs, calm, breaks);
        List<Answer> fewest = shrunk(retiming.of(recorded).orElse(recorded), calm, breaks);
        // Of many faults only the last were tried at other times; of those that are left, all.
        Optional<List<Answer>> fewer =
                retiming.of(fewest).filter(found -> found.size() < fewest.size());
        return told(
                fewer.map(found -> shrunk(found, calm, breaks)).orElse(fewest), recorded, property);
    }

    /** Whether answers break a property; no longer asked when it was told to stop. */
    private Predicate<List<Answer>> breaking(String property) {
        AtomicLong events = new AtomicLong();
        return answers -> {
            if (stopped.getAsBoolean() || events.get() >= MOST_EVENTS) {
                return false;
            }
            Examined examined = runs.replay(answers, null);
            events.addAndGet(examined.events());
            return examined.breaks(property);
        };
    }

    private List<Answer> shrunk(
            List<Answer> begin, Map<String, Long> calm, Predicate<List<Answer>> breaks) {
        Shrinker shrinker =
                new Shrinker(
                        answers -> answers.equals(begin) || breaks.test(answers),
                        calm,
                        mostRuns,
                        (_, _) -> {});
        return shrinker.shrink(begin);
    }

    private Story told(List<Answer> answers, List<Answer> recorded, String property) {
        return asTheyAre(runs, answers, recorded.size(), property);
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
                        .orElseThrow(
                                () -> new IllegalArgumentException(notBroken(answers, property)));
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

    private static String notBroken(List<Answer> answers, String property) {
        return property
                + " is not violated by these "
                + answers.size()
                + " answers: they are of another protocol or scenario, or the run is no function of"
                + " its answers";
    }
}
