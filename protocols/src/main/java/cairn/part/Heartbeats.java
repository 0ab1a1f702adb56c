package cairn.part;

import cairn.model.NodeId;

import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.LongSupplier;

/**
 * The suspicion that a silence raises. Silence is counted in ticks, which the owner gives at a
 * fixed interval of its own: so a clock that jumps raises no suspicion, and neither does a pause of
 * the owner itself, which finds one tick and all that arrived meanwhile.
 *
 * <p>A suspicion may be wrong; whoever acts on it must fence.
 */
public final class Heartbeats {

    private final long tickNanos;
    private final long suspectAfterNanos;
    private final NavigableMap<NodeId, Silence> silences = new TreeMap<>();

    /** For how many ticks somebody has been silent, and for how many he may be. */
    private record Silence(int ticks, int most) {}

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
        this.tickNanos = tickNanos;
        this.suspectAfterNanos = suspectAfterNanos;
    }

    private Silence none() {
        return new Silence(0, ticks(suspectAfterNanos));
    }

    private int ticks(long nanos) {
        return Math.toIntExact((Math.max(1, nanos) + tickNanos - 1) / tickNanos + 1);
    }

    /** Begins to listen for somebody, who is not suspected for now. */
    public void watch(NodeId node) {
        silences.put(node, none());
    }

    /** Listens for somebody no longer. */
    public void forget(NodeId node) {
        silences.remove(node);
    }

    /** Somebody gave a sign of life; it counts only if it is watched. */
    public void heard(NodeId node) {
        silences.replace(node, none());
    }

    /** One more interval has passed. */
    public void tick() {
        tick(() -> suspectAfterNanos);
    }

    /**
     * One more interval has passed.
     *
     * @param suspectAfter after how long a silence that begins now is suspected, in nanoseconds
     */
    public void tick(LongSupplier suspectAfter) {
        silences.replaceAll((_, silence) ->
                silence.ticks == 0
                        ? new Silence(1, ticks(suspectAfter.getAsLong()))
                        : new Silence(Math.min(silence.ticks + 1, silence.most), silence.most));
    }

    /** Whether somebody who is watched has been silent for too long. */
    public boolean isSuspected(NodeId node) {
        Silence silence = silences.get(node);
        return silence != null && silence.ticks >= silence.most;
    }
}
