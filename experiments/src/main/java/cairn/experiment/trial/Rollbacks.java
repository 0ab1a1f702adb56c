package cairn.experiment.trial;

import cairn.model.Activity;
import cairn.model.Epoch;
import cairn.model.Fact;

import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;

/** How often the ranks of a computation went back to a line, and over how many checkpoints. */
final class Rollbacks {

    private final List<NavigableSet<Epoch>> complete = new ArrayList<>();
    private boolean ran;
    private long count;
    private long deepest;

    Rollbacks(int processes) {
        for (int i = 0; i < processes; i++) {
            complete.add(new TreeSet<>());
        }
    }

    void doing(Activity activity) {
        ran |= activity == Activity.USEFUL;
    }

    void sealed(Fact.Sealed sealed) {
        complete.get(sealed.process()).add(sealed.epoch());
    }

    void discarded(Fact.Discarded discarded) {
        complete.get(discarded.process()).remove(discarded.epoch());
    }

    /** The first line is where ranks begin; each later one is where they go back to. */
    void line(List<Epoch> epochs) {
        if (!ran) {
            return;
        }
        count++;
        for (int process = 0; process < epochs.size(); process++) {
            NavigableSet<Epoch> passedOver =
                    complete.get(process).tailSet(epochs.get(process), false);
            deepest = Math.max(deepest, passedOver.size());
            passedOver.clear();
        }
    }

    long count() {
        return count;
    }

    long deepest() {
        return deepest;
    }
}
