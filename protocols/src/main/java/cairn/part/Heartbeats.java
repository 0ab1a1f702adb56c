package cairn.part;

import cairn.model.NodeId;

import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * The suspicion that a silence raises. Silence is counted in ticks, which the owner gives at a
 * fixed interval of its own: so a clock that jumps raises no suspicion, and neither does a pause of
 * the owner itself, which finds one tick and all that arrived meanwhile.
 *
 * <p>A suspicion may be wrong; whoever acts on it must fence.
 */
public final class Heartbeats {

    private final int ticks;
    private final NavigableMap<NodeId, Integer> silence = new TreeMap<>();

    /**
     * Suspects after a silence of so many nanoseconds, rounded up to whole ticks and one more,
     * since the first tick may come at once; throws {@link IllegalArgumentException} if either is
     * not above zero.
     */
    public Heartbeats(long tickNanos, long suspectAfterNanos) {
        if (tickNanos < 1 || suspectAfterNanos < 1) {
            throw new IllegalArgumentException(
                    "times are above zero: " + tickNanos + ", " + suspectAfterNanos);
        }
        ticks = Math.toIntExact((suspectAfterNanos + tickNanos - 1) / tickNanos + 1);
    }

    /** Begins to listen for somebody, who is not suspected for now. */
    public void watch(NodeId node) {
        silence.put(node, 0);
    }

    /** Listens for somebody no longer. */
    public void forget(NodeId node) {
        silence.remove(node);
    }

    /** Somebody gave a sign of life; it counts only if it is watched. */
    public void heard(NodeId node) {
        silence.replace(node, 0);
    }

    /** One more interval has passed. */
    public void tick() {
        silence.replaceAll((_, count) -> Math.min(count + 1, ticks));
    }

    /** Whether somebody who is watched has been silent for too long. */
    public boolean isSuspected(NodeId node) {
        return silence.getOrDefault(node, 0) >= ticks;
    }
}
