package cairn.fault.strategy;

import cairn.model.choice.Mix;

/**
 * Probabilistic concurrency testing: runs of {@link PrioritisedChoices} for bugs of depth one to
 * four in turn, with as many steps as the longest run so far had.
 */
public final class Prioritised implements Strategy {

    private static final int DEEPEST = 4;

    private final long firstSeed;
    private final Shard shard;
    private long proposed;
    private long steps = 64;

    public Prioritised(long firstSeed, Shard shard) {
        this.firstSeed = firstSeed;
        this.shard = shard;
    }

    @Override
    public Attempt next() {
        long number = proposed++;
        long seed = firstSeed + shard.global(number);
        int depth = 1 + (int) Long.remainderUnsigned(Mix.mix(seed), DEEPEST);
        return Attempt.of(number, new PrioritisedChoices(seed, depth, steps));
    }

    @Override
    public void learn(Attempt attempt, Feedback feedback) {
        if (attempt.choices() instanceof PrioritisedChoices choices) {
            steps = Math.max(steps, choices.picks());
        }
    }

    @Override
    public boolean isExhausted() {
        return false;
    }

    @Override
    public String scope() {
        return proposed
                + " prioritised orders, up to depth "
                + DEEPEST
                + ", of up to "
                + steps
                + " arrivals";
    }
}
