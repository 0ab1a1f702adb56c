package cairn.simulator.disk;

import cairn.model.choice.Chances;
import cairn.model.choice.Choice;
import cairn.model.choice.Choices;

import java.util.ArrayList;
import java.util.List;

/**
 * Asks whether an operation ends in an I/O error: by the disk's own probability, and by that of
 * each fault that lasts. Calmly none does.
 *
 * <p>The question of a fault has the probability in its name, "disk error 0.1 n1", so that each
 * name has one law.
 */
final class Errors {

    private final String disk;
    private final Chances chances;
    private final List<Choice> causes = new ArrayList<>();
    private long struck;

    /**
     * @param own the probability that goes with the disk; zero is not asked about
     */
    Errors(String disk, double own, Choices choices) {
        this.disk = disk;
        chances = new Chances(choices);
        if (own > 0) {
            causes.add(chances.of("disk error " + disk, own));
        }
    }

    /** A fault begins; as often as it began, it must end. */
    void begin(double probability) {
        causes.add(ofFault(probability));
    }

    /** A fault of this probability ends. */
    void end(double probability) {
        if (!causes.remove(ofFault(probability))) {
            throw new IllegalStateException("a fault of the disk ended that had not begun");
        }
    }

    /** How many operations failed so far. */
    long struck() {
        return struck;
    }

    private Choice ofFault(double probability) {
        return chances.of("disk error " + probability + " " + disk, probability);
    }

    /** Whether this operation fails. Every cause is asked, whatever the others answer. */
    boolean strike() {
        boolean fails = false;
        for (Choice cause : causes) {
            fails |= cause.happens();
        }
        struck += fails ? 1 : 0;
        return fails;
    }
}
