package cairn.model.property;

import cairn.model.Epoch;
import cairn.model.Fact;
import cairn.model.NodeId;
import cairn.model.Observation;
import cairn.model.fault.Fault;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * DEG: some time after the last fault, as many nodes as pledged, beside the one that pledges, hold
 * a full copy of what is acknowledged, no two of them in one failure domain; and nobody leads who
 * cannot run the application. A machine that is lost holds nothing from then on.
 */
final class Degree implements Checker {

    private final Declaration declaration;
    private final Map<NodeId, Fact.Held> held = new TreeMap<>();
    private Epoch acknowledged = Epoch.ZERO;
    private Fact.@Nullable Pledged pledge;
    private @Nullable NodeId pledger;
    private boolean copyLost;

    Degree(Declaration declaration) {
        this.declaration = declaration;
    }

    @Override
    public Set<Topic> topics() {
        return EnumSet.of(
                Topic.PLEDGED, Topic.HELD, Topic.ACKNOWLEDGED, Topic.LEADING, Topic.STRUCK);
    }

    @Override
    public void on(Observation observation, Judgement judgement) {
        if (observation instanceof Observation.Struck(long _, Fault.PermanentLoss(NodeId node))) {
            copyLost |= held.remove(node) != null;
        } else if (observation instanceof Observation.Claimed claimed) {
            if (claimed.fact() instanceof Fact.Held copy) {
                held.put(claimed.node(), copy);
            } else if (claimed.fact() instanceof Fact.Pledged latest) {
                if (pledge == null || latest.term() >= pledge.term()) {
                    pledge = latest;
                    pledger = claimed.node();
                }
            } else if (claimed.fact() instanceof Fact.Acknowledged(int _, Epoch epoch)) {
                acknowledged = epoch.isAfter(acknowledged) ? epoch : acknowledged;
            } else if (claimed.fact() instanceof Fact.Leading
                    && !declaration.servers().contains(claimed.node())) {
                judgement.violated(
                        claimed.at(),
                        Words.say(
                                "%s leads %s, but cannot run the application",
                                declaration.role(claimed.node()), Words.at(claimed.at())));
            }
        }
    }

    @Override
    public void conclude(Ending ending, Judgement judgement) {
        Fact.Pledged due = pledge;
        if (due == null) {
            judgement.inconclusive("nobody pledged that a number of nodes hold copies");
        } else if (ending.at() - ending.healthySince() < due.withinNanos()) {
            judgement.inconclusive(
                    "the run ended before "
                            + Words.duration(due.withinNanos())
                            + " were over since everything was healed");
        } else {
            judge(due, ending.at(), judgement);
        }
    }

    private void judge(Fact.Pledged due, long at, Judgement judgement) {
        List<String> holders = new ArrayList<>();
        int alone = 0;
        Set<Integer> domains = new TreeSet<>();
        for (Map.Entry<NodeId, Fact.Held> entry : held.entrySet()) {
            Fact.Held copy = entry.getValue();
            if (!entry.getKey().equals(pledger)
                    && copy.name().equals(due.name())
                    && !acknowledged.isAfter(copy.version())) {
                holders.add(declaration.role(entry.getKey()));
                int domain = declaration.promise().domain(entry.getKey());
                alone += domain < 0 ? 1 : 0;
                domains.add(domain);
            }
        }
        domains.remove(-1);
        if (alone + domains.size() < due.degree()) {
            judgement.violated(
                    at,
                    Words.say(
                            "%d nodes in different failure domains were to hold %s of '%s', but at"
                                    + " the end only these do: %s",
                            due.degree(), acknowledged, due.name(), holders));
        } else if (copyLost) {
            judgement.witness();
        } else {
            judgement.inconclusive("no machine with a copy was ever lost");
        }
    }
}
