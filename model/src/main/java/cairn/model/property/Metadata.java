package cairn.model.property;

import cairn.model.Fact;
import cairn.model.Fact.Entry;
import cairn.model.NodeId;
import cairn.model.Observation;
import cairn.model.fault.Fault;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * META: the directory that a store reads when it starts has entries within bounds, without overlap
 * and with unique names; what was laid out is there with the same range, and what was removed is
 * not.
 *
 * <p>An operation that was under way at a crash may go either way, and it is claimed only when it
 * is done. So an entry that is missing is held against the protocol at the end, unless its removal
 * is claimed after all; likewise one that came back, unless it is laid out again.
 */
final class Metadata implements Checker {

    private final Declaration declaration;
    private final Map<Integer, Store> stores = new TreeMap<>();

    /** What is known of one store. */
    private static final class Store {
        private final Map<String, Entry> laid = new TreeMap<>();
        private final Set<String> removed = new TreeSet<>();
        private final Map<String, Suspicion> suspicions = new TreeMap<>();
        private boolean lost;
    }

    /** Something that is wrong unless a later claim explains it. */
    private record Suspicion(long at, String text) {}

    Metadata(Declaration declaration) {
        this.declaration = declaration;
    }

    @Override
    public Set<Topic> topics() {
        return EnumSet.of(Topic.LAID, Topic.REMOVED, Topic.DIRECTORY, Topic.STRUCK);
    }

    private Store at(NodeId store) {
        return stores.computeIfAbsent(store.index(), _ -> new Store());
    }

    @Override
    public void on(Observation observation, Judgement judgement) {
        if (observation instanceof Observation.Struck(long _, Fault fault)) {
            struck(fault);
        } else if (observation instanceof Observation.Claimed claimed) {
            if (claimed.fact() instanceof Fact.Laid laid) {
                laid(laid);
            } else if (claimed.fact() instanceof Fact.Removed(NodeId store, String resource)) {
                at(store).laid.remove(resource);
                at(store).removed.add(resource);
                at(store).suspicions.remove(resource);
            } else if (claimed.fact() instanceof Fact.Directory directory) {
                directory(claimed.at(), directory, judgement);
            }
        }
    }

    private void struck(Fault fault) {
        // A store that is gone, or whose memory decayed, owes nothing of what it knew.
        if (fault instanceof Fault.PermanentLoss(NodeId node)) {
            at(node).laid.clear();
            at(node).removed.clear();
            at(node).suspicions.clear();
            at(node).lost = true;
        } else if (fault instanceof Fault.MemoryRot rot) {
            at(rot.node()).laid.clear();
            at(rot.node()).suspicions.clear();
        }
    }

    private void laid(Fact.Laid laid) {
        Store store = at(laid.store());
        store.suspicions.remove(laid.resource());
        store.removed.remove(laid.resource());
        // What the lost machine had confirmed may still be claimed; its replacement knows nothing.
        if (!store.lost) {
            store.laid.put(
                    laid.resource(), new Entry(laid.resource(), laid.address(), laid.length()));
        }
    }

    private void directory(long at, Fact.Directory directory, Judgement judgement) {
        String who = declaration.role(directory.store()) + " read a directory " + Words.at(at);
        Map<String, Entry> found = new TreeMap<>();
        List<Entry> byAddress = new ArrayList<>(directory.entries());
        byAddress.sort(Comparator.comparingLong(Entry::address));
        long end = 0;
        for (Entry entry : byAddress) {
            if (entry.address() < directory.from()
                    || entry.length() <= 0
                    || entry.length() > directory.to() - entry.address()) {
                judgement.violated(at, who + " with an entry out of bounds: " + entry);
            } else if (entry.address() < end) {
                judgement.violated(at, who + " with an entry that overlaps another: " + entry);
            }
            if (found.put(entry.resource(), entry) != null) {
                judgement.violated(at, who + " that lists " + entry.resource() + " twice");
            }
            end = Math.max(end, entry.address() + entry.length());
        }
        Store store = at(directory.store());
        if (!store.laid.isEmpty() || !store.removed.isEmpty()) {
            judgement.witness();
        }
        compare(at, who, store, found);
        store.lost = false;
    }

    private static void compare(long at, String who, Store store, Map<String, Entry> found) {
        store.suspicions.clear();
        for (Entry expected : store.laid.values()) {
            Entry entry = found.get(expected.resource());
            if (entry == null) {
                store.suspicions.put(
                        expected.resource(),
                        new Suspicion(
                                at,
                                who
                                        + " that lacks "
                                        + expected
                                        + ", which was laid out and never removed"));
            } else if (!entry.equals(expected)) {
                store.suspicions.put(
                        expected.resource(),
                        new Suspicion(
                                at, who + " with " + entry + ", but it was laid: " + expected));
            }
        }
        for (String removed : store.removed) {
            if (found.containsKey(removed)) {
                store.suspicions.put(
                        removed,
                        new Suspicion(
                                at, who + " that still lists " + removed + ", which was removed"));
            }
        }
    }

    @Override
    public void conclude(Ending ending, Judgement judgement) {
        for (Store store : stores.values()) {
            for (Suspicion suspicion : store.suspicions.values()) {
                judgement.violated(suspicion.at(), suspicion.text());
            }
        }
        if (judgement.witnesses() == 0) {
            judgement.inconclusive("no store with anything laid out was ever restarted");
        }
    }
}
