package cairn.fault;

import cairn.model.choice.Choice;
import cairn.model.choice.Choices;

/** The run in which nothing remarkable happens. */
public final class CalmChoices implements Choices {

    @Override
    public long answer(Choice choice, long count) {
        return choice.law().calm();
    }
}
