package cairn.model;

import cairn.model.fault.FaultKind;

import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a protocol with its settings promises.
 *
 * @param text one sentence for a reader
 * @param acknowledgement what an acknowledged checkpoint means
 * @param survives how many faults of each kind an acknowledged checkpoint survives; a kind that is
 *     absent may lose it; under one with zero nothing is promised, although it might take no
 *     checkpoint from anybody
 * @param holdsOutput whether an output leaves only when the state behind it is recoverable
 * @param deepestRollback how many sealed checkpoints of a process a recovery passes over at the
 *     most, as long as the faults are covered
 * @param failTogether the nodes of each failure domain, such as a rack: faults of one kind that
 *     strike several of a domain together count as one; a node of none fails alone
 * @param commonNumbers whether all ranks of a computation go back to checkpoints of one number
 * @param keeps how much of what a process keeps beside checkpoints at the most, by its name in
 *     {@link Fact.Retained}
 * @param overlapping how many processes may fail before one of them has recovered: once more of
 *     them do, nothing is promised any longer but what holds whatever fails
 */
public record Promise(
        String text,
        Acknowledgement acknowledgement,
        Map<FaultKind, Integer> survives,
        boolean holdsOutput,
        int deepestRollback,
        List<Set<NodeId>> failTogether,
        boolean commonNumbers,
        SortedMap<String, Long> keeps,
        int overlapping) {

    /** As often as one likes. */
    public static final int ANY = Integer.MAX_VALUE;

    /** Of a protocol that goes back to its newest checkpoint, but for one in the making. */
    public Promise(
            String text,
            Acknowledgement acknowledgement,
            Map<FaultKind, Integer> survives,
            boolean holdsOutput) {
        this(text, acknowledgement, survives, holdsOutput, 1);
    }

    /** One in which each node fails alone. */
    public Promise(
            String text,
            Acknowledgement acknowledgement,
            Map<FaultKind, Integer> survives,
            boolean holdsOutput,
            int deepestRollback) {
        this(text, acknowledgement, survives, holdsOutput, deepestRollback, List.of());
    }

    /** One in which numbers of different ranks have nothing to do with each other. */
    public Promise(
            String text,
            Acknowledgement acknowledgement,
            Map<FaultKind, Integer> survives,
            boolean holdsOutput,
            int deepestRollback,
            List<Set<NodeId>> failTogether) {
        this(
                text,
                acknowledgement,
                survives,
                holdsOutput,
                deepestRollback,
                failTogether,
                false,
                Collections.emptySortedMap(),
                ANY);
    }

    public Promise {
        EnumMap<FaultKind, Integer> copy = new EnumMap<>(FaultKind.class);
        copy.putAll(survives);
        survives = Collections.unmodifiableMap(copy);
        failTogether = List.copyOf(failTogether);
        keeps = Collections.unmodifiableSortedMap(new TreeMap<>(keeps));
        if (overlapping < 1) {
            throw new IllegalArgumentException("at least one process may fail: " + overlapping);
        }
    }

    /** All kinds of faults, as often as one likes, but for some that may lose a checkpoint. */
    public static Map<FaultKind, Integer> anyBut(FaultKind... kinds) {
        EnumMap<FaultKind, Integer> survives = new EnumMap<>(FaultKind.class);
        for (FaultKind kind : FaultKind.values()) {
            survives.put(kind, ANY);
        }
        List.of(kinds).forEach(survives::remove);
        return survives;
    }

    /** The same of a protocol whose checkpoints of one number are one cut through all ranks. */
    public Promise withCommonNumbers() {
        return new Promise(
                text,
                acknowledgement,
                survives,
                holdsOutput,
                deepestRollback,
                failTogether,
                true,
                keeps,
                overlapping);
    }

    /** The same of a protocol that copes with so many processes at a time. */
    public Promise withOverlapping(int most) {
        return new Promise(
                text,
                acknowledgement,
                survives,
                holdsOutput,
                deepestRollback,
                failTogether,
                commonNumbers,
                keeps,
                most);
    }

    /** The same of a protocol that keeps no more of something than this. */
    public Promise keeping(String what, long most) {
        SortedMap<String, Long> more = new TreeMap<>(keeps);
        more.put(what, most);
        return new Promise(
                text,
                acknowledgement,
                survives,
                holdsOutput,
                deepestRollback,
                failTogether,
                commonNumbers,
                more,
                overlapping);
    }

    /** That any number of faults of these kinds is survived; others may be added to it. */
    public static Map<FaultKind, Integer> anyOf(Set<FaultKind> kinds) {
        Map<FaultKind, Integer> survives = new EnumMap<>(FaultKind.class);
        kinds.forEach(kind -> survives.put(kind, ANY));
        return survives;
    }

    /** The failure domain of a node, counted from zero; -1 if it fails alone. */
    public int domain(NodeId node) {
        for (int i = 0; i < failTogether.size(); i++) {
            if (failTogether.get(i).contains(node)) {
                return i;
            }
        }
        return -1;
    }

    /** Whether an acknowledged checkpoint is still promised after so many faults of a kind. */
    public boolean covers(FaultKind kind, int times) {
        return times <= survives.getOrDefault(kind, 0);
    }
}
