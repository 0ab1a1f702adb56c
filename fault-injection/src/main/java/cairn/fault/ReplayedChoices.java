package cairn.fault;

import cairn.model.choice.Choice;
import cairn.model.choice.Choices;
import cairn.model.choice.Mix;

import java.util.List;

/**
 * Gives recorded answers again, and the calm one where nothing was recorded. An answer that the law
 * no longer allows, because the experiment was changed since, counts as not recorded.
 */
public final class ReplayedChoices implements Choices {

    private final long[] keys;
    private final long[] counts;
    private final long[] values;
    private final boolean[] used;
    private final int mask;
    private final boolean ordersDeliveries;

    public ReplayedChoices(List<Answer> answers) {
        int capacity = Integer.highestOneBit(Math.max(8, answers.size() * 4));
        keys = new long[capacity];
        counts = new long[capacity];
        values = new long[capacity];
        used = new boolean[capacity];
        mask = capacity - 1;
        ordersDeliveries = answers.stream().anyMatch(Deliveries::isAbout);
        for (Answer answer : answers) {
            int slot = slot(Mix.text(answer.choice()), answer.count());
            keys[slot] = Mix.text(answer.choice());
            counts[slot] = answer.count();
            values[slot] = answer.value();
            used[slot] = true;
        }
    }

    @Override
    public long answer(Choice choice, long count) {
        int slot = slot(choice.key(), count);
        return used[slot] && choice.law().allows(values[slot]) ? values[slot] : choice.law().calm();
    }

    /** Whether any of the recorded answers is about the order of arrival. */
    @Override
    public boolean ordersDeliveries() {
        return ordersDeliveries;
    }

    /** Where a question's answer is, or would be. */
    private int slot(long key, long count) {
        int slot = (int) Mix.fold(key, count) & mask;
        while (used[slot] && (keys[slot] != key || counts[slot] != count)) {
            slot = (slot + 1) & mask;
        }
        return slot;
    }
}
