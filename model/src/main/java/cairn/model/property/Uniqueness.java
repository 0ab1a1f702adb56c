package cairn.model.property;

import cairn.model.Fact;
import cairn.model.NodeId;
import cairn.model.Observation;

import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * NAMES: a name has one holder at a time. Each holder has it under a term of its own, and only a
 * registration under a later one ends that: so two holders of one name under one term are two at a
 * time, on two sides of a partition perhaps (CS-10).
 */
final class Uniqueness implements Checker {

    private final Declaration declaration;
    private final Map<String, Map<Long, Fact.Registered>> names = new TreeMap<>();

    Uniqueness(Declaration declaration) {
        this.declaration = declaration;
    }

    @Override
    public Set<Topic> topics() {
        return EnumSet.of(Topic.REGISTERED);
    }

    @Override
    public void on(Observation observation, Judgement judgement) {
        if (observation instanceof Observation.Claimed claimed
                && claimed.fact() instanceof Fact.Registered registered) {
            Map<Long, Fact.Registered> terms =
                    names.computeIfAbsent(registered.name(), _ -> new TreeMap<>());
            Fact.Registered other = terms.putIfAbsent(registered.term(), registered);
            if (other == null) {
                if (terms.size() > 1) {
                    judgement.witness();
                }
            } else {
                judgement.violated(claimed.at(), twice(claimed, registered, other.holder()));
            }
        }
    }

    private String twice(
            Observation.Claimed claimed, Fact.Registered registered, NodeId otherHolder) {
        return Words.say(
                "%s registered '%s' for %s under term %d %s, under which %s has it",
                declaration.role(claimed.node()),
                registered.name(),
                declaration.role(registered.holder()),
                registered.term(),
                Words.at(claimed.at()),
                declaration.role(otherHolder));
    }

    @Override
    public void conclude(Ending ending, Judgement judgement) {
        if (judgement.witnesses() == 0) {
            judgement.inconclusive("no name was registered by a second holder");
        }
    }
}
