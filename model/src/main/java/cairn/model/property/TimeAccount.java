package cairn.model.property;

import cairn.model.Activity;
import cairn.model.Fact;
import cairn.model.NodeId;
import cairn.model.Observation;

import java.util.BitSet;
import java.util.EnumSet;
import java.util.Set;

/**
 * TIME: the account of time adds up to the wall time, no part of it is negative, and only an
 * instance that has resumed, be it from nothing, claims to work.
 */
final class TimeAccount implements Checker {

    private final Declaration declaration;
    private final TimeLedger ledger = new TimeLedger();
    private final BitSet resumed = new BitSet();
    private long last;

    TimeAccount(Declaration declaration) {
        this.declaration = declaration;
    }

    @Override
    public Set<Topic> topics() {
        return EnumSet.of(
                Topic.DOING,
                Topic.CUT,
                Topic.RESUMED,
                Topic.MOVED,
                Topic.STEPPED_DOWN,
                Topic.GRANTED,
                Topic.REGISTERED,
                Topic.ENDED,
                Topic.STRUCK,
                Topic.HEALED);
    }

    @Override
    public void on(Observation observation, Judgement judgement) {
        if (observation.at() < last) {
            judgement.violated(
                    observation.at(),
                    Words.say(
                            "time ran backwards, from %s to %s: %s",
                            Words.micros(last), Words.micros(observation.at()), observation));
        }
        last = observation.at();
        if (observation instanceof Observation.Claimed claimed) {
            if (claimed.fact() instanceof Fact.Resumed || claimed.fact() instanceof Fact.Moved) {
                resumed.set(claimed.node().index());
            } else if (claimed.fact() instanceof Fact.Doing(int _, Activity activity)) {
                doing(claimed, activity, judgement);
            }
        } else if (observation instanceof Observation.Ended ended) {
            resumed.clear(ended.node().index());
        }
        ledger.on(observation);
    }

    private void doing(Observation.Claimed claimed, Activity activity, Judgement judgement) {
        NodeId node = claimed.node();
        boolean works = activity != Activity.RESTART && activity != Activity.DOWN;
        if (works && !resumed.get(node.index())) {
            judgement.violated(
                    claimed.at(),
                    Words.say(
                            "%s claims %s %s without having resumed from anything",
                            declaration.role(node), activity, Words.at(claimed.at())));
        }
        judgement.witness();
    }

    @Override
    public void conclude(Ending ending, Judgement judgement) {
        ledger.close(ending.at());
        if (ledger.total() != ending.at()) {
            judgement.violated(
                    ending.at(),
                    Words.say(
                            "%s are accounted for, but the run took %s",
                            Words.micros(ledger.total()), Words.micros(ending.at())));
        }
        for (Activity activity : Activity.values()) {
            if (ledger.nanos(activity) < 0) {
                judgement.violated(
                        ending.at(),
                        Words.say(
                                "less than no time was spent on %s: %s",
                                activity, Words.micros(ledger.nanos(activity))));
            }
        }
        if (judgement.witnesses() == 0) {
            judgement.inconclusive("nobody said what it was doing");
        }
    }
}
