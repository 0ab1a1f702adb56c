package cairn.simulator.network;

import cairn.model.NodeId;
import cairn.model.fault.Fault;
import cairn.simulator.kernel.Kernel;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongFunction;

/**
 * What is broken between machines; shared by all {@link Network}s that pass there, so that a cut
 * cuts each class of traffic.
 *
 * <p>Faults are counted: a way that was cut twice is open again when both cuts are healed, and two
 * bad qualities act one after the other. A flap cuts in the first half of each of its periods,
 * beginning when it strikes.
 */
public final class Links {

    private final Kernel kernel;
    private final int[] isolations;
    private final PairTable<Way> ways = new PairTable<>();
    private final LongFunction<Way> maker = this::make;

    public Links(Kernel kernel, int hosts) {
        this.kernel = kernel;
        this.isolations = new int[hosts];
    }

    int hosts() {
        return isolations.length;
    }

    /** Whether something that is sent now from one host to another is not cut off. */
    public boolean isOpen(int from, int to) {
        return from == to || way(from, to).isOpen(kernel.now());
    }

    Way way(int from, int to) {
        return ways.get(from, to, maker);
    }

    private Way make(long key) {
        return new Way(kernel, isolations, (int) (key >>> 32), (int) key);
    }

    private Way way(NodeId from, NodeId to) {
        check(from);
        check(to);
        if (from.equals(to)) {
            throw new IllegalArgumentException("a machine has no link to itself: " + from);
        }
        return way(from.index(), to.index());
    }

    private List<Way> waysFrom(NodeId node) {
        check(node);
        List<Way> ways = new ArrayList<>();
        for (int to = 0; to < isolations.length; to++) {
            if (to != node.index()) {
                ways.add(way(node.index(), to));
            }
        }
        return ways;
    }

    private void check(NodeId node) {
        if (node.index() >= isolations.length) {
            throw new IllegalArgumentException(
                    node + " is not one of " + isolations.length + " machines");
        }
    }

    /**
     * Breaks something.
     *
     * @throws IllegalArgumentException if it names a machine that is not there, or a link to itself
     */
    public void strike(Fault.OfNetwork fault) {
        switch (fault) {
            case Fault.LinkCut(NodeId from, NodeId to) -> {
                way(from, to).cut();
                way(to, from).cut();
            }
            case Fault.OneWayCut(NodeId from, NodeId to) -> way(from, to).cut();
            case Fault.Isolation(NodeId node) -> {
                check(node);
                isolations[node.index()]++;
            }
            case Fault.FalseSuspicion(NodeId node) -> waysFrom(node).forEach(Way::cut);
            case Fault.Misdelivery(NodeId from, NodeId to, NodeId tenant) -> {
                check(tenant);
                way(from, to).divert(tenant.index());
            }
            case Fault.Flap(NodeId from, NodeId to, long periodNanos) -> {
                way(from, to).flap(kernel.now(), periodNanos);
                way(to, from).flap(kernel.now(), periodNanos);
            }
            case Fault.BadLink(NodeId from, NodeId to, var quality) ->
                    way(from, to).degrade(quality);
        }
    }

    /**
     * Ends one fault that struck.
     *
     * @throws IllegalStateException if it did not strike, or was healed as often as it did
     */
    public void heal(Fault.OfNetwork fault) {
        switch (fault) {
            case Fault.LinkCut(NodeId from, NodeId to) -> {
                way(from, to).join();
                way(to, from).join();
            }
            case Fault.OneWayCut(NodeId from, NodeId to) -> way(from, to).join();
            case Fault.Isolation(NodeId node) -> {
                check(node);
                if (isolations[node.index()] == 0) {
                    throw new IllegalStateException(node + " is not isolated");
                }
                isolations[node.index()]--;
            }
            case Fault.FalseSuspicion(NodeId node) -> waysFrom(node).forEach(Way::join);
            case Fault.Misdelivery(NodeId from, NodeId to, NodeId tenant) ->
                    way(from, to).rejoin(tenant.index());
            case Fault.Flap(NodeId from, NodeId to, long periodNanos) -> {
                way(from, to).settle(periodNanos);
                way(to, from).settle(periodNanos);
            }
            case Fault.BadLink(NodeId from, NodeId to, var quality) -> way(from, to).mend(quality);
        }
    }

    /**
     * How many messages went otherwise so far, in the way of a fault and where it strikes: those
     * that were stopped for a cut, spoilt for a bad link, diverted for a misdelivery.
     */
    public long effects(Fault.OfNetwork fault) {
        return switch (fault) {
            case Fault.LinkCut(NodeId from, NodeId to) -> stoppedBetween(from, to);
            case Fault.OneWayCut(NodeId from, NodeId to) -> way(from, to).stopped();
            case Fault.Isolation(NodeId node) -> {
                long stopped = stoppedFrom(node);
                for (int from = 0; from < isolations.length; from++) {
                    stopped += from == node.index() ? 0 : way(from, node.index()).stopped();
                }
                yield stopped;
            }
            case Fault.FalseSuspicion(NodeId node) -> stoppedFrom(node);
            case Fault.Misdelivery(NodeId from, NodeId to, NodeId _) -> way(from, to).diverted();
            case Fault.Flap(NodeId from, NodeId to, long _) -> stoppedBetween(from, to);
            case Fault.BadLink(NodeId from, NodeId to, var _) -> way(from, to).spoilt();
        };
    }

    private long stoppedBetween(NodeId one, NodeId other) {
        return way(one, other).stopped() + way(other, one).stopped();
    }

    private long stoppedFrom(NodeId node) {
        return waysFrom(node).stream().mapToLong(Way::stopped).sum();
    }
}
