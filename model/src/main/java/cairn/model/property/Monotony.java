package cairn.model.property;

import cairn.model.Epoch;
import cairn.model.Fact;
import cairn.model.NodeId;
import cairn.model.Observation;
import cairn.model.choice.Mix;
import cairn.model.fault.Fault;
import cairn.model.property.Acknowledgements.Entry;
import cairn.model.property.Lineage.Version;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * MONO. Restored checkpoints never go below what was acknowledged, nor below what was restored
 * before while no machine has lost bytes since and the promise covers what struck. What a process
 * cut itself and goes on from by itself binds nobody else before it is sealed: it was never
 * anywhere but in that process's memory. Nor does what some of several holders had, before it is
 * sealed: the next to take over may find another of them. Within an incarnation of a node the
 * numbers that it cuts grow, those that it acknowledges do not go down, nor does a copy that lacks
 * what is acknowledged, being older or of another history, take the place of one that has it. A
 * sealed number names one content, for who restores it too.
 */
final class Monotony implements Checker {

    private static final long NONE = -1;

    /** The newest number of each node in its present incarnation. */
    private static final class Newest {
        private long[] numbers = new long[0];

        private void put(NodeId node, long number) {
            int before = numbers.length;
            numbers = LongTable.withRoomFor(numbers, node.index());
            Arrays.fill(numbers, before, numbers.length, NONE);
            numbers[node.index()] = number;
        }

        private long of(NodeId node) {
            return node.index() < numbers.length ? numbers[node.index()] : NONE;
        }
    }

    private final Declaration declaration;
    private final Terms terms = new Terms();
    private final FaultCount faults;
    private final Acknowledgements acknowledged;
    private final LongTable cuts = new LongTable();
    private final LongTable cutIn = new LongTable();
    private final LongTable cutByAnybody = new LongTable();
    private final LongTable ambiguous = new LongTable();

    /** Every number that was sealed; below, those of which the content is known. */
    private final LongTable sealedNumbers = new LongTable();

    private final LongTable sealed = new LongTable();
    private final LongTable contents = new LongTable();
    private final Newest cutBy = new Newest();
    private final Newest acknowledgedBy = new Newest();
    private final Map<NodeId, Map<String, Version>> held = new TreeMap<>();
    private final Lineage lineage = new Lineage();

    /** The newest number that is acknowledged in the history that counts. */
    private Epoch safe = Epoch.ZERO;

    /** What it names; null if whoever acknowledged it neither cut nor restored it. */
    private @Nullable Version safeVersion;

    private Epoch restored = Epoch.ZERO;
    private long restoredAt;
    private long restoredUnder;

    Monotony(Declaration declaration, Exposure exposure) {
        this.declaration = declaration;
        faults = new FaultCount(declaration);
        acknowledged = new Acknowledgements(faults, terms, exposure);
    }

    @Override
    public Set<Topic> topics() {
        return EnumSet.of(
                Topic.CUT,
                Topic.SEALED,
                Topic.ACKNOWLEDGED,
                Topic.RESUMED,
                Topic.LINE,
                Topic.HELD,
                Topic.LEADING,
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
            cutBy.put(booted.node(), NONE);
            acknowledgedBy.put(booted.node(), NONE);
            held.remove(booted.node());
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
        } else if (claimed.fact() instanceof Fact.Sealed(int process, Epoch epoch, Epoch _)) {
            acknowledged.whole(process, epoch);
            sealed(claimed, epoch, judgement);
        } else if (claimed.fact() instanceof Fact.Acknowledged(int process, Epoch epoch)) {
            acknowledged(claimed, process, epoch, judgement);
        } else if (claimed.fact() instanceof Fact.Resumed(int process, Epoch epoch)) {
            resumed(claimed, process, epoch, judgement);
        } else if (claimed.fact() instanceof Fact.Line) {
            // Ranks may have to go back further than one of them did before, though never below
            // what was acknowledged.
            restored = Epoch.ZERO;
        } else if (claimed.fact() instanceof Fact.Held copy) {
            held(claimed, copy, judgement);
        } else if (claimed.fact() instanceof Fact.Leading(long term)) {
            terms.leads(claimed.node(), term);
        } else if (claimed.fact() instanceof Fact.Granted granted) {
            terms.on(granted);
        } else if (claimed.fact() instanceof Fact.Registered registered) {
            terms.on(registered);
        }
    }

    private void cut(Observation.Claimed claimed, Epoch epoch, Judgement judgement) {
        long before = cutBy.of(claimed.node());
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
        cutBy.put(claimed.node(), epoch.number());
        long content = claimed.memoryDigest();
        cuts.put(key(claimed.node(), epoch), content);
        cutIn.put(key(claimed.node(), epoch), claimed.incarnation());
        if (cutByAnybody.get(epoch.number(), content) != content) {
            ambiguous.put(epoch.number(), 1);
        }
        cutByAnybody.put(epoch.number(), content);
        lineage.cut(claimed.node(), new Version(epoch, content));
    }

