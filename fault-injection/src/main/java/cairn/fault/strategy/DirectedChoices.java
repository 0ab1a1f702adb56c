package cairn.fault.strategy;

import cairn.model.Observation;
import cairn.model.Observer;
import cairn.model.choice.Alternatives;
import cairn.model.choice.Choice;
import cairn.model.choice.Choices;
import cairn.model.choice.Law;
import cairn.model.choice.Mix;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/**
 * Follows orders where there are some, asks others elsewhere, and keeps the questions that a search
 * goes on from: when faults strike, and what survives one in the instant in which it strikes.
 */
final class DirectedChoices implements Choices, Observer {

    /** More are not kept; a run that is asked so much has enough to go on from. */
    private static final int MOST_KEPT = 2_000;

    private final Choices others;
    private final List<Order> orders;
    private final long[] keys;
    private final boolean ordersDeliveries;
    private final List<Question> kept = new ArrayList<>();
    private long ordered;
    private long now;
    private long struckAt = -1;

    DirectedChoices(Choices others, List<Order> orders, boolean ordersDeliveries) {
        this.others = others;
        this.orders = List.copyOf(orders);
        this.ordersDeliveries = ordersDeliveries;
        this.keys = new long[orders.size()];
        for (int i = 0; i < keys.length; i++) {
            keys[i] = Mix.text(orders.get(i).choice());
            ordered |= 1L << keys[i];
        }
    }

    @Override
    public void on(Observation observation) {
        now = observation.at();
        switch (observation) {
            case Observation.Struck struck -> struckAt = struck.at();
            // What a process loses by a fault is asked after its end was seen.
            case Observation.Ended _ -> {}
            case Observation.Booted _,
                    Observation.Claimed _,
                    Observation.Invoked _,
                    Observation.Answered _,
                    Observation.Released _,
                    Observation.Accessed _,
                    Observation.Healed _ ->
                    struckAt = -1;
        }
    }

    @Override
    public long answer(Choice choice, long count) {
        long answer = directed(choice, count);
        if (isKept(choice)) {
            kept.add(new Question(choice.name(), count, choice.law(), answer, now));
        }
        return answer;
    }

    private long directed(Choice choice, long count) {
        Order order = order(choice, count);
        if (order != null) {
            long value = order.kind() == Order.Kind.AT ? order.value() - now : order.value();
            if (choice.law().allows(value)) {
                return value;
            }
        }
        return others.answer(choice, count);
    }

    private @Nullable Order order(Choice choice, long count) {
        if ((ordered >>> choice.key() & 1) == 0) {
            return null;
        }
        for (int i = 0; i < keys.length; i++) {
            if (keys[i] == choice.key() && orders.get(i).count() == count) {
                return orders.get(i);
            }
        }
        return null;
    }

    private boolean isKept(Choice choice) {
        return kept.size() < MOST_KEPT
                && (choice.law() instanceof Law.Occurs
                        || (struckAt == now && choice.law() instanceof Law.Survives));
    }

    @Override
    public int pick(Choice choice, long count, Alternatives among) {
        Order order = order(choice, count);
        return order == null
                ? others.pick(choice, count, among)
                : (int) (order.value() % among.size());
    }

    @Override
    public boolean ordersDeliveries() {
        return ordersDeliveries;
    }

    List<Order> orders() {
        return orders;
    }

    /** The questions about faults, each with its answer. */
    List<Question> faults() {
        return kept.stream().filter(Question::isFault).toList();
    }

    /** The questions about what survived the faults, each with its answer. */
    List<Question> survivals() {
        return kept.stream().filter(question -> !question.isFault()).toList();
    }
}
