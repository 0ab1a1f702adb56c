package cairn.virtual.jgroups;

import cairn.fault.FaultPlan;
import cairn.fault.RandomFault;
import cairn.model.NodeId;
import cairn.model.choice.Law;
import cairn.model.fault.Fault;
import cairn.model.fault.LinkQuality;
import cairn.simulator.network.NetworkCosts;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A minute in which five members are killed, held and cut off again and again, then quiet. */
public final class Storm {

    private static final int MEMBERS = 5;
    private static final int MOST_OF_ONE = 3;
    private static final long SECOND = 1_000_000_000;
    private static final Duration GAP = Duration.ofMillis(500);

    private Storm() {}

    /**
     * The storm of a seed: odd seeds have the newer protocols, every third counts instead of
     * sending messages, and 0 to 4 % of all datagrams are lost.
     */
    public static GroupScenario of(long seed) {
        return of(
                Math.floorMod(seed, 2) == 0
                        ? Stack.Generation.CREDITS
                        : Stack.Generation.ACKNOWLEDGEMENTS,
                Math.floorMod(seed, 3) == 0 ? Work.counting(GAP) : Work.multicasting(GAP),
                Math.floorMod(seed, 5) / 100.0);
    }

    /**
     * A storm over a group.
     *
     * @param loss the probability that a datagram is lost
     */
    public static GroupScenario of(Stack.Generation generation, Work work, double loss) {
        return new GroupScenario(
                MEMBERS,
                Stack.QUICK.with(generation),
                work,
                NetworkCosts.MESSAGES.withLink(
                        NetworkCosts.MESSAGES
                                .link()
                                .withQuality(new LinkQuality(loss, 0, 0, 0, 0))),
                faults(),
                Duration.ofSeconds(60),
                Duration.ofSeconds(300));
    }

    private static FaultPlan faults() {
        Law often = new Law.Exponential(0, 60.0 * SECOND);
        Law seldom = new Law.Exponential(0, 120.0 * SECOND);
        List<RandomFault> faults = new ArrayList<>();
        for (int i = 0; i < MEMBERS; i++) {
            NodeId node = new NodeId(i);
            faults.add(random("crash " + node, new Fault.ProcessCrash(node), often, 5));
            faults.add(random("pause " + node, new Fault.Pause(node), often, 5));
            faults.add(random("isolation " + node, new Fault.Isolation(node), often, 8));
            for (int j = i + 1; j < MEMBERS; j++) {
                NodeId other = new NodeId(j);
                String name = "cut " + node + "-" + other;
                faults.add(random(name, new Fault.LinkCut(node, other), seldom, 8));
            }
        }
        return new FaultPlan(List.of(), faults);
    }

    private static RandomFault random(String name, Fault fault, Law gap, long seconds) {
        return new RandomFault(name, fault, gap, MOST_OF_ONE, seconds * SECOND);
    }
}
