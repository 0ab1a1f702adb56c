package cairn.fault.strategy;

import cairn.model.choice.Mix;

import java.util.List;

/**
 * Probabilistic concurrency testing: runs of {@link PrioritisedChoices} for bugs of depth one to
 * four in turn, with as many steps as the longest run so far had.
 */
public final class Prioritised implements Strategy {

    private static final int DEEPEST = 4;

    private final long firstSeed;
    private final Shard shard;
    private final Numbers numbers = new Numbers();
    private long steps = 64;

    public Prioritised(long firstSeed, Shard shard) {
        this.firstSeed = firstSeed;
        this.shard = shard;
    }

    @Override
    public Attempt next() {
        long number = numbers.take();
        long seed = firstSeed + shard.global(number);
        int depth = 1 + (int) Long.remainderUnsigned(Mix.mix(seed), DEEPEST);
        return Attempt.of(number, new PrioritisedChoices(seed, depth, steps));
    }

    @Override
    public void learn(Attempt attempt, Feedback feedback) {
        numbers.done(attempt.number());
        if (attempt.choices() instanceof PrioritisedChoices choices) {
            steps = Math.max(steps, choices.picks());
        }
    }

    @Override
    public List<String> position() {
        return List.of(numbers.position(), String.valueOf(steps));
    }

    @Override
    public void resume(List<String> position) {
        numbers.resume(position.getFirst());
        steps = Long.parseLong(position.getLast());
    }

    @Override
    public boolean isExhausted() {
        return false;
    }

    @Override
    public String scope() {
        return numbers.taken()
                + " prioritised orders, up to depth "
                + DEEPEST
                + ", of up to "
                + steps
                + " arrivals";
    }
}
