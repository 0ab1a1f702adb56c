package cairn.fault.strategy;

import cairn.fault.SeededChoices;
import cairn.model.choice.Alternatives;
import cairn.model.choice.Choice;
import cairn.model.choice.Choices;
import cairn.model.choice.Mix;

/**
 * Partial order sampling (Yuan et al., CAV 2018), of arrivals: each message under way has a random
 * priority, and the highest arrives next; those that race with it, to the same receiver, then draw
 * again. So all orders of messages that race are about equally likely, and it does not matter how
 * many messages go elsewhere meanwhile.
 *
 * <p>All that is not order is answered by the seed.
 */
public final class PartialOrderChoices implements Choices {

    private static final int MOST_SUBJECTS = 1 << 8;

    private final SeededChoices others;
    private final long seed;
    private final long[] arrived = new long[MOST_SUBJECTS];

    /** The run of a seed. */
    public PartialOrderChoices(long seed) {
        this.others = new SeededChoices(seed);
        this.seed = Mix.mix(seed ^ 0x905L);
    }

    @Override
    public long answer(Choice choice, long count) {
        return others.answer(choice, count);
    }

    @Override
    public int pick(Choice choice, long count, Alternatives among) {
        int best = 0;
        for (int i = 1; i < among.size(); i++) {
            if (Long.compareUnsigned(priority(choice, among, i), priority(choice, among, best))
                    > 0) {
                best = i;
            }
        }
        arrived[place(choice, among, best)]++;
        return best;
    }

    /** Drawn anew with each arrival at the same receiver. */
    private long priority(Choice choice, Alternatives among, int index) {
        long message =
                Mix.fold(Mix.fold(seed ^ choice.key(), among.stream(index)), among.number(index));
        return Mix.fold(message, arrived[place(choice, among, index)]);
    }

    private static int place(Choice choice, Alternatives among, int index) {
        return (int) (choice.key() + among.subject(index) & (MOST_SUBJECTS - 1));
    }

    @Override
    public boolean ordersDeliveries() {
        return true;
    }
}
