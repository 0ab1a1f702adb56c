package cairn.fault.strategy;

import cairn.model.choice.Choices;

import java.util.List;
import java.util.function.LongFunction;

/** Runs under one seed after another, each on its own. */
public final class Sampling implements Strategy {

    private final String what;
    private final LongFunction<? extends Choices> drawn;
    private final long firstSeed;
    private final Shard shard;
    private final Numbers numbers = new Numbers();

    /**
     * Samples that go on without end.
     *
     * @param what is sampled, in words
     * @param drawn the choices of a seed
     */
    public Sampling(
            String what, LongFunction<? extends Choices> drawn, long firstSeed, Shard shard) {
        this.what = what;
        this.drawn = drawn;
        this.firstSeed = firstSeed;
        this.shard = shard;
    }

    @Override
    public Attempt next() {
        long number = numbers.take();
        return Attempt.of(number, drawn.apply(firstSeed + shard.global(number)));
    }

    @Override
    public void learn(Attempt attempt, Feedback feedback) {
        numbers.done(attempt.number());
    }

    @Override
    public List<String> position() {
        return List.of(numbers.position());
    }

    @Override
    public void resume(List<String> position) {
        numbers.resume(position.getFirst());
    }

    @Override
    public boolean isExhausted() {
        return false;
    }

    @Override
    public String scope() {
        return numbers.taken() + " samples of " + what;
    }
}
