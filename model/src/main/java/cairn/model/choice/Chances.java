package cairn.model.choice;

import java.util.ArrayList;
import java.util.List;

/**
 * Yes-or-no questions that come and go, as the faults do that they belong to. Each is made once, so
 * that it goes on to be counted when the same fault comes back.
 */
public final class Chances {

    private final Choices choices;
    private final List<Choice> made = new ArrayList<>(1);

    /** None yet. */
    public Chances(Choices choices) {
        this.choices = choices;
    }

    /**
     * The question of a name, which has one probability: where others may follow, the name says
     * which it is, as in "loss 0.1 n1>n2".
     */
    public Choice of(String name, double probability) {
        for (Choice choice : made) {
            if (choice.name().equals(name)) {
                return choice;
            }
        }
        Choice choice = new Choice(name, new Law.Chance(probability), choices);
        made.add(choice);
        return choice;
    }
}
