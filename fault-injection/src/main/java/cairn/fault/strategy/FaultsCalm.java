package cairn.fault.strategy;

import cairn.fault.SeededChoices;
import cairn.model.choice.Choice;
import cairn.model.choice.Choices;
import cairn.model.choice.Law;

/** Everything as under a seed, but no fault strikes, and of what a fault takes nothing survives. */
final class FaultsCalm implements Choices {

    private final SeededChoices seeded;

    FaultsCalm(long seed) {
        seeded = new SeededChoices(seed);
    }

    @Override
    public long answer(Choice choice, long count) {
        Law law = choice.law();
        return law instanceof Law.Occurs || law instanceof Law.Survives
                ? law.calm()
                : seeded.answer(choice, count);
    }
}
