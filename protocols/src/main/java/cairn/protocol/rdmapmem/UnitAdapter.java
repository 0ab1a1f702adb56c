package cairn.protocol.rdmapmem;

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
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * A unit's RDMA interface: translates what the directory says, and lets connections access it
 * through windows (PMU-4, PMU-10, PMU-17). Once a window is bound, the unit's processor has no part
 * in what goes through it (PMU-2).
 */
final class UnitAdapter {

    private static final int COMPLETIONS = 1024;

    private final RdmaPmemSettings settings;
    private final Rules rules;
    private final Verbs verbs;
    private final int domain;
    private final int completionQueue;
    private final List<Registered> regions = new ArrayList<>();
    private final List<Integer> retired = new ArrayList<>();
    private final @Nullable Connection[] connections;

    private record Registered(Entry entry, MemoryKey key) {}

    /** A server's connection, and the windows that it may use. */
    static final class Connection {
        private final NodeId requester;
        private final long attempt;
        private final int queuePair;
        private final int[] rkeys = new int[CommitRecord.MOST_REGIONS];
        private final boolean[] bound = new boolean[CommitRecord.MOST_REGIONS];
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

    UnitAdapter(RdmaPmemSettings settings, Rules rules, int servers, Verbs verbs) {
        this.settings = settings;
        this.rules = rules;
        this.verbs = verbs;
        this.connections = new Connection[servers];
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
        for (int i = regions.size() - 1; i >= 0; i--) {
            Registered region = regions.get(i);
            Entry entry = directory.find(region.entry.resource());
            if (entry == null) {
                retire(region);
                regions.remove(i);
            } else if (!entry.equals(region.entry)) {
                rules.move(verbs, region.key.lkey(), new Extent(entry.address(), entry.length()));
                regions.set(i, new Registered(entry, region.key));
            }
        }
        for (Entry entry : directory.entries()) {
            if (find(entry.resource()) == null) {
                MemoryKey key = register(new Extent(entry.address(), entry.length()));
                regions.add(new Registered(entry, key));
            }
        }
    }

    /** A deleted region: the connections that could access it end; its key follows them later. */
    private void retire(Registered region) {
        for (int i = 0; i < connections.length; i++) {
            Connection connection = connections[i];
            if (connection != null) {
                end(connection);
            }
        }
        retired.add(region.key.lkey());
    }

    boolean hasRetired() {
        return !retired.isEmpty();
    }

    /** Frees the keys of deleted regions, whose windows have ended meanwhile. */
    void freeRetired() {
        for (int lkey : retired) {
            verbs.deregister(lkey);
        }
        retired.clear();
    }

    private @Nullable Registered find(String resource) {
        for (Registered region : regions) {
            if (region.entry.resource().equals(resource)) {
                return region;
            }
        }
        return null;
    }

    /** Where an offset of a region lies, or -1 if there is no such region or place. */
    long addressOf(int region, long offset, long length) {
        Registered registered = find(Layout.regionName(region));
        if (registered == null || offset < 0 || offset + length > registered.entry.length()) {
            return -1;
        }
        return registered.entry.address() + offset;
    }

    // ---- connections

    @Nullable Connection connectionOf(NodeId requester) {
        return connections[requester.index()];
    }

    @Nullable Connection connectionOf(NodeId requester, long attempt) {
        Connection connection = connections[requester.index()];
        return connection != null && connection.attempt == attempt ? connection : null;
    }

    /** PMU-9: a reliable connection, which as yet may access nothing. */
    Connection connect(NodeId requester, long attempt, int peerQueuePair) {
        Connection former = connections[requester.index()];
        if (former != null) {
            end(former);
        }
        int queuePair =
                verbs.createQueuePair(domain, completionQueue, completionQueue, Capacities.DEFAULT);
        Set<Access> rights = EnumSet.copyOf(rights(true));
        verbs.modify(queuePair, new Transition.Initialise(rights));
        verbs.modify(
                queuePair, new Transition.ReadyToReceive(requester, peerQueuePair, psn(attempt)));
        verbs.modify(
                queuePair,
                new Transition.ReadyToSend(psn(attempt), 16, 7, 7, settings.timeoutExponent()));
        Connection made = new Connection(requester, attempt, queuePair);
        connections[requester.index()] = made;
        return made;
    }

    /** Both ends of a connection count packets from here. */
    static int psn(long attempt) {
        return (int) (attempt * 0x1003F & 0xFFFFFF);
    }

    private void end(Connection connection) {
        verbs.destroyQueuePair(connection.queuePair);
        connections[connection.requester.index()] = null;
    }

    /** PMU-17: a key that only this connection can use; zero if there is no such region. */
    int bind(Connection connection, int region, boolean writes, long leaderTerm) {
        if (connection.bound[region] && connection.writes == writes) {
            return connection.rkeys[region];
        }
        Registered registered = find(Layout.regionName(region));
        if (registered == null) {
            return 0;
        }
        int rkey =
                rules.keyFor(
                        verbs,
                        connection.queuePair,
                        registered.key,
                        registered.entry.length(),
                        rights(writes));
        connection.rkeys[region] = rkey;
        connection.bound[region] = true;
        connection.writes = writes;
        connection.leaderTerm = leaderTerm;
        return rkey;
    }

    private Set<Access> rights(boolean writes) {
        Set<Access> rights = EnumSet.of(Access.REMOTE_READ);
        if (writes) {
            rights.add(Access.REMOTE_WRITE);
            rights.add(Access.FLUSH_GLOBAL);
            if (settings.needsNativeFlush()) {
                rights.add(Access.FLUSH_PERSISTENT);
            }
        }
        return rights;
    }

    /** Whether there was a window to end. */
    boolean unbind(NodeId requester, long attempt, int region) {
        Connection connection = connectionOf(requester, attempt);
        if (connection == null || !connection.bound[region]) {
            return false;
        }
        verbs.invalidateWindow(connection.rkeys[region]);
        connection.bound[region] = false;
        return true;
    }

    /**
     * PMU-17: ends the connections that may write under an earlier term than this one; returns a
     * bit for each server that had one.
     */
    int revoke(long leaderTerm) {
        int ended = 0;
        for (Connection connection : connections) {
            if (connection != null && connection.writes && connection.leaderTerm < leaderTerm) {
                ended |= 1 << connection.requester.index();
                end(connection);
            }
        }
        return ended;
    }

    boolean isOpen(int requester, int queuePair) {
        Connection connection = connections[requester];
        return connection != null && connection.queuePair == queuePair;
    }
}
