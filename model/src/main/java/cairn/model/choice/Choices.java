package cairn.model.choice;

/**
 * Answers whatever is not determined in a run: which message arrives next, how long it takes, what
 * fails and when, what a client asks, a node's own dice. Nothing else in a run may vary, so a run
 * is a function of its answers, and exchanging the implementation turns one simulator into a random
 * tester, a replayer, a shrinker or a searcher.
 */
public interface Choices {

    /**
     * The answer to the next question of a choice, inside the choice's law.
     *
     * <p>Called by {@link Choice#ask()} on the hot path: it must not allocate. {@code count} says
     * how often the same choice was asked before, from zero.
     */
    long answer(Choice choice, long count);
}
