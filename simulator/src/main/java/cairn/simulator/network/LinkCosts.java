package cairn.simulator.network;

import cairn.model.choice.Law;
import cairn.model.choice.Tabulated;
import cairn.model.fault.LinkQuality;

/**
 * What a link from one machine to another does to what it carries, as long as it is in order.
 *
 * @param latencyNanos from the last bit's departure to its arrival; asked for each message as
 *     "latency n1>n2", unless it is constant
 * @param ordered whether messages arrive in the order in which they were sent, as on one
 *     connection; else each arrives after its own latency
 * @param quality what is lost, doubled, held back, corrupted and delayed without any fault
 * @param heldBackNanos how long a message that is held back is held; later ones overtake it also
 *     where the link is ordered
 */
public record LinkCosts(Law latencyNanos, boolean ordered, LinkQuality quality, Law heldBackNanos) {

    /** Laws are tabulated here, once for all runs with these costs. */
    public LinkCosts {
        if (latencyNanos.calm() < 0 || heldBackNanos.calm() < 0) {
            throw new IllegalArgumentException(
                    "a latency must not be negative: " + latencyNanos + ", " + heldBackNanos);
        }
        latencyNanos = Tabulated.of(latencyNanos);
        heldBackNanos = Tabulated.of(heldBackNanos);
    }

    /**
     * An ordered link that loses nothing by itself; should a fault make it hold messages back, then
     * four latencies on average.
     */
    public static LinkCosts ordered(Law latencyNanos) {
        return new LinkCosts(latencyNanos, true, LinkQuality.PERFECT, heldBack(latencyNanos));
    }

    /** The same, where each message arrives after its own latency. */
    public LinkCosts unordered() {
        return new LinkCosts(latencyNanos, false, quality, heldBackNanos);
    }

    public LinkCosts withQuality(LinkQuality better) {
        return new LinkCosts(latencyNanos, ordered, better, heldBackNanos);
    }

    private static Law heldBack(Law latencyNanos) {
        return new Law.Exponential(0, 4.0 * latencyNanos.calm());
    }
}
