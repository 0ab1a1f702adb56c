package cairn.model.property;

import cairn.model.Epoch;
import cairn.model.Fact;
import cairn.model.Observation;

import java.util.EnumSet;
import java.util.Set;

/** GC: what a restore of the newest acknowledged checkpoint reads is not discarded. */
final class Retention implements Checker {

    private final Declaration declaration;
    private final LongTable needs = new LongTable();
    private long newest;
    private long oldestNeeded;

    Retention(Declaration declaration) {
        this.declaration = declaration;
    }

    @Override
    public Set<Topic> topics() {
        return EnumSet.of(Topic.SEALED, Topic.ACKNOWLEDGED, Topic.DISCARDED, Topic.RESUMED);
    }

    @Override
    public void on(Observation observation, Judgement judgement) {
        if (observation instanceof Observation.Claimed claimed) {
            if (claimed.fact() instanceof Fact.Sealed(int _, Epoch epoch, Epoch oldest)) {
                needs.put(epoch.number(), oldest.number());
            } else if (claimed.fact() instanceof Fact.Acknowledged(int _, Epoch epoch)) {
                if (epoch.number() > newest) {
                    relyOn(epoch);
                }
            } else if (claimed.fact() instanceof Fact.Resumed(int _, Epoch epoch)) {
                // What lay beyond the restored checkpoint is no longer on the line.
                if (epoch.number() < newest) {
                    relyOn(epoch);
                }
            } else if (claimed.fact() instanceof Fact.Discarded(int _, Epoch epoch)) {
                discarded(claimed, epoch, judgement);
            }
        }
    }

    private void relyOn(Epoch epoch) {
        newest = epoch.number();
        oldestNeeded = needs.get(newest, newest);
    }

    private void discarded(Observation.Claimed claimed, Epoch epoch, Judgement judgement) {
        if (newest == 0) {
            return;
        }
        if (epoch.number() >= oldestNeeded && epoch.number() <= newest) {
            judgement.violated(
                    claimed.at(),
                    Words.say(
                            "%s discarded %s %s, but e%d is the newest acknowledged and needs all"
                                    + " from e%d",
                            declaration.role(claimed.node()),
                            epoch,
                            Words.at(claimed.at()),
                            newest,
                            oldestNeeded));
        } else {
            judgement.witness();
        }
    }

    @Override
    public void conclude(Ending ending, Judgement judgement) {
        if (judgement.witnesses() == 0) {
            judgement.inconclusive("nothing was discarded after a checkpoint was acknowledged");
        }
    }
}
