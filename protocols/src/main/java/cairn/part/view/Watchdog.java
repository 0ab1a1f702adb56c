package cairn.part.view;

import cairn.model.NodeId;
import cairn.part.Heartbeats;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.LongSupplier;

/**
 * Notices that a host crashed, and that the application in it hangs while the host goes on: what
 * counts is not that somebody answers but that the application's own count of beats grows (PA-1).
 */
public final class Watchdog {

    private final ViewRules rules;
    private final Heartbeats heartbeats;
    private final NavigableMap<NodeId, Pulse> newest = new TreeMap<>();

    /** Suspects hosts as {@link Heartbeats} do, which it is told of by {@link #tick}. */
    public Watchdog(long tickNanos, long suspectAfterNanos, List<NodeId> hosts, ViewRules rules) {
        this.rules = rules;
        heartbeats = new Heartbeats(tickNanos, suspectAfterNanos);
        hosts.forEach(heartbeats::watch);
    }

    /** One more interval has passed. */
    public void tick() {
        heartbeats.tick();
    }

    /**
     * One more interval has passed.
     *
     * @param suspectAfter after how long a silence that begins now is suspected, in nanoseconds
     */
    public void tick(LongSupplier suspectAfter) {
        heartbeats.tick(suspectAfter);
    }

    /** A sign came; false if it was overtaken on the way by one that counts instead. */
    public boolean heard(NodeId host, Pulse pulse) {
        Pulse before = newest.get(host);
        if (before != null
                && (pulse.incarnation() < before.incarnation()
                        || (pulse.incarnation() == before.incarnation()
                                && pulse.beats() < before.beats()))) {
            return false;
        }
        if (before == null || rules.isSignOfLife(before, pulse)) {
            heartbeats.heard(host);
        }
        newest.put(host, pulse);
        return true;
    }

    /** Whether a host has been silent for too long, or its application stood still. */
    public boolean isSuspected(NodeId host) {
        return heartbeats.isSuspected(host);
    }

    /** Whether a host was heard of and is not suspected. */
    public boolean isWell(NodeId host) {
        return newest.containsKey(host) && !heartbeats.isSuspected(host);
    }

    /**
     * Whether the very process that was chosen is not suspected, nor replaced by another one of its
     * host; so long as nothing was heard, it is believed in.
     */
    public boolean isWell(NodeId host, int incarnation) {
        Pulse known = newest.get(host);
        return !heartbeats.isSuspected(host)
                && (known == null || known.incarnation() == incarnation);
    }

    /** The life of a host that was heard of last. */
    public int incarnation(NodeId host) {
        @Nullable Pulse known = newest.get(host);
        if (known == null) {
            throw new IllegalStateException("never heard of " + host);
        }
        return known.incarnation();
    }
}
