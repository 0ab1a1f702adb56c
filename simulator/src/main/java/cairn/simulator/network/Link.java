package cairn.simulator.network;

import cairn.model.choice.Choices;
import cairn.model.choice.Course;
import cairn.simulator.kernel.Kernel;
import cairn.simulator.kernel.LogicalProcess;

import org.jspecify.annotations.Nullable;

/**
 * The way of one class of traffic from one machine to another; a process of the kernel, so that an
 * event says by its process where a message is, and the argument is the message's own.
 */
final class Link implements LogicalProcess {

    private final Kernel kernel;
    private final Traffic traffic;
    private final @Nullable Way way;
    private final Port senderPort;
    private final LogicalProcess receiver;
    private final @Nullable Arrivals arrivals;
    private final @Nullable Pool pool;
    private final Ends ends;
    private final @Nullable LogicalProcess[] tenants;
    private final double nanosPerByte;
    private final boolean ordered;
    private final Course latency;
    private final long leastLatency;
    private final Course heldBack;
    private final Dice dice;
    private final int process;
    private long lastArrival;

    /**
     * What the links of a network share.
     *
     * @param pool where messages wait, if the order of their arrival is asked for
     */
    record Shared(
            Kernel kernel,
            Choices choices,
            NetworkCosts costs,
            Traffic traffic,
            @Nullable Pool pool) {}

    /** The sending and the receiving one of so many hosts. */
    record Ends(int from, int to, int hosts) {

        /** The number of this link among all links of the network. */
        private int stream() {
            return from * hosts + to;
        }

        @Override
        public String toString() {
            return "n" + from + ">n" + to;
        }
    }

    /**
     * A link.
     *
     * @param way what may be broken; {@code null} for a machine's way to itself, where nothing is
     * @param arrivals the receiver's port, if messages queue there
     * @param tenants whom messages may reach that are for this host; empty if nobody else
     */
    Link(
            Shared shared,
            Ends ends,
            LinkCosts costs,
            @Nullable Way way,
            Port senderPort,
            LogicalProcess receiver,
            @Nullable Arrivals arrivals,
            @Nullable LogicalProcess[] tenants) {
        this.kernel = shared.kernel;
        this.traffic = shared.traffic;
        this.pool = shared.pool;
        this.ends = ends;
        this.way = way;
        this.senderPort = senderPort;
        this.receiver = receiver;
        this.arrivals = arrivals;
        this.tenants = tenants;
        nanosPerByte = 1 / shared.costs.bytesPerNano();
        ordered = costs.ordered();
        Choices choices = shared.choices;
        String network = shared.costs.name();
        String prefix = network.isEmpty() ? "" : network + " ";
        latency = new Course(prefix + "latency " + ends, costs.latencyNanos(), choices);
        leastLatency = Math.max(0, costs.latencyNanos().least());
        heldBack = new Course(prefix + "held back " + ends, costs.heldBackNanos(), choices);
        dice = new Dice(costs.quality(), prefix, ends.toString(), choices);
        process = kernel.register(this);
    }

    private long latencyNanos() {
        return Math.max(0, latency.at(kernel.now()));
    }

    private long heldBackNanos() {
        return Math.max(0, heldBack.at(kernel.now()));
    }

    void send(int bytes, int kind, long argument, @Nullable Object payload) {
        traffic.sent++;
        long now = kernel.now();
        if (way == null) {
            // It never leaves its machine.
            kernel.schedule(now + latencyNanos(), process, kind, argument, payload);
            return;
        }
        traffic.bytes += bytes;
        long departure = senderPort.pass(now, bytes * nanosPerByte);
        if (!way.isOpen(now)) {
            traffic.cut++;
            way.stop();
            return;
        }
        dice.degrade(way);
        if (dice.isCertain()) {
            depart(way, departure, false, bytes, kind, argument, payload);
        } else {
            risk(way, departure, bytes, kind, argument, payload);
        }
    }

