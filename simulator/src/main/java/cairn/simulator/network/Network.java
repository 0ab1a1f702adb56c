package cairn.simulator.network;

import cairn.model.choice.Choices;
import cairn.simulator.kernel.Kernel;
import cairn.simulator.kernel.LogicalProcess;

import org.jspecify.annotations.Nullable;

import java.util.function.LongFunction;

/**
 * One class of traffic between the machines of a run, such as messages or RDMA packets.
 *
 * <p>A message waits for the sender's port, passes it at the port's bandwidth, travels for the
 * link's latency, passes the receiver's port if that queues, and is handed to the receiver. It is
 * gone if its way is cut when it is sent or when it arrives; a cut that begins and is healed while
 * it travels does not concern it. What is lost or corrupted has still taken its time at the
 * sender's port. A machine's message to itself passes no port, meets no fault, and takes the
 * latency alone.
 *
 * <p>Where the choices order deliveries, the time of each arrival is as ever, but which of the
 * messages under way it brings is asked: see {@link Pool}.
 *
 * <p>A link is made when the first message is sent on it. Whatever is not determined is asked under
 * the name of the link, "latency n1>n2"; a constant latency and a probability of zero are not
 * asked.
 */
public final class Network {

    private final Link.Shared shared;
    private final Links broken;
    private final PairTable<Link> links = new PairTable<>();
    private final @Nullable LogicalProcess[] receivers;
    private final Port[] ports;
    private final Arrivals[] arrivals;
    private final Traffic traffic = new Traffic();

    // Kept, since making it anew for each message would be garbage.
    private final LongFunction<Link> maker = this::make;

    /** A network between as many machines as {@code broken} has. */
    public Network(Kernel kernel, Choices choices, Links broken, NetworkCosts costs) {
        this.broken = broken;
        Pool pool = choices.ordersDeliveries() ? new Pool(kernel, costs.name(), choices) : null;
        shared = new Link.Shared(kernel, choices, costs, traffic, pool);
        int hosts = broken.hosts();
        receivers = new @Nullable LogicalProcess[hosts];
        ports = new Port[hosts];
        arrivals = new Arrivals[hosts];
        InFlight inFlight = new InFlight();
        for (int i = 0; i < hosts; i++) {
            ports[i] = new Port();
            arrivals[i] = new Arrivals(inFlight);
        }
    }

    /** Says who receives what is sent to a host; before anything is sent to it. */
    public void attach(int host, LogicalProcess receiver) {
        receivers[host] = receiver;
    }

    /**
     * Sends a message: the receiver is handed kind, argument and payload when it arrives.
     *
     * @param bytes its size on the wire
     * @param kind zero or more
     */
    public void send(
            int from, int to, int bytes, int kind, long argument, @Nullable Object payload) {
        if (kind < 0 || bytes < 0) {
            throw new IllegalArgumentException(
                    "kind and size must not be negative: " + kind + ", " + bytes);
        }
        links.get(from, to, maker).send(bytes, kind, argument, payload);
    }

    private Link make(long key) {
        int from = (int) (key >>> 32);
        int to = (int) key;
        LogicalProcess receiver = receivers[to];
        if (receiver == null) {
            throw new IllegalStateException("nobody was attached to receive for n" + to);
        }
        NetworkCosts costs = shared.costs();
        // Where the order of arrival is asked for, no port decides it.
        boolean queues = costs.receiverQueues() && from != to && shared.pool() == null;
        return new Link(
                shared,
                new Link.Ends(from, to, broken.hosts()),
                costs.link(),
                from == to ? null : broken.way(from, to),
                ports[from],
                receiver,
                queues ? arrivals[to] : null,
                // A connection knows its other end; an address may have been given away.
                costs.name().isEmpty() ? receivers : new @Nullable LogicalProcess[0]);
    }

    /** Messages sent, whatever became of them. */
    public long sent() {
        return traffic.sent;
    }

    /** From now on messages arrive in the order of their times, whoever else is asked for it. */
    public void calm() {
        Pool pool = shared.pool();
        if (pool != null) {
            pool.calm();
        }
    }

    /** Bytes of all messages sent to others, whatever became of them. */
    public long bytes() {
        return traffic.bytes;
    }

    /** Messages handed to receivers, doubled ones twice. */
    public long delivered() {
        return traffic.delivered;
    }

    public long lost() {
        return traffic.lost;
    }

    /** Messages that vanished because their way was cut. */
    public long cut() {
        return traffic.cut;
    }

    /** Messages that a checksum refused. */
    public long corrupted() {
        return traffic.corrupted;
    }

    public long doubled() {
        return traffic.doubled;
    }

    /** Messages that were held back for others to overtake. */
    public long heldBack() {
        return traffic.heldBack;
    }
}
