package cairn.simulator.disk;

import cairn.model.choice.Choice;
import cairn.model.choice.Choices;
import cairn.model.choice.Law;

import java.util.ArrayList;
import java.util.List;

/**
 * Asks whether an operation ends in an I/O error: by the disk's own probability, and by that of
 * each fault that lasts. Calmly none does.
 *
 * <p>The question of a fault has the probability in its name, "disk error 0.1 n1", so that each
 * name has one law, and goes on to be counted when the same fault comes back.
 */
final class Errors {

    private final String disk;
    private final Choices choices;
    private final List<Choice> made = new ArrayList<>();
    private final List<Choice> causes = new ArrayList<>();
    private long struck;

    /**
     * @param own the probability that goes with the disk; zero is not asked about
     */
    Errors(String disk, double own, Choices choices) {
        this.disk = disk;
        this.choices = choices;
        if (own > 0) {
            causes.add(new Choice("disk error " + disk, new Law.Chance(own), choices));
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
        String name = "disk error " + probability + " " + disk;
        for (Choice choice : made) {
            if (choice.name().equals(name)) {
                return choice;
            }
        }
        Choice choice = new Choice(name, new Law.Chance(probability), choices);
        made.add(choice);
        return choice;
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