    private void risk(
            Way through,
            long departure,
            int bytes,
            int kind,
            long argument,
            @Nullable Object payload) {
        if (dice.loses()) {
            traffic.lost++;
            spoilt();
            return;
        }
        if (dice.corrupts()) {
            // The receiver's checksum finds it, so that nobody sees it.
            traffic.corrupted++;
            spoilt();
            return;
        }
        depart(through, departure, dice.holdsBack(), bytes, kind, argument, payload);
        if (dice.doubles()) {
            traffic.doubled++;
            spoilt();
            depart(through, departure, false, bytes, kind, argument, payload);
        }
    }

    private void depart(
            Way through,
            long departure,
            boolean late,
            int bytes,
            int kind,
            long argument,
            @Nullable Object payload) {
        if (dice.bytesPerNano() < Double.POSITIVE_INFINITY) {
            through.bottleneck()
                    .enter(
                            new Bottleneck.Waiting(
                                    this, departure, late, bytes, kind, argument, payload));
        } else {
            travel(departure, late, bytes, kind, argument, payload);
        }
    }

    /** What passes on its way in a nanosecond; infinity where the ports alone decide. */
    double bytesPerNano() {
        if (way != null) {
            dice.degrade(way);
        }
        return dice.bytesPerNano();
    }

    /** Something befell a message. */
    void spoilt() {
        if (way != null) {
            way.spoil();
        }
    }

    /** A message leaves the last place where it had to wait, and is under way. */
    void travel(
            long departure,
            boolean late,
            int bytes,
            int kind,
            long argument,
            @Nullable Object payload) {
        long arrival = departure + latencyNanos() + dice.extraDelayNanos();
        if (late || dice.extraDelayNanos() > 0) {
            spoilt();
        }
        if (late) {
            traffic.heldBack++;
            arrival += heldBackNanos();
        } else if (ordered) {
            lastArrival = Math.max(lastArrival, arrival);
            arrival = lastArrival;
        }
        if (pool != null) {
            long soonest = departure + leastLatency + dice.extraDelayNanos();
            pool.send(this, soonest, arrival, ordered && !late, kind, argument, payload);
            return;
        }
        long carried = arrivals == null ? argument : arrivals.keep(argument, bytes);
        kernel.schedule(arrival, process, kind, carried, payload);
    }

    /** A message arrives at the receiver's port, or, if its kind is negative, has passed it. */
    @Override
    public void on(int kind, long argument, @Nullable Object payload) {
        if (kind < 0) {
            throughPort(~kind, argument, payload);
        } else if (way == null) {
            hand(kind, argument, payload);
        } else if (!way.isOpen(kernel.now())) {
            traffic.cut++;
            way.stop();
            if (arrivals != null) {
                arrivals.forget(argument);
            }
        } else if (arrivals == null) {
            hand(kind, argument, payload);
        } else {
            intoPort(arrivals, kind, argument, payload);
        }
    }

    /** The number of this link; the same in every run, whichever link is used first. */
    int stream() {
        return ends.stream();
    }

    /** The receiving host. */
    int to() {
        return ends.to;
    }

    private void intoPort(Arrivals port, int kind, long slot, @Nullable Object payload) {
        long now = kernel.now();
        long through = port.takeIn(now, slot, nanosPerByte);
        if (through == Arrivals.AT_ONCE) {
            handKept(port, kind, slot, payload);
        } else {
            kernel.schedule(through, process, ~kind, slot, payload);
        }
    }

    private void throughPort(int kind, long slot, @Nullable Object payload) {
        if (arrivals == null) {
            throw new IllegalStateException("a message came from a port that is not there");
        }
        arrivals.left();
        handKept(arrivals, kind, slot, payload);
    }

    private void handKept(Arrivals port, int kind, long slot, @Nullable Object payload) {
        long argument = port.argument(slot);
        port.forget(slot);
        // The event showed the slot only; the trace hash is to depend on what was delivered.
        kernel.fold(argument);
        hand(kind, argument, payload);
    }

    private void hand(int kind, long argument, @Nullable Object payload) {
        traffic.delivered++;
        int tenant = way == null ? -1 : way.tenant();
        LogicalProcess other = tenant < 0 || tenants.length == 0 ? null : tenants[tenant];
        if (way != null && other != null) {
            way.misdeliver();
        }
        if (other instanceof Tenant stranger) {
            stranger.misdelivered(receiver, kind, argument, payload);
        } else {
            (other == null ? receiver : other).on(kind, argument, payload);
        }
    }
}
