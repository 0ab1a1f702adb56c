package cairn.protocol.checkpointserver;

import cairn.model.NodeId;
import cairn.part.Heartbeats;
import cairn.protocol.checkpointserver.CheckpointServerMessage.Alive;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * Notices that a host crashed, and that the application in it hangs while the host goes on: what
 * counts is not that somebody answers but that the application's own count of beats grows (PA-1).
 */
final class Watchdog {

    private final Rules rules;
    private final Heartbeats heartbeats;
    private final NavigableMap<NodeId, Alive> newest = new TreeMap<>();

    Watchdog(CheckpointServerSettings settings, List<NodeId> hosts, Rules rules) {
        this.rules = rules;
        heartbeats = new Heartbeats(settings.heartbeatNanos(), settings.suspectAfterNanos());
        hosts.forEach(heartbeats::watch);
    }

    void tick() {
        heartbeats.tick();
    }

    void heard(NodeId host, Alive alive) {
        Alive before = newest.get(host);
        if (before != null
                && (alive.incarnation() < before.incarnation()
                        || (alive.incarnation() == before.incarnation()
                                && alive.beats() < before.beats()))) {
            // Overtaken on the way.
            return;
        }
        if (before == null || rules.isSignOfLife(before, alive)) {
            heartbeats.heard(host);
        }
        newest.put(host, alive);
    }

    /** Whether a host was heard of and is not suspected. */
    boolean isWell(NodeId host) {
        return newest.containsKey(host) && !heartbeats.isSuspected(host);
    }

    /**
     * Whether the very process that was chosen is not suspected, nor replaced by another one of its
     * host; so long as nothing was heard, it is believed in.
     */
    boolean isWell(NodeId host, int incarnation) {
        Alive known = newest.get(host);
        return !heartbeats.isSuspected(host)
                && (known == null || known.incarnation() == incarnation);
    }

    /** The life of a host that was heard of last. */
    int incarnation(NodeId host) {
        @Nullable Alive known = newest.get(host);
        if (known == null) {
            throw new IllegalStateException("never heard of " + host);
        }
        return known.incarnation();
    }
}
