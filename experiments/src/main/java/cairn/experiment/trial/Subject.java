package cairn.experiment.trial;

import cairn.fault.Answer;
import cairn.model.Observer;
import cairn.model.choice.Choices;
import cairn.simulator.Conductor;
import cairn.simulator.RunResult;
import cairn.verification.Runs;
import cairn.verification.Story;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What is put to the test: a protocol in a world, or a piece of emulated hardware. A run of it is a
 * function of the choices alone, so runs may take place on several threads at once.
 */
public interface Subject {

    /** What it promises, in a sentence. */
    String promise();

    /** What may go wrong in its runs, in a sentence. */
    String faults();

    /** What is ordered to go wrong in its runs, each by itself; empty for what orders nothing. */
    default List<OrderedFault> ordered() {
        return List.of();
    }

    /**
     * Runs it once.
     *
     * @param timeline is given one line of text for each event, in order; {@code null} if nobody
     *     wants to read them
     */
    Outcome run(Choices choices, @Nullable Consumer<String> timeline);

    /**
     * Runs it once under recorded answers: those of a search are also about faults that no run of
     * the experiment orders, but that it admits.
     */
    default Outcome replay(Choices choices, @Nullable Consumer<String> timeline) {
        return run(choices, timeline);
    }

    /**
     * Runs it once and draws what happened; empty for what has no machines to draw.
     *
     * @param recorded whether the choices are recorded answers, as for {@link #replay}
     */
    default Optional<DrawnRun> draw(Choices choices, boolean recorded) {
        return Optional.empty();
    }

    /**
     * The story of recorded answers that violate a property, none of them left out; empty for what
     * has no machines to tell of.
     *
     * @param recorded how many answers of the run in which it was found were not calm
     */
    default Optional<Story> story(List<Answer> answers, int recorded, String property) {
        return Optional.empty();
    }

    /** What theories of the checkpoint interval know of it; empty for what is to be measured. */
    default Optional<Renewal> renewal() {
        return Optional.empty();
    }

    /** The same on real processes; empty for what has none. */
    default Optional<LiveApplication<?>> live() {
        return Optional.empty();
    }

    /**
     * Runs it once with clients that ask what a conductor decides, and judges it by the properties
     * of these ids; throws {@link UnsupportedOperationException} if it has no clients.
     *
     * @param watching learn of everything that is observed
     */
    default RunResult conduct(
            Choices choices,
            Conductor conductor,
            List<String> properties,
            List<Observer> watching) {
        throw new UnsupportedOperationException("has no clients: " + promise());
    }

    /**
     * Its runs, for searches through them; throws {@link UnsupportedOperationException} if it has
     * no machines that could fail.
     */
    default Runs runs() {
        throw new UnsupportedOperationException("nothing to search: " + promise());
    }
}
