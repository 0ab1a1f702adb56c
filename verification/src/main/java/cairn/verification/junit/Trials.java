package cairn.verification.junit;

import cairn.fault.Answer;
import cairn.fault.SeededChoices;
import cairn.fault.strategy.PartialOrderChoices;
import cairn.fault.strategy.PrioritisedChoices;
import cairn.fault.strategy.SwarmChoices;
import cairn.model.Message;
import cairn.model.choice.Choices;
import cairn.model.property.Properties;
import cairn.simulator.Scenario;
import cairn.verification.Runs;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Shrinkable;
import net.jqwik.api.ShrinkingDistance;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/**
 * Runs of a scenario as an arbitrary of jqwik: seeded, as swarms, and by order of arrival in turn.
 * One that fails is shrunk by jqwik, which makes answers calm: halves of them, and at last single
 * ones, as long as the same property is violated.
 */
public final class Trials {

    private static final int DEPTH = 3;
    private static final int STEPS = 500;

    private Trials() {}

    /** The runs of a scenario, judged by all properties that apply to it. */
    public static <M extends Message> Arbitrary<Trial> of(Scenario<M> scenario) {
        return of(Runs.of(scenario, Properties.all()));
    }

    /** Runs that are judged as they say. */
    public static Arbitrary<Trial> of(Runs runs) {
        return Arbitraries.fromGenerator(random -> drawn(runs, random));
    }

    private static Shrinkable<Trial> drawn(Runs runs, Random random) {
        long seed = random.nextLong();
        int strategy = random.nextInt(4);
        return new Drawn(new Trial(runs, () -> choices(strategy, seed), new Trial.Shrinking()));
    }

    private static Choices choices(int strategy, long seed) {
        return switch (strategy) {
            case 0 -> new SeededChoices(seed);
            case 1 -> new SwarmChoices(seed);
            case 2 -> new PartialOrderChoices(seed);
            default -> new PrioritisedChoices(seed, DEPTH, STEPS);
        };
    }

    /** A trial that jqwik may shrink: fewer answers are nearer. */
    private static final class Drawn implements Shrinkable<Trial> {
        private final Trial trial;

        Drawn(Trial trial) {
            this.trial = trial;
        }

        @Override
        public Trial value() {
            return trial;
        }

        @Override
        public Stream<Shrinkable<Trial>> shrink() {
            List<Answer> answers = trial.answers();
            Stream.Builder<List<Answer>> fewer = Stream.builder();
            for (int chunk = answers.size(); chunk > 0; chunk /= 2) {
                for (int end = answers.size(); end > 0; end -= chunk) {
                    List<Answer> left =
                            new ArrayList<>(answers.subList(0, Math.max(0, end - chunk)));
                    left.addAll(answers.subList(end, answers.size()));
                    fewer.add(left);
                }
            }
            return fewer.build().map(left -> new Drawn(trial.with(left)));
        }

        @Override
        public ShrinkingDistance distance() {
            return ShrinkingDistance.of(trial.answers().size());
        }
    }
}