    private void acknowledged(
            Observation.Claimed claimed, int process, Epoch epoch, Judgement judgement) {
        long before = acknowledgedBy.of(claimed.node());
        if (epoch.number() < before) {
            judgement.violated(
                    claimed.at(),
                    Words.say(
                            "%s acknowledged %s %s after e%d",
                            declaration.role(claimed.node()),
                            epoch,
                            Words.at(claimed.at()),
                            before));
        }
        acknowledgedBy.put(claimed.node(), epoch.number());
        if (epoch.isAfter(safe)) {
            safe = epoch;
            safeVersion = lineage.of(claimed.node(), epoch);
        }
        acknowledged.add(process, epoch, claimed.node(), claimed.at());
    }

    private void held(Observation.Claimed claimed, Fact.Held copy, Judgement judgement) {
        Map<String, Version> copies = held.computeIfAbsent(claimed.node(), _ -> new TreeMap<>());
        Version version = new Version(copy.version(), copy.digest());
        Version before = copies.put(copy.name(), version);
        // One that is given up may be followed by any; and what nobody acknowledged may be passed
        // over by a take-over, which has what it went on from held again.
        if (before != null
                && hasSafe(before)
                && !hasSafe(version)
                && copy.version().isAfter(Epoch.ZERO)) {
            judgement.violated(
                    claimed.at(),
                    Words.say(
                            "%s holds %s of '%s'%s %s in the place of %s, and %s is acknowledged",
                            declaration.role(claimed.node()),
                            copy.version(),
                            copy.name(),
                            safe.isAfter(copy.version()) ? "" : ", of another history,",
                            Words.at(claimed.at()),
                            before.epoch(),
                            safe));
        }
    }

    /** Whether a copy has in it what is acknowledged. */
    private boolean hasSafe(Version copy) {
        return safeVersion == null ? !safe.isAfter(copy.epoch()) : lineage.has(copy, safeVersion);
    }

    private static long key(NodeId node, Epoch epoch) {
        return Mix.fold(epoch.number(), node.index());
    }

    private void sealed(Observation.Claimed claimed, Epoch epoch, Judgement judgement) {
        sealedNumbers.put(epoch.number(), 1);
        long key = key(claimed.node(), epoch);
        boolean isOwn = cuts.contains(key);
        if (!isOwn
                && (!cutByAnybody.contains(epoch.number()) || ambiguous.contains(epoch.number()))) {
            // Whoever sealed it did not cut it, and nobody knows which of several cuts it is.
            return;
        }
        long content = isOwn ? cuts.get(key, 0) : cutByAnybody.get(epoch.number(), 0);
        if (sealed.contains(epoch.number()) && sealed.get(epoch.number(), 0) != content) {
            judgement.violated(
                    claimed.at(),
                    Words.say(
                            "%s sealed %s %s with another content than it was sealed with before",
                            declaration.role(claimed.node()), epoch, Words.at(claimed.at())));
        }
        sealed.put(epoch.number(), content);
    }

    private void resumed(
            Observation.Claimed claimed, int process, Epoch epoch, Judgement judgement) {
        NodeId node = claimed.node();
        cutBy.put(node, epoch.number());
        acknowledgedBy.put(node, NONE);
        Version from = new Version(epoch, claimed.memoryDigest());
        lineage.resumed(node, from);
        if (safe.isAfter(epoch)) {
            safe = epoch;
            safeVersion = from;
        }
        content(claimed, epoch, judgement);
        Entry owed = acknowledged.owedBy(node);
        if (owed != null && owed.epoch().isAfter(epoch)) {
            violated(claimed, epoch, owed.epoch() + " was acknowledged", owed.at(), judgement);
        } else if (!terms.isReplaced(node)
                && restored.isAfter(epoch)
                && !mayBePassedOver(node, from)) {
            violated(claimed, epoch, restored + " was restored", restoredAt, judgement);
        } else if (owed != null || restored.isAfter(Epoch.ZERO)) {
            judgement.witness();
        }
        terms.resumed(node);
        acknowledged.whole(process, epoch);
        if (!terms.isReplaced(node) && hasLeftItsProcess(claimed, epoch)) {
            restored = epoch;
            restoredAt = claimed.at();
            restoredUnder = terms.of(node);
        }
    }

    /** Whether a later take-over may miss what was restored, having found a holder without it. */
    private boolean mayBePassedOver(NodeId node, Version from) {
        return terms.of(node) > restoredUnder
                && !sealedNumbers.contains(restored.number())
                && held.values().stream().anyMatch(copies -> copies.containsValue(from));
    }

    /** Whether another one may know what is restored. */
    private boolean hasLeftItsProcess(Observation.Claimed claimed, Epoch epoch) {
        boolean isOwn = cutIn.get(key(claimed.node(), epoch), NONE) == claimed.incarnation();
        return !isOwn || sealed.contains(epoch.number());
    }

    /** Who restores a number gets what it was sealed with, and what others got. */
    private void content(Observation.Claimed claimed, Epoch epoch, Judgement judgement) {
        long content = claimed.memoryDigest();
        long known =
                ambiguous.contains(epoch.number()) ? content : sealed.get(epoch.number(), content);
        if (known != content || contents.get(epoch.number(), content) != content) {
            judgement.violated(
                    claimed.at(),
                    Words.say(
                            "%s restored %s %s with another content than it was %s with",
                            declaration.role(claimed.node()),
                            epoch,
                            Words.at(claimed.at()),
                            known == content ? "restored" : "sealed"));
        }
        contents.put(epoch.number(), content);
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
