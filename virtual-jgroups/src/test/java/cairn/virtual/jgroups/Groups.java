package cairn.virtual.jgroups;

import cairn.fault.FaultPlan;
import cairn.fault.RandomFault;
import cairn.fault.SeededChoices;
import cairn.model.NodeId;
import cairn.model.choice.Law;
import cairn.model.choice.Mix;
import cairn.model.fault.Fault;
import cairn.model.fault.Injection;
import cairn.model.fault.LinkQuality;
import cairn.model.fault.Trigger;
import cairn.simulator.network.NetworkCosts;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Groups of five that tests run. */
final class Groups {

    static final int SIZE = 5;

    private static final long SECOND = 1_000_000_000;

    private Groups() {}

    /** Nothing fails; they send each other a message every half second. */
    static GroupScenario calm() {
        return new GroupScenario(
                SIZE,
                Stack.QUICK,
                Work.multicasting(Duration.ofMillis(500)),
                NetworkCosts.MESSAGES,
                FaultPlan.NONE,
                Duration.ofSeconds(10),
                Duration.ofSeconds(60));
    }

    /**
     * A minute of kills, pauses, partitions, and up to 4 % of all datagrams lost; odd seeds have
     * the newer protocols, every third counts.
     */
    static GroupScenario stormy(long seed) {
        return new GroupScenario(
                SIZE,
                Stack.QUICK.with(
                        seed % 2 == 0
                                ? Stack.Generation.CREDITS
                                : Stack.Generation.ACKNOWLEDGEMENTS),
                seed % 3 == 0
                        ? Work.counting(Duration.ofMillis(500))
                        : Work.multicasting(Duration.ofMillis(500)),
                losing(seed % 5 / 100.0),
                storm(),
                Duration.ofSeconds(60),
                Duration.ofSeconds(300));
    }

    private static NetworkCosts losing(double probability) {
        return NetworkCosts.MESSAGES.withLink(
                NetworkCosts.MESSAGES.link().withQuality(new LinkQuality(probability, 0, 0, 0, 0)));
    }

    private static FaultPlan storm() {
        Law often = new Law.Exponential(0, 60.0 * SECOND);
        Law seldom = new Law.Exponential(0, 120.0 * SECOND);
        List<RandomFault> faults = new ArrayList<>();
        for (int i = 0; i < SIZE; i++) {
            NodeId node = new NodeId(i);
            faults.add(random("crash " + node, new Fault.ProcessCrash(node), often, 5));
            faults.add(random("pause " + node, new Fault.Pause(node), often, 5));
            faults.add(random("isolation " + node, new Fault.Isolation(node), often, 8));
            for (int j = i + 1; j < SIZE; j++) {
                NodeId other = new NodeId(j);
                faults.add(
                        random(
                                "cut " + node + "-" + other,
                                new Fault.LinkCut(node, other),
                                seldom,
                                8));
            }
        }
        return new FaultPlan(List.of(), faults);
    }

    private static RandomFault random(String name, Fault fault, Law gap, long seconds) {
        return new RandomFault(name, fault, gap, 3, seconds * SECOND);
    }

    /** One fault at a time, for so long. */
    static FaultPlan once(Fault fault, long atSecond, long seconds) {
        return new FaultPlan(
                List.of(new Injection(new Trigger.At(atSecond * SECOND), fault, seconds * SECOND)),
                List.of());
    }

    static GroupResult run(GroupScenario scenario, long seed) {
        return Group.run(scenario, new SeededChoices(seed));
    }

    /** One number for the runs of so many stormy seeds. */
    static long digest(int seeds) {
        long digest = 0;
        for (int seed = 0; seed < seeds; seed++) {
            digest = Mix.fold(digest, run(stormy(seed), seed).digest());
        }
        return digest;
    }

    /** Prints that number, in a JVM of its own. */
    public static void main(String[] arguments) {
        System.out.println("digest " + digest(Integer.parseInt(arguments[0])));
    }
}
