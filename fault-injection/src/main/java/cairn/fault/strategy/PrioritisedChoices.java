package cairn.fault.strategy;

import cairn.fault.SeededChoices;
import cairn.model.choice.Alternatives;
import cairn.model.choice.Choice;
import cairn.model.choice.Choices;
import cairn.model.choice.Mix;

import java.util.Arrays;

/**
 * Probabilistic concurrency testing (Burckhardt et al., ASPLOS 2010), of arrivals: each stream has
 * a priority, and the message of the highest one arrives next. At {@code depth - 1} steps, drawn at
 * random, the stream that would be next falls below all others. A bug that needs {@code depth}
 * ordered arrivals is found with a probability of at least 1 / (n k^(depth - 1)) in a run of n
 * streams and k arrivals, however many interleavings there are.
 *
 * <p>All that is not order is answered by the seed.
 */
public final class PrioritisedChoices implements Choices {

    /** Streams are few; should two share a place, they fall together. */
    private static final int MOST_STREAMS = 1 << 10;

    private final SeededChoices others;
    private final long seed;
    private final long[] changes;
    private final int[] fallen = new int[MOST_STREAMS];
    private int falls;
    private long picks;

    /**
     * The run of a seed.
     *
     * @param depth of the bug that is looked for: how many arrivals it takes, in their order
     * @param steps about how many picks a run has; the changes are drawn among them
     */
    public PrioritisedChoices(long seed, int depth, long steps) {
        if (depth < 1 || steps < 1) {
            throw new IllegalArgumentException(
                    "a bug has a depth and a run has steps: " + depth + ", " + steps);
        }
        this.others = new SeededChoices(seed);
        this.seed = Mix.mix(seed ^ 0x9C7L);
        this.changes = new long[depth - 1];
        for (int i = 0; i < changes.length; i++) {
            changes[i] = Math.unsignedMultiplyHigh(Mix.fold(this.seed, i), steps);
        }
        Arrays.sort(changes);
    }

    @Override
    public long answer(Choice choice, long count) {
        return others.answer(choice, count);
    }

    @Override
    public int pick(Choice choice, long count, Alternatives among) {
        int next = highest(choice, among);
        while (falls < changes.length && changes[falls] <= picks) {
            fallen[place(choice, among, next)] = ++falls;
            next = highest(choice, among);
        }
        picks++;
        return next;
    }

    private int highest(Choice choice, Alternatives among) {
        int best = 0;
        for (int i = 1; i < among.size(); i++) {
            if (priority(choice, among, i) > priority(choice, among, best)) {
                best = i;
            }
        }
        return best;
    }

    /** Above zero for those that never fell; the one that fell last is the lowest. */
    private long priority(Choice choice, Alternatives among, int index) {
        int fall = fallen[place(choice, among, index)];
        return fall > 0 ? -fall : Mix.fold(seed ^ choice.key(), among.stream(index)) >>> 1;
    }

    private static int place(Choice choice, Alternatives among, int index) {
        return (int) (Mix.fold(choice.key(), among.stream(index)) & (MOST_STREAMS - 1));
    }

    /** How many picks there were. */
    public long picks() {
        return picks;
    }

    @Override
    public boolean ordersDeliveries() {
        return true;
    }
}
