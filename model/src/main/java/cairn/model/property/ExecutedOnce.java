package cairn.model.property;

import cairn.model.Epoch;
import cairn.model.Fact;
import cairn.model.NodeId;
import cairn.model.Observation;

import java.util.EnumSet;
import java.util.Set;

/**
 * EO, of a service: no memory sees the same change twice. A request that came with a restored image
 * is not executed on it again, however often it is asked; reads may be.
 */
final class ExecutedOnce implements Checker {

    private final Declaration declaration;
    private final Executions executions = new Executions();
    private final LongTable resumed = new LongTable();

    ExecutedOnce(Declaration declaration) {
        this.declaration = declaration;
    }

    @Override
    public Set<Topic> topics() {
        return EnumSet.of(
                Topic.INVOKED,
                Topic.APPLIED,
                Topic.CUT,
                Topic.ACKNOWLEDGED,
                Topic.RESUMED,
                Topic.ENDED);
    }

    @Override
    public void on(Observation observation, Judgement judgement) {
        if (observation instanceof Observation.Claimed claimed) {
            claimed(claimed, judgement);
        } else if (observation instanceof Observation.Invoked invoked) {
            executions.invoked(invoked.request());
        } else if (observation instanceof Observation.Ended ended) {
            executions.forget(ended.node());
            resumed.put(ended.node().index(), 0);
        }
    }

    private void claimed(Observation.Claimed claimed, Judgement judgement) {
        if (claimed.fact() instanceof Fact.Applied(NodeId client, long number)) {
            applied(claimed, client, number, judgement);
        } else if (claimed.fact() instanceof Fact.Cut(int _, Epoch epoch)) {
            executions.cut(claimed, epoch);
        } else if (claimed.fact() instanceof Fact.Acknowledged(int _, Epoch epoch)) {
            executions.acknowledged(epoch.number());
        } else if (claimed.fact() instanceof Fact.Resumed(int _, Epoch epoch)) {
            executions.resumed(claimed, epoch);
            resumed.put(claimed.node().index(), epoch.number());
        }
    }

    private void applied(
            Observation.Claimed claimed, NodeId client, long number, Judgement judgement) {
        if (!executions.isReadOnly(client, number)) {
            if (number <= executions.of(claimed.node()).changedBy(client)) {
                judgement.violated(
                        claimed.at(),
                        Words.say(
                                "%s executed request %d of %s %s on a memory that had seen it",
                                declaration.role(claimed.node()),
                                number,
                                declaration.role(client),
                                Words.at(claimed.at())));
            } else if (resumed.get(claimed.node().index(), 0) > 0) {
                judgement.witness();
            }
        }
        executions.applied(claimed.node(), client, number, claimed.at());
    }

    @Override
    public void conclude(Ending ending, Judgement judgement) {
        if (judgement.witnesses() == 0) {
            judgement.inconclusive("nothing was changed after a checkpoint was restored");
        }
    }
}
