package cairn.verification.junit;

import cairn.model.Seat;
import cairn.model.choice.Law;
import cairn.simulator.network.LinkCosts;
import cairn.simulator.network.NetworkCosts;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

import java.util.List;

/**
 * Topologies as arbitraries of jqwik: they shrink to fewer machines, to one rack, and to a network
 * that takes the same time for each message.
 */
public final class Topologies {

    private static final int MOST_RACKS = 4;

    /**
     * From the simplest on: what one shrinks to stands before it. All are of one site: how long a
     * protocol waits before it suspects somebody is a setting, and belongs to a network.
     */
    private static final List<NetworkCosts> NETWORKS =
            List.of(
                    NetworkCosts.constant("", 10_000, Double.POSITIVE_INFINITY),
                    NetworkCosts.constant("", 10_000, 1.2).withReceiverQueues(true),
                    // Gigabit Ethernet behind busy switches.
                    new NetworkCosts(
                            "",
                            0.12,
                            true,
                            LinkCosts.ordered(Law.HeavyTail.withTail(20_000, 80_000, 3))),
                    NetworkCosts.MESSAGES,
                    NetworkCosts.MESSAGES.withLink(NetworkCosts.MESSAGES.link().unordered()),
                    new NetworkCosts(
                            "",
                            0.6,
                            true,
                            LinkCosts.ordered(Law.HeavyTail.withTail(16_000, 4_000, 9))));

    private Topologies() {}

    /** From so many to so many machines: a protocol is laid out for each number. */
    public static Arbitrary<Topology> ofMachines(int fewest, int most) {
        return Arbitraries.integers().between(fewest, most).flatMap(Topologies::of);
    }

    /** Of the machines that a protocol has. */
    public static Arbitrary<Topology> over(List<Seat> seats) {
        return of(seats.size());
    }

    private static Arbitrary<Topology> of(int machines) {
        Arbitrary<List<Integer>> racks =
                Arbitraries.integers()
                        .between(1, Math.min(machines, MOST_RACKS))
                        .flatMap(count ->
                                Arbitraries.integers()
                                        .between(0, count - 1)
                                        .list()
                                        .ofSize(machines));
        return Combinators.combine(racks, Arbitraries.of(NETWORKS))
                .as((rackOf, network) -> new Topology(machines, rackOf, network));
    }
}
