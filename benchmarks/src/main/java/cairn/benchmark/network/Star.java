package cairn.benchmark.network;

import cairn.fault.SeededChoices;
import cairn.model.fault.LinkQuality;
import cairn.simulator.kernel.Kernel;
import cairn.simulator.kernel.LogicalProcess;
import cairn.simulator.network.LinkCosts;
import cairn.simulator.network.Links;
import cairn.simulator.network.Network;
import cairn.simulator.network.NetworkCosts;

import org.jspecify.annotations.Nullable;

/**
 * Hosts around a switch that send each other messages of 64 bytes: who receives one sends one on,
 * so that as many are in flight as at first, but for those that are lost, which their senders
 * replace by a timer.
 */
final class Star {

    private static final int BYTES = 64;
    private static final int MESSAGE = 1;
    private static final LinkQuality LOSSY = new LinkQuality(0.001, 0, 0, 0, 0);

    private final Kernel kernel = new Kernel();
    private final Network network;
    private final int hosts;
    private final boolean hub;
    private long delivered;

    /** One host: answers to the centre, or passes on to the next of its peers in turn. */
    private final class Member implements LogicalProcess {
        private final int self;
        private int peer;

        Member(int self) {
            this.self = self;
            this.peer = self;
        }

        @Override
        public void on(int kind, long argument, @Nullable Object payload) {
            delivered++;
            pass(argument);
        }

        void pass(long argument) {
            network.send(self, next(), BYTES, MESSAGE, argument + 1, null);
        }

        private int next() {
            if (hub && self != 0) {
                return 0;
            }
            peer = peer + 1 == hosts ? 0 : peer + 1;
            if (peer == self) {
                peer = peer + 1 == hosts ? 0 : peer + 1;
            }
            return peer;
        }
    }

    Star(int hosts, int inFlightPerHost, boolean hub, Jitter jitter, boolean receiverQueues) {
        this.hosts = hosts;
        this.hub = hub;
        LinkCosts link = LinkCosts.ordered(jitter.law()).withQuality(LOSSY);
        NetworkCosts costs = new NetworkCosts("", 1.2, receiverQueues, link);
        Links links = new Links(kernel, hosts);
        network = new Network(kernel, new SeededChoices(1), links, costs);
        Member[] members = new Member[hosts];
        for (int i = 0; i < hosts; i++) {
            members[i] = new Member(i);
            network.attach(i, members[i]);
        }
        int refill = kernel.register((kind, argument, payload) -> refill(members, argument));
        for (int i = 0; i < hosts; i++) {
            for (int j = 0; j < inFlightPerHost; j++) {
                members[i].pass(j);
            }
        }
        kernel.schedule(REFILL_NANOS, refill, 0, (long) refill << 32, null);
    }

    private static final long REFILL_NANOS = 1_000_000;

    /** Sends as many new messages as were lost, from one host after the other. */
    private void refill(Member[] members, long argument) {
        int refill = (int) (argument >>> 32);
        int done = (int) argument;
        int lost = (int) network.lost();
        for (int i = done; i < lost; i++) {
            members[i % hosts].pass(i);
        }
        kernel.schedule(kernel.now() + REFILL_NANOS, refill, 0, (long) refill << 32 | lost, null);
    }

    /** Runs until this many more messages were delivered; answers the trace hash. */
    long run(long messages) {
        long until = delivered + messages;
        while (delivered < until) {
            kernel.run(Long.MAX_VALUE - 1, until - delivered);
        }
        return kernel.digest();
    }

    long delivered() {
        return delivered;
    }

    long lost() {
        return network.lost();
    }

    long inFlight() {
        return kernel.pending() - 1L;
    }
}
