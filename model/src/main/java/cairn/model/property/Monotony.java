package cairn.model.property;

import cairn.model.Epoch;
import cairn.model.Fact;
import cairn.model.NodeId;
import cairn.model.Observation;
import cairn.model.choice.Mix;
import cairn.model.fault.Fault;
import cairn.model.property.Acknowledgements.Entry;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;

/**
 * MONO: restored checkpoints never go below what was acknowledged, nor below what was restored
 * before while no machine has lost bytes since and the promise covers what struck; the cuts of one
 * primary grow; and a sealed number names one content.
 */
final class Monotony implements Checker {

    private static final long NONE = -1;

    private final Declaration declaration;
    private final Terms terms = new Terms();
    private final FaultCount faults;
    private final Acknowledgements acknowledged;
    private final LongTable cuts = new LongTable();
    private final LongTable sealed = new LongTable();
    private long[] newestOfNode = new long[0];
    private Epoch restored = Epoch.ZERO;
    private long restoredAt;

    Monotony(Declaration declaration) {
        this.declaration = declaration;
        faults = new FaultCount(declaration);
        acknowledged = new Acknowledgements(faults, terms);
    }

    @Override
    public Set<Topic> topics() {
        return EnumSet.of(
                Topic.CUT,
                Topic.SEALED,
                Topic.ACKNOWLEDGED,
                Topic.RESUMED,
                Topic.LINE,
                Topic.GRANTED,
                Topic.REGISTERED,
                Topic.BOOTED,
                Topic.STRUCK,
                Topic.HEALED);
    }

    @Override
    public void on(Observation observation, Judgement judgement) {
        if (observation instanceof Observation.Claimed claimed) {
            claimed(claimed, judgement);
        } else if (observation instanceof Observation.Booted booted) {
            newest(booted.node(), NONE);
        } else if (observation instanceof Observation.Struck struck) {
            faults.struck(struck);
            if (mayLoseRestored(struck.fault()) && strikesServer(struck.fault())) {
                restored = Epoch.ZERO;
            }
        } else if (observation instanceof Observation.Healed healed) {
            faults.healed(healed);
        }
    }

    /**
     * Whether what was restored may be gone: bytes that were not durable are, and whatever a
     * protocol keeps in memory is after more crashes than it promises to survive.
     */
    private boolean mayLoseRestored(Fault fault) {
        return FaultCount.losesBytes(fault) || !faults.covered(FaultCount.beginning());
    }

    private boolean strikesServer(Fault fault) {
        return switch (fault) {
            case Fault.OfNode of -> !declaration.isClient(of.node());
            case Fault.OfDomain of -> !of.nodes().stream().allMatch(declaration::isClient);
            case Fault.OfLink _ -> false;
        };
    }

    private void claimed(Observation.Claimed claimed, Judgement judgement) {
        if (claimed.fact() instanceof Fact.Cut(int _, Epoch epoch)) {
            cut(claimed, epoch, judgement);
        } else if (claimed.fact() instanceof Fact.Sealed(int _, Epoch epoch, Epoch _)) {
            sealed(claimed, epoch, judgement);
        } else if (claimed.fact() instanceof Fact.Acknowledged(int _, Epoch epoch)) {
            acknowledged.add(epoch, claimed.node(), claimed.at());
        } else if (claimed.fact() instanceof Fact.Resumed(int _, Epoch epoch)) {
            resumed(claimed, epoch, judgement);
        } else if (claimed.fact() instanceof Fact.Line) {
            // Ranks may have to go back further than one of them did before, though never below
            // what was acknowledged.
            restored = Epoch.ZERO;
        } else if (claimed.fact() instanceof Fact.Granted granted) {
            terms.on(granted);
        } else if (claimed.fact() instanceof Fact.Registered registered) {
            terms.on(registered);
        }
    }

    private void newest(NodeId node, long epoch) {
        int before = newestOfNode.length;
        newestOfNode = LongTable.withRoomFor(newestOfNode, node.index());
        Arrays.fill(newestOfNode, before, newestOfNode.length, NONE);
        newestOfNode[node.index()] = epoch;
    }

    private long newest(NodeId node) {
        return node.index() < newestOfNode.length ? newestOfNode[node.index()] : NONE;
    }

    private void cut(Observation.Claimed claimed, Epoch epoch, Judgement judgement) {
        long before = newest(claimed.node());
        if (epoch.number() <= before) {
            judgement.violated(
                    claimed.at(),
                    Words.say(
                            "%s cut %s %s after e%d: its numbers do not grow",
                            declaration.role(claimed.node()),
                            epoch,
                            Words.at(claimed.at()),
                            before));
        }
        newest(claimed.node(), epoch.number());
        cuts.put(key(claimed.node(), epoch), claimed.memoryDigest());
    }

    private static long key(NodeId node, Epoch epoch) {
        return Mix.fold(epoch.number(), node.index());
    }

    private void sealed(Observation.Claimed claimed, Epoch epoch, Judgement judgement) {
        long key = key(claimed.node(), epoch);
        if (!cuts.contains(key)) {
            return;
        }
        long content = cuts.get(key, 0);
        if (sealed.contains(epoch.number()) && sealed.get(epoch.number(), 0) != content) {
            judgement.violated(
                    claimed.at(),
                    Words.say(
                            "%s sealed %s %s with another content than it was sealed with before",
                            declaration.role(claimed.node()), epoch, Words.at(claimed.at())));
        }
        sealed.put(epoch.number(), content);
    }

    private void resumed(Observation.Claimed claimed, Epoch epoch, Judgement judgement) {
        NodeId node = claimed.node();
        newest(node, epoch.number());
        Entry owed = acknowledged.owedBy(node);
        if (owed != null && owed.epoch().isAfter(epoch)) {
            violated(claimed, epoch, owed.epoch() + " was acknowledged", owed.at(), judgement);
        } else if (!terms.isReplaced(node) && restored.isAfter(epoch)) {
            violated(claimed, epoch, restored + " was restored", restoredAt, judgement);
        } else if (owed != null || restored.isAfter(Epoch.ZERO)) {
            judgement.witness();
        }
        if (!terms.isReplaced(node)) {
            restored = epoch;
            restoredAt = claimed.at();
        }
    }

    private void violated(
            Observation.Claimed claimed, Epoch epoch, String what, long when, Judgement judgement) {
        judgement.broken(
                claimed.at(),
                Words.say(
                        "%s went back to %s %s, but %s %s",
                        declaration.role(claimed.node()),
                        epoch,
                        Words.at(claimed.at()),
                        what,
                        Words.at(when)));
    }

    @Override
    public void conclude(Ending ending, Judgement judgement) {
        if (judgement.witnesses() == 0) {
            judgement.inconclusive("no checkpoint was restored that the promise owed");
        }
    }
}
