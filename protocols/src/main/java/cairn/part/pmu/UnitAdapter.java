package cairn.part.pmu;

import cairn.model.Fact.Entry;
import cairn.model.NodeId;
import cairn.model.verbs.Access;
import cairn.model.verbs.Capacities;
import cairn.model.verbs.Extent;
import cairn.model.verbs.MemoryKey;
import cairn.model.verbs.MemoryKind;
import cairn.model.verbs.Transition;
import cairn.model.verbs.Verbs;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;

/**
 * A unit's RDMA interface: translates what the directory says, and lets connections access it
 * through windows (PMU-4, PMU-10, PMU-17). Once a window is bound, the unit's processor has no part
 * in what goes through it (PMU-2).
 */
final class UnitAdapter {

    private static final int COMPLETIONS = 1024;

    private final PmuSettings settings;
    private final PmuRules rules;
    private final Verbs verbs;
    private final int domain;
    private final int completionQueue;
    private final NavigableMap<String, Registered> regions = new TreeMap<>();
    private final NavigableMap<NodeId, Connection> connections = new TreeMap<>();
    private final List<Integer> retired = new ArrayList<>();

    private record Registered(Entry entry, MemoryKey key) {}

    /** A client's connection, and the keys of the windows that it may use, by region. */
    static final class Connection {
        private final NodeId requester;
        private final long attempt;
        private final int queuePair;
        private final NavigableMap<Integer, Integer> rkeys = new TreeMap<>();
        private boolean writes;
        private long leaderTerm;

        private Connection(NodeId requester, long attempt, int queuePair) {
            this.requester = requester;
            this.attempt = attempt;
            this.queuePair = queuePair;
        }

        NodeId requester() {
            return requester;
        }

        long attempt() {
            return attempt;
        }

        int queuePair() {
            return queuePair;
        }
    }

    UnitAdapter(PmuSettings settings, PmuRules rules, Verbs verbs) {
        this.settings = settings;
        this.rules = rules;
        this.verbs = verbs;
        this.domain = verbs.allocateDomain();
        this.completionQueue = verbs.createCompletionQueue(COMPLETIONS);
    }

    int domain() {
        return domain;
    }

    /** Why the adapter cannot do what the settings ask for, or null if it can. */
    @Nullable String refusal() {
        try {
            verbs.deregister(register(new Extent(0, UnitStore.FIRST_REGION)).lkey());
            return null;
        } catch (IllegalArgumentException refused) {
            return refused.getMessage();
        }
    }

    private MemoryKey register(Extent range) {
        return verbs.register(
                domain, MemoryKind.PERSISTENT, List.of(range), rules.regionRights(settings));
    }

    /** PMU-4: from now on the adapter translates what a directory says, and nothing else. */
    void program(Directory directory) {
        for (String name : List.copyOf(regions.keySet())) {
            if (directory.find(name) == null) {
                retire(name);
            }
        }
        for (Entry entry : directory.entries()) {
            Extent place = new Extent(entry.address(), entry.length());
            Registered known = regions.get(entry.resource());
            if (known != null && !known.entry.equals(entry)) {
                rules.move(verbs, known.key.lkey(), place);
            }
            MemoryKey key = known == null ? register(place) : known.key;
            regions.put(entry.resource(), new Registered(entry, key));
        }
    }

    /** A deleted region: the connections that could access it end; its key follows them later. */
    private void retire(String name) {
        List.copyOf(connections.values()).forEach(this::end);
        Registered region = regions.remove(name);
        if (region != null) {
            retired.add(region.key.lkey());
        }
    }

    boolean hasRetired() {
        return !retired.isEmpty();
    }

    /** Frees the keys of deleted regions, whose windows have ended meanwhile. */
    void freeRetired() {
        retired.forEach(verbs::deregister);
        retired.clear();
    }

    /** Where an offset of a region lies, or -1 if there is no such region or place. */
    long addressOf(int region, long offset, long length) {
        Registered registered = regions.get(Directory.nameOf(region));
        if (registered == null || offset < 0 || offset + length > registered.entry.length()) {
            return -1;
        }
        return registered.entry.address() + offset;
    }

    // ---- connections

    @Nullable Connection connectionOf(NodeId requester) {
        return connections.get(requester);
    }

    @Nullable Connection connectionOf(NodeId requester, long attempt) {
        Connection connection = connections.get(requester);
        return connection != null && connection.attempt == attempt ? connection : null;
    }

    boolean isOpen(Connection connection) {
        return connections.containsValue(connection);
    }

    /** PMU-9: a reliable connection, which as yet may access nothing. */
    Connection connect(NodeId requester, long attempt, int peerQueuePair) {
        Connection former = connections.get(requester);
        if (former != null) {
            end(former);
        }
        int queuePair =
                verbs.createQueuePair(domain, completionQueue, completionQueue, Capacities.DEFAULT);
        verbs.modify(queuePair, new Transition.Initialise(settings.rights(true)));
        Link.connect(verbs, queuePair, requester, peerQueuePair, attempt, settings);
        Connection made = new Connection(requester, attempt, queuePair);
        connections.put(requester, made);
        return made;
    }

    private void end(Connection connection) {
        verbs.destroyQueuePair(connection.queuePair);
        connections.remove(connection.requester);
    }

    /** PMU-17: a key that only this connection can use; zero if there is no such region. */
    int bind(Connection connection, int region, boolean writes, long leaderTerm) {
        Integer bound = connection.rkeys.get(region);
        if (bound != null && connection.writes == writes) {
            return bound;
        }
        Registered registered = regions.get(Directory.nameOf(region));
        if (registered == null) {
            return 0;
        }
        long length = registered.entry.length();
        Set<Access> rights = settings.rights(writes);
        int rkey = rules.keyFor(verbs, connection.queuePair, registered.key, length, rights);
        connection.rkeys.put(region, rkey);
        connection.writes = writes;
        connection.leaderTerm = leaderTerm;
        return rkey;
    }

    /** Whether there was a window to end. */
    boolean unbind(NodeId requester, long attempt, int region) {
        Connection connection = connectionOf(requester, attempt);
        Integer bound = connection == null ? null : connection.rkeys.remove(region);
        if (bound != null) {
            verbs.invalidateWindow(bound);
        }
        return bound != null;
    }

    /**
     * PMU-17: ends the connections that may write under an earlier term than this one; returns a
     * bit for each client that had one.
     */
    int revoke(long leaderTerm) {
        int ended = 0;
        for (Connection connection : List.copyOf(connections.values())) {
            if (connection.writes && connection.leaderTerm < leaderTerm) {
                ended |= 1 << connection.requester.index();
                end(connection);
            }
        }
        return ended;
    }
}
