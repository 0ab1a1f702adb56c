package cairn.model.property;

import cairn.model.Acknowledgement;
import cairn.model.Fact;
import cairn.model.NodeId;
import cairn.model.Observation;
import cairn.model.fault.Fault;
import cairn.model.property.Resources.Resource;
import cairn.model.verbs.MemoryKind;
import cairn.model.verbs.Opcode;
import cairn.model.verbs.RemoteAccess;

import java.util.EnumSet;
import java.util.Set;

/**
 * FENCE: the terms of a resource never go down; once it was granted under a newer term, no write
 * under an older one reaches it; and a store obeys no manager of an older term. What counts is what
 * reached memory, not what a writer had checked before it wrote. Where checkpoints are promised in
 * memory only, a process that starts again has forgotten what it granted there.
 */
final class Fencing implements Checker {

    private final Declaration declaration;
    private final Resources resources = new Resources();
    private long[] obeyed = new long[0];

    Fencing(Declaration declaration) {
        this.declaration = declaration;
    }

    @Override
    public Set<Topic> topics() {
        return EnumSet.of(
                Topic.LAID,
                Topic.REMOVED,
                Topic.GRANTED,
                Topic.MANAGING,
                Topic.OBEYED,
                Topic.ACCESSED,
                Topic.BOOTED,
                Topic.STRUCK);
    }

    @Override
    public void on(Observation observation, Judgement judgement) {
        if (observation instanceof Observation.Accessed(long at, RemoteAccess access)) {
            if (access.kind() == MemoryKind.PERSISTENT && writes(access.operation())) {
                accessed(at, access, judgement);
            }
        } else if (observation instanceof Observation.Claimed claimed) {
            claimed(claimed, judgement);
        } else if (observation instanceof Observation.Struck struck
                && struck.fault() instanceof Fault.PermanentLoss(NodeId node)) {
            // The machine that takes its place has obeyed nobody yet.
            obeyed = LongTable.withRoomFor(obeyed, node.index());
            obeyed[node.index()] = 0;
        } else if (observation instanceof Observation.Booted booted
                && declaration.promise().acknowledgement() == Acknowledgement.RECEIVED) {
            // What was granted in memory went with it, as did what it was granted for.
            resources.forgetUnlaid(booted.node());
        }
    }

    private static boolean writes(Opcode operation) {
        return switch (operation) {
            case WRITE, WRITE_WITH_IMMEDIATE, COMPARE_AND_SWAP, FETCH_AND_ADD, ATOMIC_WRITE -> true;
            case SEND, READ, FLUSH, RECEIVE, RECEIVE_IMMEDIATE, UNDEFINED -> false;
        };
    }

    private void accessed(long at, RemoteAccess access, Judgement judgement) {
        if (!access.applied()) {
            // By a requester that once could: it was kept out.
            if (resources.isAnyGranted(access.target(), access.requester())) {
                judgement.witness();
            }
            return;
        }
        Resource resource = resources.holding(access.target(), access.address(), access.length());
        if (resource == null || !resource.isContested() || access.length() == 0) {
            return;
        }
        long term = resource.term(access.requester());
        if (term < resource.newestTerm()) {
            judgement.violated(
                    at,
                    Words.say(
                            "%s by %s under term %d reached %s of %s %s, which %s holds under term"
                                    + " %d",
                            access.operation(),
                            declaration.role(access.requester()),
                            term,
                            resource.name(),
                            declaration.role(access.target()),
                            Words.at(at),
                            declaration.role(new NodeId(resource.newestHolder())),
                            resource.newestTerm()));
        } else {
            judgement.witness();
        }
    }

    private void claimed(Observation.Claimed claimed, Judgement judgement) {
        if (claimed.fact() instanceof Fact.Granted granted) {
            long newest = resources.named(granted.store(), granted.resource()).newestTerm();
            if (granted.term() < newest && !resources.isDeposed(claimed.node(), granted.store())) {
                judgement.violated(
                        claimed.at(),
                        Words.say(
                                "%s granted %s of %s to %s under term %d %s, after term %d",
                                declaration.role(claimed.node()),
                                granted.resource(),
                                declaration.role(granted.store()),
                                declaration.role(granted.holder()),
                                granted.term(),
                                Words.at(claimed.at()),
                                newest));
            }
        } else if (claimed.fact() instanceof Fact.Managing(NodeId store, long term)) {
            if (claimed.node().equals(store) && term < highest(store)) {
                judgement.violated(
                        claimed.at(),
                        Words.say(
                                "%s went back to a manager of term %d %s, although it knew term %d",
                                declaration.role(store),
                                term,
                                Words.at(claimed.at()),
                                highest(store)));
            }
            raise(store, term);
        } else if (claimed.fact() instanceof Fact.Obeyed(NodeId store, long term)) {
            obeyed(claimed.at(), store, term, judgement);
        }
        resources.on(claimed.node(), claimed.fact());
    }

    private long highest(NodeId store) {
        return store.index() < obeyed.length ? obeyed[store.index()] : 0;
    }

    private void raise(NodeId store, long term) {
        obeyed = LongTable.withRoomFor(obeyed, store.index());
        obeyed[store.index()] = Math.max(obeyed[store.index()], term);
    }

    private void obeyed(long at, NodeId store, long term, Judgement judgement) {
        long highest = highest(store);
        if (term < highest) {
            judgement.violated(
                    at,
                    Words.say(
                            "%s obeyed a manager of term %d %s, although it knew term %d",
                            declaration.role(store), term, Words.at(at), highest));
        } else if (highest > 1) {
            // It knew a second term already, and could have gone back to the first.
            judgement.witness();
        }
        raise(store, term);
    }

    @Override
    public void conclude(Ending ending, Judgement judgement) {
        if (judgement.witnesses() == 0) {
            judgement.inconclusive("nothing was ever granted under a second term and then written");
        }
    }
}
