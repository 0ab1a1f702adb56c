package cairn.simulator.network;

import cairn.model.choice.Law;

/**
 * What one class of traffic costs.
 *
 * @param name what its choices begin with, so that two classes between the same machines ask
 *     different questions; empty for the class that needs no name
 * @param bytesPerNano of each machine's port: messages leave it one after the other; 1.2 bytes a
 *     nanosecond are 1.2 GB/s, infinity is allowed
 * @param receiverQueues whether messages from several senders also queue at the receiver's port,
 *     which has the same bandwidth; a message whose bits arrive while the port is idle is not
 *     delayed by it
 * @param link what each link costs
 */
public record NetworkCosts(
        String name, double bytesPerNano, boolean receiverQueues, LinkCosts link) {

    /**
     * Messages between processes over TCP in the kernel: 10 us one way at the median (10 GbE, best
     * case; Larsen et al.), 26 us at the 99.9th percentile (default, unverified), 1.2 GB/s.
     */
    public static final NetworkCosts MESSAGES =
            new NetworkCosts(
                    "", 1.2, true, LinkCosts.ordered(Law.HeavyTail.withTail(8_000, 2_000, 9)));

    public NetworkCosts {
        if (name.indexOf('#') >= 0 || name.indexOf('\n') >= 0) {
            throw new IllegalArgumentException("a name is one line without '#': '" + name + "'");
        }
        if (!(bytesPerNano > 0)) {
            throw new IllegalArgumentException("bandwidth must be positive: " + bytesPerNano);
        }
    }

    /** Ordered links that take the same time for each message, and ports that send only. */
    public static NetworkCosts constant(String name, long latencyNanos, double bytesPerNano) {
        return new NetworkCosts(
                name, bytesPerNano, false, LinkCosts.ordered(new Law.Constant(latencyNanos)));
    }

    /**
     * RDMA packets on reliable connections, ordered, with queues at both ports: the given latency
     * at the median, {@code tail} times as much at the 99.9th percentile. Nine tenths of the median
     * are a floor.
     */
    public static NetworkCosts packets(
            String name, long latencyNanos, double tail, double bytesPerNano) {
        long floor = Math.round(0.9 * latencyNanos);
        return new NetworkCosts(
                name,
                bytesPerNano,
                true,
                LinkCosts.ordered(
                        Law.HeavyTail.withTail(
                                floor, (double) latencyNanos - floor, 10 * tail - 9)));
    }

    public NetworkCosts withLink(LinkCosts other) {
        return new NetworkCosts(name, bytesPerNano, receiverQueues, other);
    }

    public NetworkCosts withReceiverQueues(boolean queues) {
        return new NetworkCosts(name, bytesPerNano, queues, link);
    }
}
