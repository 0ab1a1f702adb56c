package cairn.model.property;

import cairn.model.Epoch;
import cairn.model.Fact;
import cairn.model.NodeId;
import cairn.model.Observation;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;

/**
 * OUT: an answer leaves only when a checkpoint that contains everything behind it is acknowledged:
 * for an operation that changes the state its own effect, for one that only reads every change that
 * the node had made before it. And the outside world sees one answer to what changes the state: if
 * it leaves again, it is the same, as long as the promise covers what struck since it left.
 */
final class OutputCommit implements Checker {

    private static final long NOTHING = -1;

    private final Declaration declaration;
    private final Executions executions = new Executions();
    private final List<Safe> safe = new ArrayList<>();
    private final LongTable acknowledged = new LongTable();
    private final FaultCount faults;
    private final Map<NodeId, Left> left = new TreeMap<>();

    /** Up to which change a node's memory is contained in an acknowledged checkpoint. */
    private static final class Safe {
        private final Queue<Pending> pending = new ArrayDeque<>();
        private long position = NOTHING;
    }

    /** A cut that is not yet acknowledged, and how many changes it contains. */
    private record Pending(long epoch, long position) {}

    /** The answer to a client's last request that has left. */
    private record Left(long number, long result, FaultCount.Counts mark) {}

    OutputCommit(Declaration declaration) {
        this.declaration = declaration;
        faults = new FaultCount(declaration);
    }

    @Override
    public Set<Topic> topics() {
        return declaration.promise().holdsOutput()
                ? EnumSet.of(
                        Topic.INVOKED,
                        Topic.APPLIED,
                        Topic.CUT,
                        Topic.ACKNOWLEDGED,
                        Topic.RESUMED,
                        Topic.ENDED,
                        Topic.STRUCK,
                        Topic.HEALED,
                        Topic.RELEASED)
                : EnumSet.noneOf(Topic.class);
    }

    @Override
    public void on(Observation observation, Judgement judgement) {
        if (observation instanceof Observation.Claimed claimed) {
            claimed(claimed);
        } else if (observation instanceof Observation.Released released) {
            if (!released.response().refused()) {
                released(released, judgement);
            }
        } else if (observation instanceof Observation.Invoked invoked) {
            executions.invoked(invoked.request());
        } else if (observation instanceof Observation.Ended ended) {
            executions.forget(ended.node());
            restart(ended.node());
        } else if (observation instanceof Observation.Struck struck) {
            faults.struck(struck);
        } else if (observation instanceof Observation.Healed healed) {
            faults.healed(healed);
        }
    }

    private Safe safe(NodeId node) {
        while (safe.size() <= node.index()) {
            safe.add(new Safe());
        }
        return safe.get(node.index());
    }

    private void restart(NodeId node) {
        safe(node);
        safe.set(node.index(), new Safe());
    }

    private void claimed(Observation.Claimed claimed) {
        NodeId node = claimed.node();
        if (claimed.fact() instanceof Fact.Applied(NodeId client, long number)) {
            executions.applied(node, client, number, claimed.at());
        } else if (claimed.fact() instanceof Fact.Cut(int _, Epoch epoch)) {
            executions.cut(claimed, epoch);
            safe(node).pending.add(new Pending(epoch.number(), executions.of(node).changes()));
        } else if (claimed.fact() instanceof Fact.Acknowledged(int _, Epoch epoch)) {
            executions.acknowledged(epoch.number());
            acknowledged.put(epoch.number(), 1);
            acknowledged(safe(node), epoch.number());
        } else if (claimed.fact() instanceof Fact.Resumed(int _, Epoch epoch)) {
            executions.resumed(claimed, epoch);
            restart(node);
            // An image that nobody acknowledged may still be lost: only what is built on the
            // initial state or on an acknowledged one is safe from the start, and the rest when
            // somebody acknowledges it.
            if (epoch.equals(Epoch.ZERO) || acknowledged.contains(epoch.number())) {
                safe(node).position = 0;
            } else {
                safe(node).pending.add(new Pending(epoch.number(), 0));
            }
        }
    }

    private static void acknowledged(Safe safe, long epoch) {
        Pending next = safe.pending.peek();
        while (next != null && next.epoch() <= epoch) {
            if (next.epoch() == epoch) {
                safe.position = Math.max(safe.position, next.position());
            }
            safe.pending.remove();
            next = safe.pending.peek();
        }
    }

    private void released(Observation.Released released, Judgement judgement) {
        NodeId client = released.response().client();
        Executions.Node executed = executions.of(released.node());
        long number = released.response().number();
        if (executed.number(client) > number) {
            // A late answer: the client has long had it, and asked for more.
            return;
        }
        if (executed.number(client) < number) {
            violated(released, "which it has not executed", judgement);
        } else if (executed.position(client) > safe(released.node()).position) {
            violated(
                    released,
                    "although the state behind it is in no acknowledged checkpoint",
                    judgement);
        } else {
            judgement.witness();
            if (!executions.isReadOnly(client, number)) {
                repeated(released, judgement);
            }
        }
    }

    private void repeated(Observation.Released released, Judgement judgement) {
        NodeId client = released.response().client();
        long number = released.response().number();
        long result = released.response().result();
        Left before = left.get(client);
        if (before == null || before.number < number) {
            left.put(client, new Left(number, result, faults.mark()));
        } else if (before.number == number
                && before.result != result
                && faults.covered(before.mark)) {
            violated(
                    released,
                    "by " + result + ", and had been answered by " + before.result,
                    judgement);
        }
    }

    private void violated(Observation.Released released, String how, Judgement judgement) {
        judgement.violated(
                released.at(),
                Words.say(
                        "%s answered request %d of %s %s, %s",
                        declaration.role(released.node()),
                        released.response().number(),
                        declaration.role(released.response().client()),
                        Words.at(released.at()),
                        how));
    }

    @Override
    public void conclude(Ending ending, Judgement judgement) {
        if (!declaration.promise().holdsOutput()) {
            judgement.inconclusive("it is not promised that outputs are held back");
        } else if (judgement.witnesses() == 0) {
            judgement.inconclusive("no answer left");
        }
    }
}
