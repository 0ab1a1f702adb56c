package cairn.fault;

import cairn.model.choice.Alternatives;
import cairn.model.choice.Choice;
import cairn.model.choice.Choices;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Passes questions on, and keeps the answers that were not calm; text is made only when somebody
 * asks for it.
 */
public final class RecordingChoices implements Choices {

    private final Choices answering;
    private Choice[] asked = new Choice[1024];
    private long[] counts = new long[1024];
    private long[] values = new long[1024];
    private int size;

    public RecordingChoices(Choices answering) {
        this.answering = answering;
    }

    @Override
    public long answer(Choice choice, long count) {
        long value = answering.answer(choice, count);
        if (value != choice.law().calm()) {
            record(choice, count, value);
        }
        return value;
    }

    @Override
    public int pick(Choice choice, long count, Alternatives among) {
        int index = answering.pick(choice, count, among);
        if (index != 0) {
            record(choice, count, index);
        }
        return index;
    }

    @Override
    public boolean ordersDeliveries() {
        return answering.ordersDeliveries();
    }

    private void record(Choice choice, long count, long value) {
        if (size == asked.length) {
            asked = Arrays.copyOf(asked, 2 * size);
            counts = Arrays.copyOf(counts, 2 * size);
            values = Arrays.copyOf(values, 2 * size);
        }
        asked[size] = choice;
        counts[size] = count;
        values[size] = value;
        size++;
    }

    /**
     * The answers that were not calm, in the order in which they were given; behind them a calm one
     * about the order of arrival, if that was asked for and none of the others says so.
     */
    public List<Answer> answers() {
        List<Answer> answers = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            answers.add(new Answer(asked[i].name(), counts[i], values[i]));
        }
        if (ordersDeliveries() && answers.stream().noneMatch(Deliveries::isAbout)) {
            answers.add(Deliveries.ASKED);
        }
        return answers;
    }

    /** The calm value of each choice of which an answer was kept, by its name. */
    public SortedMap<String, Long> calm() {
        SortedMap<String, Long> calm = new TreeMap<>();
        for (int i = 0; i < size; i++) {
            calm.put(asked[i].name(), asked[i].law().calm());
        }
        return calm;
    }
}
