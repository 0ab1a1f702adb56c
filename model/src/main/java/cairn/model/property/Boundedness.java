package cairn.model.property;

import cairn.model.Epoch;
import cairn.model.Fact;
import cairn.model.Observation;

import java.util.EnumSet;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;

/**
 * BOUND: at most so many sealed sets are kept at once, each until it is claimed as discarded; a
 * restore does not pass over more sealed sets than promised while the faults are covered; and what
 * is kept beside them, such as logs, stays within what was promised.
 */
final class Boundedness implements Checker {

    private final Declaration declaration;
    private final Terms terms = new Terms();
    private final FaultCount faults;
    private final NavigableSet<Epoch> retained = new TreeSet<>();

    Boundedness(Declaration declaration) {
        this.declaration = declaration;
        faults = new FaultCount(declaration);
    }

    @Override
    public Set<Topic> topics() {
        return EnumSet.of(
                Topic.SEALED,
                Topic.DISCARDED,
                Topic.RETAINED,
                Topic.RESUMED,
                Topic.GRANTED,
                Topic.REGISTERED,
                Topic.STRUCK,
                Topic.HEALED);
    }

    @Override
    public void on(Observation observation, Judgement judgement) {
        if (observation instanceof Observation.Claimed claimed) {
            if (claimed.fact() instanceof Fact.Sealed(int _, Epoch epoch, Epoch _)) {
                retained.add(epoch);
                count(claimed, judgement);
            } else if (claimed.fact() instanceof Fact.Discarded(int _, Epoch epoch)) {
                retained.remove(epoch);
            } else if (claimed.fact() instanceof Fact.Retained kept) {
                kept(claimed, kept, judgement);
            } else if (claimed.fact() instanceof Fact.Resumed(int _, Epoch epoch)) {
                resumed(claimed, epoch, judgement);
            } else if (claimed.fact() instanceof Fact.Granted granted) {
                terms.on(granted);
            } else if (claimed.fact() instanceof Fact.Registered registered) {
                terms.on(registered);
            }
        } else if (observation instanceof Observation.Struck struck) {
            faults.struck(struck);
        } else if (observation instanceof Observation.Healed healed) {
            faults.healed(healed);
        }
    }

    private void count(Observation.Claimed claimed, Judgement judgement) {
        if (retained.size() > declaration.bounds().retainedSets()) {
            judgement.violated(
                    claimed.at(),
                    Words.say(
                            "%d sets are kept %s, from %s to %s; at most %d may be",
                            retained.size(),
                            Words.at(claimed.at()),
                            retained.first(),
                            retained.last(),
                            declaration.bounds().retainedSets()));
        } else {
            judgement.witness();
        }
    }

    private void kept(Observation.Claimed claimed, Fact.Retained kept, Judgement judgement) {
        Long most = declaration.promise().keeps().get(kept.what());
        if (most == null) {
            throw new IllegalStateException("nothing is promised about " + kept);
        }
        if (kept.amount() > most) {
            judgement.violated(
                    claimed.at(),
                    Words.say(
                            "%s keeps %d %s %s; at most %d may be",
                            declaration.role(claimed.node()),
                            kept.amount(),
                            kept.what(),
                            Words.at(claimed.at()),
                            most));
        } else {
            judgement.witness();
        }
    }

    private void resumed(Observation.Claimed claimed, Epoch epoch, Judgement judgement) {
        if (terms.isReplaced(claimed.node())) {
            return;
        }
        NavigableSet<Epoch> passedOver = retained.tailSet(epoch, false);
        if (passedOver.size() > declaration.promise().deepestRollback()
                && faults.covered(FaultCount.beginning())) {
            judgement.broken(
                    claimed.at(),
                    Words.say(
                            "%s resumed from %s %s and passed over %d sealed sets, from %s to %s",
                            declaration.role(claimed.node()),
                            epoch,
                            Words.at(claimed.at()),
                            passedOver.size(),
                            passedOver.first(),
                            passedOver.last()));
        }
        // A new line begins here; what lay beyond it is no longer kept as part of one.
        passedOver.clear();
    }

    @Override
    public void conclude(Ending ending, Judgement judgement) {
        if (judgement.witnesses() == 0) {
            judgement.inconclusive("no set was ever sealed");
        }
    }
}
