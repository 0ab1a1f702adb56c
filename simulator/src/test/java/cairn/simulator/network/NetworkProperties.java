package cairn.simulator.network;

import static cairn.simulator.network.Wire.n;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cairn.fault.SeededChoices;
import cairn.model.choice.Law;
import cairn.model.fault.Fault;
import cairn.model.fault.LinkQuality;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

import java.util.List;

class NetworkProperties {

    private static final int HOSTS = 3;
    private static final LinkQuality BAD = new LinkQuality(0.2, 0.2, 0, 0.1, 5, 0.5);

    /** Something that is sent; its number is its place in the order of sending. */
    record Sending(long at, int from, int to, int bytes) {}

    /** A fault with its beginning and its end. */
    record Trouble(long at, long lasts, int kind, int from, int to) {
        Fault.OfNetwork fault() {
            int other = from == to ? (to + 1) % HOSTS : to;
            return switch (kind) {
                case 0 -> new Fault.LinkCut(n(from), n(other));
                case 1 -> new Fault.OneWayCut(n(from), n(other));
                case 2 -> new Fault.Isolation(n(from));
                case 3 -> new Fault.Flap(n(from), n(other), 40);
                default -> new Fault.BadLink(n(from), n(other), BAD);
            };
        }
    }

    @Provide
    Arbitrary<List<Sending>> sendings() {
        return Combinators.combine(
                        Arbitraries.longs().between(0, 500),
                        Arbitraries.integers().between(0, HOSTS - 1),
                        Arbitraries.integers().between(0, HOSTS - 1),
                        Arbitraries.integers().between(0, 300))
                .as(Sending::new)
                .list()
                .ofMaxSize(60);
    }

    @Provide
    Arbitrary<List<Trouble>> troubles() {
        return Combinators.combine(
                        Arbitraries.longs().between(0, 400),
                        Arbitraries.longs().between(1, 300),
                        Arbitraries.integers().between(0, 4),
                        Arbitraries.integers().between(0, HOSTS - 1),
                        Arbitraries.integers().between(0, HOSTS - 1))
                .as(Trouble::new)
                .list()
                .ofMaxSize(6);
    }

    private static Wire run(
            List<Sending> sendings, List<Trouble> troubles, boolean queues, long seed) {
        NetworkCosts costs =
                new NetworkCosts("", 3, queues, LinkCosts.ordered(new Law.Uniform(20, 60)));
        Wire wire = new Wire(HOSTS, costs, new SeededChoices(seed));
        for (Trouble trouble : troubles) {
            wire.strikeAt(trouble.at, trouble.fault());
            wire.healAt(trouble.at + trouble.lasts, trouble.fault());
        }
        List<Sending> inOrder =
                sendings.stream().sorted((a, b) -> Long.compare(a.at, b.at)).toList();
        for (int i = 0; i < inOrder.size(); i++) {
            Sending sending = inOrder.get(i);
            long number = (long) sending.from << 32 | i;
            wire.at(sending.at, () -> wire.send(sending.from, sending.to, sending.bytes, number));
        }
        wire.run();
        return wire;
    }

    @Property(tries = 500)
    void eachMessageArrivesOrIsCountedAsGone(
            @ForAll("sendings") List<Sending> sendings,
            @ForAll("troubles") List<Trouble> troubles,
            @ForAll boolean queues,
            @ForAll long seed) {
        Wire wire = run(sendings, troubles, queues, seed);
        Network network = wire.network;
        assertEquals(wire.arrived.size(), network.delivered());
        assertEquals(sendings.size(), network.sent());
        assertEquals(
                network.sent() + network.doubled(),
                network.delivered() + network.lost() + network.corrupted() + network.cut());
        // Nothing stays broken.
        for (int i = 0; i < HOSTS * HOSTS; i++) {
            assertTrue(wire.links.isOpen(i / HOSTS, i % HOSTS));
        }
    }

    @Property(tries = 500)
    void anOrderedLinkDeliversInOrderWhateverFails(
            @ForAll("sendings") List<Sending> sendings,
            @ForAll("troubles") List<Trouble> troubles,
            @ForAll boolean queues,
            @ForAll long seed) {
        long[][] last = new long[HOSTS][HOSTS];
        for (String arrival : run(sendings, troubles, queues, seed).arrived) {
            int to = Integer.parseInt(arrival.substring(0, 1));
            long argument = Long.parseLong(arrival.substring(arrival.indexOf(':') + 1));
            int from = (int) (argument >>> 32);
            long number = argument & 0xFFFF_FFFFL;
            if (from != to) {
                assertTrue(number >= last[from][to], "overtaken: " + arrival);
                last[from][to] = number;
            }
        }
    }

    @Property(tries = 500)
    void aPortThatQueuesLetsNoMorePassThanItsBandwidth(
            @ForAll("sendings") List<Sending> sendings, @ForAll long seed) {
        Wire wire = run(sendings, List.of(), true, seed);
        List<Sending> inOrder =
                sendings.stream().sorted((a, b) -> Long.compare(a.at, b.at)).toList();
        long[] first = new long[HOSTS];
        double[] passed = new double[HOSTS];
        for (String arrival : wire.arrived) {
            int to = Integer.parseInt(arrival.substring(0, 1));
            long at = Long.parseLong(arrival.substring(2, arrival.indexOf(':')));
            long argument = Long.parseLong(arrival.substring(arrival.indexOf(':') + 1));
            Sending sent = inOrder.get((int) argument);
            if (sent.from == to) {
                continue;
            }
            if (first[to] == 0) {
                first[to] = at;
            } else {
                passed[to] += sent.bytes / 3.0;
            }
            // Since the first was through, all others' bits have passed, one after the other.
            assertTrue(at - first[to] >= passed[to] - 2, arrival + " came too early");
        }
    }
}
