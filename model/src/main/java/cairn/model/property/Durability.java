package cairn.model.property;

import cairn.model.Acknowledgement;
import cairn.model.Epoch;
import cairn.model.Fact;
import cairn.model.NodeId;
import cairn.model.Observation;
import cairn.model.property.Acknowledgements.Entry;

import java.util.EnumSet;
import java.util.Set;

/**
 * DUR: after a checkpoint was acknowledged, and while the promise covers the faults that struck, a
 * restore yields it or a newer one. A checkpoint acknowledged after another node has already
 * resumed from an older one is lost at that moment, and is reported then.
 */
final class Durability implements Checker {

    private final Declaration declaration;
    private final Terms terms = new Terms();
    private final FaultCount faults;
    private final Acknowledgements acknowledged;
    private NodeId resumer = new NodeId(0);
    private Epoch resumed = Epoch.ZERO;
    private int resumerIncarnation = -1;
    private long resumedUnder;
    private long resumedAt;

    Durability(Declaration declaration, Exposure exposure) {
        this.declaration = declaration;
        faults = new FaultCount(declaration);
        acknowledged = new Acknowledgements(faults, terms, exposure);
    }

    @Override
    public Set<Topic> topics() {
        return EnumSet.of(
                Topic.SEALED,
                Topic.ACKNOWLEDGED,
                Topic.RESUMED,
                Topic.LEADING,
                Topic.GRANTED,
                Topic.REGISTERED,
                Topic.ENDED,
                Topic.STRUCK,
                Topic.HEALED);
    }

    @Override
    public void on(Observation observation, Judgement judgement) {
        if (observation instanceof Observation.Claimed claimed) {
            if (claimed.fact() instanceof Fact.Sealed(int process, Epoch epoch, Epoch _)) {
                acknowledged.whole(process, epoch);
            } else if (claimed.fact() instanceof Fact.Acknowledged(int process, Epoch epoch)) {
                acknowledged(claimed, process, epoch, judgement);
            } else if (claimed.fact() instanceof Fact.Resumed(int process, Epoch epoch)) {
                resumed(claimed, process, epoch, judgement);
            } else if (claimed.fact() instanceof Fact.Leading(long term)) {
                terms.leads(claimed.node(), term);
            } else if (claimed.fact() instanceof Fact.Granted granted) {
                terms.on(granted);
            } else if (claimed.fact() instanceof Fact.Registered registered) {
                terms.on(registered);
            }
        } else if (observation instanceof Observation.Ended ended) {
            ended(ended.node());
        } else if (observation instanceof Observation.Struck struck) {
            faults.struck(struck);
        } else if (observation instanceof Observation.Healed healed) {
            faults.healed(healed);
        }
    }

    /** A take-over that is in memory only, and ends before another one has it, was for nothing. */
    private void ended(NodeId node) {
        if (node.equals(resumer)
                && resumedUnder > 0
                && declaration.promise().acknowledgement() == Acknowledgement.RECEIVED) {
            resumerIncarnation = -1;
            resumedUnder = 0;
        }
    }

    private void acknowledged(
            Observation.Claimed claimed, int process, Epoch epoch, Judgement judgement) {
        NodeId node = claimed.node();
        boolean replaced =
                resumerIncarnation >= 0
                        && (!node.equals(resumer) || claimed.incarnation() != resumerIncarnation)
                        && resumedUnder >= terms.actsUnder(node);
        if (replaced && epoch.isAfter(resumed)) {
            judgement.violated(
                    claimed.at(),
                    Words.say(
                            "%s acknowledged %s %s, but %s had resumed from %s %s: %s is lost",
                            declaration.role(node),
                            epoch,
                            Words.at(claimed.at()),
                            declaration.role(resumer),
                            resumed,
                            Words.at(resumedAt),
                            epoch));
        }
        acknowledged.add(process, epoch, node, claimed.at());
    }

    private void resumed(
            Observation.Claimed claimed, int process, Epoch epoch, Judgement judgement) {
        NodeId node = claimed.node();
        Entry owed = acknowledged.owedBy(node);
        if (owed != null && owed.epoch().isAfter(epoch)) {
            judgement.violated(
                    claimed.at(),
                    Words.say(
                            "%s resumed from %s %s, but %s had been acknowledged by %s %s; faults"
                                    + " since: %s",
                            declaration.role(node),
                            epoch.equals(Epoch.ZERO) ? "nothing" : epoch,
                            Words.at(claimed.at()),
                            owed.epoch(),
                            declaration.role(owed.by()),
                            Words.at(owed.at()),
                            faults.since(owed.mark())));
        } else if (owed != null) {
            judgement.witness();
        }
        terms.resumed(node);
        acknowledged.whole(process, epoch);
        // A later term that the former one was given since counts when it has resumed under it.
        if (terms.of(node) >= resumedUnder) {
            resumedUnder = terms.of(node);
            resumer = node;
            resumerIncarnation = claimed.incarnation();
            resumed = epoch;
            resumedAt = claimed.at();
        }
    }

    @Override
    public void conclude(Ending ending, Judgement judgement) {
        if (judgement.witnesses() == 0 && acknowledged.isAnyUnpromised()) {
            judgement.inconclusive(
                    "the faults that struck exceed what the promise covers ("
                            + faults.since(FaultCount.beginning())
                            + "), so nothing was owed");
        } else if (judgement.witnesses() == 0) {
            judgement.inconclusive("no acknowledged checkpoint was ever restored");
        }
    }
}
