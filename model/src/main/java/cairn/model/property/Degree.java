package cairn.model.property;

import cairn.model.Epoch;
import cairn.model.Fact;
import cairn.model.NodeId;
import cairn.model.Observation;
import cairn.model.fault.Fault;
import cairn.model.property.Lineage.Version;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * DEG: from some time after the last fault on, and after the first acknowledgement, before which
 * there is nothing to hold, as many nodes as pledged, beside the one that pledges, hold a full copy
 * of what is acknowledged, or of what was put on that, no two of them in one failure domain; and
 * nobody leads who cannot run the application. A process that ended holds nothing until it claims
 * to, and a machine that is lost nothing that it held. Copies are few only from the loss of one
 * that is missed on, or from a pledge of another degree or by another node: who pledges the same
 * again, because it has exchanged one holder for another, breaks nothing.
 */
final class Degree implements Checker {

    private static final long NEVER = Long.MAX_VALUE;

    private final Declaration declaration;
    private final Map<NodeId, Fact.Held> held = new TreeMap<>();
    private final Lineage lineage = new Lineage();
    private Epoch acknowledged = Epoch.ZERO;
    private @Nullable Version acknowledgedVersion;
    private long owedSince = NEVER;
    private Fact.@Nullable Pledged pledge;
    private @Nullable NodeId pledger;
    private long pledgedAt;
    private long wholeSince = NEVER;
    private boolean copyLost;

    Degree(Declaration declaration) {
        this.declaration = declaration;
    }

    @Override
    public Set<Topic> topics() {
        return EnumSet.of(
                Topic.PLEDGED,
                Topic.CUT,
                Topic.RESUMED,
                Topic.HELD,
                Topic.ACKNOWLEDGED,
                Topic.LEADING,
                Topic.ENDED,
                Topic.STRUCK);
    }

    @Override
    public void on(Observation observation, Judgement judgement) {
        if (observation instanceof Observation.Struck(long _, Fault.PermanentLoss(NodeId node))) {
            copyLost |= lost(node);
        } else if (observation instanceof Observation.Ended ended) {
            lost(ended.node());
        } else if (observation instanceof Observation.Claimed claimed) {
            if (claimed.fact() instanceof Fact.Cut(int _, Epoch epoch)) {
                lineage.cut(claimed.node(), new Version(epoch, claimed.memoryDigest()));
            } else if (claimed.fact() instanceof Fact.Resumed(int _, Epoch epoch)) {
                lineage.resumed(claimed.node(), new Version(epoch, claimed.memoryDigest()));
            } else if (claimed.fact() instanceof Fact.Held copy) {
                held.put(claimed.node(), copy);
            } else if (claimed.fact() instanceof Fact.Pledged latest) {
                pledged(claimed, latest);
            } else if (claimed.fact() instanceof Fact.Acknowledged(int _, Epoch epoch)) {
                acknowledged(claimed.node(), epoch);
                owedSince = Math.min(owedSince, claimed.at());
            } else if (claimed.fact() instanceof Fact.Leading
                    && !declaration.servers().contains(claimed.node())) {
                judgement.violated(
                        claimed.at(),
                        Words.say(
                                "%s leads %s, but cannot run the application",
                                declaration.role(claimed.node()), Words.at(claimed.at())));
            }
        }
        if (isWhole()) {
            wholeSince = Math.min(wholeSince, observation.at());
        }
    }

    private void acknowledged(NodeId node, Epoch epoch) {
        if (epoch.isAfter(acknowledged)) {
            acknowledged = epoch;
            acknowledgedVersion = lineage.of(node, epoch);
        }
    }

    /** Whether a copy is of what is acknowledged, or of something that was put on that. */
    private boolean isOfAcknowledged(Fact.Held copy) {
        return acknowledgedVersion == null
                ? !acknowledged.isAfter(copy.version())
                : lineage.has(new Version(copy.version(), copy.digest()), acknowledgedVersion);
    }

    private boolean isWhole() {
        if (pledge == null) {
            return false;
        }
        int alone = 0;
        Set<Integer> domains = new TreeSet<>();
        for (NodeId holder : holders()) {
            int domain = declaration.promise().domain(holder);
            if (domain < 0) {
                alone++;
            } else {
                domains.add(domain);
            }
        }
        return alone + domains.size() >= pledge.degree();
    }

    /**
     * Whether a node held a copy, which it does not any more. What was just acknowledged may still
     * be copied, but a copy that is lost is missing, unless there are enough without it.
     */
    private boolean lost(NodeId node) {
        boolean hadCopy = held.remove(node) != null;
        if (hadCopy && !isWhole()) {
            wholeSince = NEVER;
        }
        return hadCopy;
    }

    private void pledged(Observation.Claimed claimed, Fact.Pledged latest) {
        if (pledge != null && latest.term() < pledge.term()) {
            return;
        }
        if (pledge == null || latest.term() > pledge.term()) {
            pledgedAt = claimed.at();
        }
        if (pledge == null
                || latest.degree() != pledge.degree()
                || !claimed.node().equals(pledger)) {
            wholeSince = NEVER;
        }
        pledge = latest;
        pledger = claimed.node();
    }

    private List<NodeId> holders() {
        List<NodeId> holders = new ArrayList<>();
        for (Map.Entry<NodeId, Fact.Held> entry : held.entrySet()) {
            Fact.Held copy = entry.getValue();
            if (pledge != null
                    && !entry.getKey().equals(pledger)
                    && copy.name().equals(pledge.name())
                    && isOfAcknowledged(copy)) {
                holders.add(entry.getKey());
            }
        }
        return holders;
    }

    @Override
    public void conclude(Ending ending, Judgement judgement) {
        Fact.Pledged due = pledge;
        long since = Math.max(Math.max(ending.healthySince(), pledgedAt), owedSince);
        if (due == null) {
            judgement.inconclusive("nobody pledged that a number of nodes hold copies");
        } else if (owedSince == NEVER) {
            judgement.inconclusive("nothing was acknowledged that copies could be held of");
        } else if (ending.at() - since < due.withinNanos()) {
            judgement.inconclusive(
                    "the run ended before "
                            + Words.span(due.withinNanos())
                            + " were over since everything was healed, and copies were owed");
        } else if (!isWhole()) {
            violated(due, ending.at(), "at the end only these do: " + roles(), judgement);
        } else if (wholeSince > since + due.withinNanos()) {
            violated(due, wholeSince, "they did only " + Words.at(wholeSince), judgement);
        } else if (copyLost) {
            judgement.witness();
        } else {
            judgement.inconclusive("no machine with a copy was ever lost");
        }
    }

    private List<String> roles() {
        return holders().stream().map(declaration::role).toList();
    }

    private void violated(Fact.Pledged due, long at, String what, Judgement judgement) {
        judgement.violated(
                at,
                Words.say(
                        "%d nodes in different failure domains were to hold %s of '%s', but %s",
                        due.degree(), acknowledged, due.name(), what));
    }
}
