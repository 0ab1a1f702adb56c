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

    /**
     * The answer to a question of which comes next: an index into what there is, calmly zero.
     *
     * <p>Who does not look at the alternatives answers by number, counted round.
     */
    default int pick(Choice choice, long count, Alternatives among) {
        return (int) (answer(choice, count) % among.size());
    }

    /**
     * Whether it is to be asked for the order in which messages arrive, message by message.
     * Otherwise the order follows from their latencies, which are asked in any case; that is
     * quicker, and reaches only orders that latencies explain.
     */
    default boolean ordersDeliveries() {
        return false;
    }
}
