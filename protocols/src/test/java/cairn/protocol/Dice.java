package cairn.protocol;

import cairn.model.NodeId;
import cairn.model.choice.Mix;

import java.util.List;
import java.util.Random;

/** What a seed decides of a drawn run. */
public final class Dice {

    private final long seed;
    private final Random random;

    public Dice(long seed) {
        this.seed = seed;
        random = new Random(seed * 0x9E3779B97F4A7C15L);
    }

    /** Dice of the same seed for something by itself: they change nothing of what these draw. */
    public Dice aside(String what) {
        return new Dice(Mix.mix(seed ^ what.hashCode()));
    }

    public int from(int least, int most) {
        return least + random.nextInt(most - least + 1);
    }

    public boolean oneIn(int times) {
        return random.nextInt(times) == 0;
    }

    public <T> T among(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    @SafeVarargs
    public final <T> T of(T... choices) {
        return choices[random.nextInt(choices.length)];
    }

    public NodeId node(int count) {
        return new NodeId(random.nextInt(count));
    }

    public double share() {
        return random.nextDouble();
    }

    /** As often between 10 us and 100 us as between 1 ms and 10 ms. */
    public long nanos(long least, long most) {
        double exponent = Math.log((double) least) + share() * Math.log((double) most / least);
        return Math.round(Math.exp(exponent));
    }
}
