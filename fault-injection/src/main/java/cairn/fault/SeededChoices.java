package cairn.fault;

import cairn.model.choice.Choice;
import cairn.model.choice.Choices;
import cairn.model.choice.Mix;

/**
 * Answers computed from (seed, name, count), not drawn in sequence: adding a choice moves no other
 * answer, and two variants of a protocol under one seed meet the same failures at the same times.
 */
public final class SeededChoices implements Choices {

    private final long seed;

    public SeededChoices(long seed) {
        this.seed = Mix.mix(seed + Mix.GOLDEN);
    }

    @Override
    public long answer(Choice choice, long count) {
        return choice.law().at(Mix.mix((seed ^ choice.key()) + count * Mix.GOLDEN));
    }
}
