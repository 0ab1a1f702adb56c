package cairn.fault.strategy;

import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * A search through the runs of one scenario.
 *
 * <p>It proposes attempts and is told what came of each. Several attempts may be under way at once,
 * but calls come one at a time. What it proposes is a function of its seed and of what it was told,
 * in the order in which it was told.
 */
public interface Strategy {

    /**
     * What to try next; {@code null} if nothing is left, or if it depends on attempts that are
     * still under way.
     */
    @Nullable Attempt next();

    /** Takes in what came of an attempt that it proposed. */
    void learn(Attempt attempt, Feedback feedback);

    /** Whether all that it set out to try was tried; one that samples never is. */
    boolean isExhausted();

    /**
     * How far it is, as lines of text: enough for another one, begun alike, to try the rest. What
     * is under way counts as not tried.
     */
    List<String> position();

    /**
     * Goes on where another one was; called before anything else.
     *
     * @throws IllegalArgumentException if that is no position of a strategy like this one
     */
    void resume(List<String> position);

    /** What was tried so far, and of what scope: "all orders of the first 6 arrivals". */
    String scope();
}
