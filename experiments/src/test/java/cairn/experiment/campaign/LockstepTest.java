package cairn.experiment.campaign;

import static org.junit.jupiter.api.Assertions.assertEquals;

import cairn.experiment.campaign.Lockstep.Comparison;
import cairn.experiment.toy.Toy;
import cairn.experiment.trial.Outcome;
import cairn.experiment.trial.Subject;
import cairn.fault.SeededChoices;
import cairn.model.choice.Choices;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

class LockstepTest {

    private static final Subject TOY = Toy.experiment(Toy.FORGETS).variants().getFirst().subject();

    @Test
    void aRunIsTheSameTwice() {
        Comparison comparison = new Lockstep(TOY, () -> new SeededChoices(3)).compare();
        assertEquals(List.of(), comparison.difference());
        assertEquals(
                TOY.run(new SeededChoices(3), null).digest(),
                comparison.outcome().orElseThrow().digest());
    }

    @Test
    void theFirstEventThatDiffersIsNamed() {
        Comparison comparison = new Lockstep(new Leaky(700), () -> new SeededChoices(3)).compare();
        assertEquals(700, comparison.events());
        assertEquals(
                List.of("hidden 1", "hidden 2"),
                comparison.difference().stream().sorted().toList());
    }

    @Test
    void aRunThatIsLongerThanTheOtherDiffersAtItsNextEvent() {
        Comparison comparison = new Lockstep(new Leaky(512), () -> new SeededChoices(3)).compare();
        assertEquals(512, comparison.events());
    }

    /** Tells the same for a while, and then something that its choices do not decide. */
    private static final class Leaky implements Subject {

        private final AtomicInteger runs = new AtomicInteger();
        private final int same;

        private Leaky(int same) {
            this.same = same;
        }

        @Override
        public String promise() {
            return "";
        }

        @Override
        public String faults() {
            return "";
        }

        @Override
        public Outcome run(Choices choices, @Nullable Consumer<String> timeline) {
            if (timeline != null) {
                for (int i = 0; i < same; i++) {
                    timeline.accept("event " + i);
                }
                timeline.accept("hidden " + runs.incrementAndGet());
            }
            return TOY.run(choices, null);
        }
    }
}
