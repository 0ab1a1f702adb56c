package cairn.virtual.jgroups;

import cairn.fault.FaultPlan;
import cairn.fault.SeededChoices;
import cairn.model.choice.Mix;
import cairn.model.fault.Fault;
import cairn.model.fault.Injection;
import cairn.model.fault.Trigger;
import cairn.simulator.network.NetworkCosts;

import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;

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

    /** One fault at a time, for so long. */
    static FaultPlan once(Fault fault, long atSecond, long seconds) {
        return new FaultPlan(
                List.of(new Injection(new Trigger.At(atSecond * SECOND), fault, seconds * SECOND)),
                List.of());
    }

    static GroupResult run(GroupScenario scenario, long seed) {
        return Group.run(scenario, new SeededChoices(seed));
    }

    /** One number for the runs of so many stormy seeds, from the first or from the last on. */
    static long digest(int seeds, boolean backwards) {
        long[] digests = new long[seeds];
        for (int i = 0; i < seeds; i++) {
            int seed = backwards ? seeds - 1 - i : i;
            digests[seed] = run(Storm.of(seed), seed).digest();
        }
        return LongStream.of(digests).reduce(0, Mix::fold);
    }

    /** Prints that number, in a JVM of its own. */
    public static void main(String[] arguments) {
        System.out.println("digest " + digest(Integer.parseInt(arguments[0]), true));
    }
}
