package cairn.fault.strategy;

import cairn.model.choice.Choice;
import cairn.model.choice.Choices;
import cairn.model.choice.Law;
import cairn.model.choice.Mix;

/**
 * Swarm testing (Groce et al., ISSTA 2012): the seed first draws which faults and risks there are
 * in this run at all, how frequent each is, and which amounts are large or small throughout; then
 * it answers. A run in which everything may happen a little meets few of the runs in which one
 * thing happens a lot and another never.
 */
public final class SwarmChoices implements Choices {

    private static final long FEATURE = 0x5DEECE66DL;

    private final long seed;
    private final long features;

    /** The run of a seed. */
    public SwarmChoices(long seed) {
        this.seed = Mix.mix(seed + Mix.GOLDEN);
        this.features = Mix.mix(this.seed ^ FEATURE);
    }

    @Override
    public long answer(Choice choice, long count) {
        long bits = Mix.mix((seed ^ choice.key()) + count * Mix.GOLDEN);
        long feature = Mix.mix(features ^ choice.key());
        return answer(choice.law(), feature, bits);
    }

    private static long answer(Law law, long feature, long bits) {
        return switch (law) {
            case Law.Survives(Law of) -> answer(of, feature, bits);
            case Law.Occurs(Law after) -> isOn(feature) ? gap(after, feature, bits) : law.calm();
            case Law.Chance(double probability) ->
                    isOn(feature) ? hit(probability, feature, bits) : 0;
            case Law _ -> leaning(law, feature, bits);
        };
    }

    /** Half of all features are on. */
    private static boolean isOn(long feature) {
        return (feature & 1) == 0;
    }

    /** Up to eight times as frequent, or as rare. */
    private static long gap(Law after, long feature, long bits) {
        long gap = after.at(bits);
        int doublings = (int) (feature >>> 8 & 7) - 4;
        long scaled = doublings < 0 ? gap >> -doublings : saturated(gap, doublings);
        return after.allows(scaled) ? scaled : gap;
    }

    private static long saturated(long gap, int doublings) {
        return gap > (Long.MAX_VALUE - 1) >> doublings ? gap : gap << doublings;
    }

    /** As likely as the law says, or up to eight times as rare, or up to eight times as likely. */
    private static long hit(double probability, long feature, long bits) {
        int doublings = (int) (feature >>> 8 & 7) - 3;
        double scaled =
                doublings < 0 ? probability / (1 << -doublings) : probability * (1 << doublings);
        return Law.fraction(bits) < Math.min(scaled, (1 + probability) / 2) ? 1 : 0;
    }

    /** One feature in four leans to large amounts, one to small ones: the extreme of four draws. */
    private static long leaning(Law law, long feature, long bits) {
        int lean = (int) (feature & 3);
        long answer = law.at(bits);
        if (lean > 1) {
            return answer;
        }
        for (int i = 1; i < 4; i++) {
            long other = law.at(Mix.mix(bits + i));
            answer = lean == 0 ? Math.max(answer, other) : Math.min(answer, other);
        }
        return answer;
    }

    /** In half of all runs the order of arrivals is free of latencies. */
    @Override
    public boolean ordersDeliveries() {
        return (features & 1) == 0;
    }
}
