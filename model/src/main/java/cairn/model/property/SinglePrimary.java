package cairn.model.property;

import cairn.model.Epoch;
import cairn.model.Fact;
import cairn.model.NodeId;
import cairn.model.Observation;
import cairn.model.service.Response;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;

/**
 * SP: two may believe that they are primary, but not both have effect. Answers come from a node
 * that leads; once one under a newer term has answered, none under an older term may - but for
 * answers to what it had executed before it was replaced, which a pause may have held back: OUT and
 * LIN judge whether those are right.
 */
final class SinglePrimary implements Checker {

    private final Declaration declaration;
    private final Executions executions = new Executions();
    private long[] leading = new long[16];
    private long[] terms = new long[8];
    private long[] since = new long[8];
    private int leaders;
    private long effectiveTerm;
    private int effective = -1;
    private long effectiveAt;

    SinglePrimary(Declaration declaration) {
        this.declaration = declaration;
    }

    @Override
    public Set<Topic> topics() {
        return EnumSet.of(
                Topic.LEADING,
                Topic.STEPPED_DOWN,
                Topic.ENDED,
                Topic.INVOKED,
                Topic.APPLIED,
                Topic.CUT,
                Topic.ACKNOWLEDGED,
                Topic.RESUMED,
                Topic.RELEASED);
    }

    @Override
    public void on(Observation observation, Judgement judgement) {
        if (observation instanceof Observation.Released released) {
            if (!released.response().refused()) {
                released(released, judgement);
            }
        } else if (observation instanceof Observation.Claimed claimed) {
            claimed(claimed);
        } else if (observation instanceof Observation.Invoked invoked) {
            executions.invoked(invoked.request());
        } else if (observation instanceof Observation.Ended ended) {
            lead(ended.node(), 0);
            executions.forget(ended.node());
        }
    }

    private void claimed(Observation.Claimed claimed) {
        if (claimed.fact() instanceof Fact.Applied(NodeId client, long number)) {
            executions.applied(claimed.node(), client, number, claimed.at());
        } else if (claimed.fact() instanceof Fact.Cut(int _, Epoch epoch)) {
            executions.cut(claimed, epoch);
        } else if (claimed.fact() instanceof Fact.Acknowledged(int _, Epoch epoch)) {
            executions.acknowledged(epoch.number());
        } else if (claimed.fact() instanceof Fact.Resumed(int _, Epoch epoch)) {
            executions.resumed(claimed, epoch);
        } else if (claimed.fact() instanceof Fact.Leading(long term)) {
            lead(claimed.node(), term);
            if (leaders == terms.length) {
                terms = Arrays.copyOf(terms, 2 * leaders);
                since = Arrays.copyOf(since, 2 * leaders);
            }
            terms[leaders] = term;
            since[leaders++] = claimed.at();
        } else if (claimed.fact() instanceof Fact.SteppedDown) {
            lead(claimed.node(), 0);
        }
    }

    private void lead(NodeId node, long term) {
        leading = LongTable.withRoomFor(leading, node.index());
        leading[node.index()] = term;
    }

    private void released(Observation.Released released, Judgement judgement) {
        NodeId node = released.node();
        long term = node.index() < leading.length ? leading[node.index()] : 0;
        if (term == 0) {
            violated(released, "without leading", judgement);
        } else if (term < effectiveTerm) {
            if (executedAt(node, released.response()) > replacedAt(term)) {
                violated(
                        released,
                        Words.say(
                                        "under term %d from what it did after it was replaced,"
                                                + " although %s has",
                                        term, declaration.role(new NodeId(effective)))
                                + Words.say(
                                        " answered under term %d since %s",
                                        effectiveTerm, Words.micros(effectiveAt)),
                        judgement);
            }
        } else if (term == effectiveTerm && node.index() != effective) {
            violated(
                    released,
                    Words.say(
                            "under term %d, under which %s answers too",
                            term, declaration.role(new NodeId(effective))),
                    judgement);
        } else {
            if (term > effectiveTerm) {
                effectiveTerm = term;
                effective = node.index();
                effectiveAt = released.at();
            }
            if (leaders > 1) {
                judgement.witness();
            }
        }
    }

    private long executedAt(NodeId node, Response response) {
        Executions.Node executed = executions.of(node);
        long last = executed.number(response.client());
        if (last > response.number()) {
            // A late answer: the client has long had it, and asked for more.
            return 0;
        }
        return last < response.number() ? Long.MAX_VALUE : executed.at(response.client());
    }

    /** When the first primary of a newer term began to lead. */
    private long replacedAt(long term) {
        long earliest = Long.MAX_VALUE;
        for (int i = 0; i < leaders; i++) {
            if (terms[i] > term) {
                earliest = Math.min(earliest, since[i]);
            }
        }
        return earliest;
    }

    private void violated(Observation.Released released, String how, Judgement judgement) {
        judgement.violated(
                released.at(),
                Words.say(
                        "%s answered request %d of %s %s %s",
                        declaration.role(released.node()),
                        released.response().number(),
                        declaration.role(released.response().client()),
                        Words.at(released.at()),
                        how));
    }

    @Override
    public void conclude(Ending ending, Judgement judgement) {
        if (judgement.witnesses() == 0) {
            judgement.inconclusive("there was never a second primary that answered");
        }
    }
}
