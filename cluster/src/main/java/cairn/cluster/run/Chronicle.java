package cairn.cluster.run;

import cairn.model.Observation;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;

/**
 * What was observed, wherever it was. All times are by one clock, so that their order is one in
 * which causes come before effects.
 */
final class Chronicle {

    private final List<Observation> all = new ArrayList<>();
    private final Consumer<Observation> listener;

    /** A chronicle that tells each observation when it is known, which is not in their order. */
    Chronicle(Consumer<Observation> listener) {
        this.listener = listener;
    }

    void add(Observation observation) {
        synchronized (all) {
            all.add(observation);
        }
        listener.accept(observation);
    }

    /** All that is known, in the order of time; of one instant, in the order of their coming. */
    List<Observation> inOrder() {
        synchronized (all) {
            List<Observation> sorted = new ArrayList<>(all);
            sorted.sort(Comparator.comparingLong(Observation::at));
            return sorted;
        }
    }
}
