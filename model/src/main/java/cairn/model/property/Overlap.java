package cairn.model.property;

import cairn.model.Activity;
import cairn.model.Fact;
import cairn.model.Observation;

import java.util.TreeSet;

/**
 * The processes that have failed and not recovered: one has recovered when it claims to do useful
 * work again. A promise may say how many there may be.
 */
final class Overlap {

    private final Declaration declaration;
    private final TreeSet<Integer> failed = new TreeSet<>();
    private String exceeded = "";

    Overlap(Declaration declaration) {
        this.declaration = declaration;
    }

    void on(Observation observation) {
        if (observation instanceof Observation.Ended ended && !declaration.isClient(ended.node())) {
            failed.add(ended.node().index());
            if (failed.size() > declaration.promise().overlapping() && exceeded.isEmpty()) {
                exceeded =
                        Words.say(
                                "%d processes had failed and not recovered %s, and the promise"
                                        + " covers %d",
                                failed.size(),
                                Words.at(ended.at()),
                                declaration.promise().overlapping());
            }
        } else if (observation instanceof Observation.Claimed claimed
                && claimed.fact() instanceof Fact.Doing(int _, Activity activity)
                && activity == Activity.USEFUL) {
            failed.remove(claimed.node().index());
        }
    }

    /** Why nothing that was promised is owed any longer; empty as long as it is. */
    String exceeded() {
        return exceeded;
    }
}
