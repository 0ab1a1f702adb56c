package cairn.protocol;

import cairn.model.Message;
import cairn.model.choice.Law;
import cairn.simulator.Environment;
import cairn.simulator.Scenario;
import cairn.simulator.network.LinkCosts;
import cairn.simulator.network.NetworkCosts;

/** The same runs on other networks. */
public final class Networks {

    /** Gigabit Ethernet behind busy switches: 0.12 GB/s, and 100 us one way at the median. */
    private static final NetworkCosts SLOW =
            new NetworkCosts(
                    "", 0.12, true, LinkCosts.ordered(Law.HeavyTail.withTail(20_000, 80_000, 3)));

    /** One run in so many is on a slow network. */
    private static final int SHARE = 4;

    private Networks() {}

    /** The same scenario, where a page takes as long on its way as ten do elsewhere. */
    public static <M extends Message> Scenario<M> slow(Scenario<M> scenario) {
        Environment usual = scenario.environment();
        return new Scenario<>(
                scenario.protocol(),
                scenario.application(),
                new Environment(
                        usual.cpu(),
                        SLOW,
                        usual.rdma(),
                        usual.platform(),
                        usual.disk(),
                        usual.waitsForCompletions()),
                scenario.faults(),
                scenario.bounds(),
                scenario.limits());
    }

    /** Some of the runs on a slow network, the others as they are. */
    public static SoundRuns any(SoundRuns runs) {
        return new SoundRuns(
                runs.protocol(),
                seed ->
                        seed % SHARE == 0
                                ? slow(runs.drawn().apply(seed))
                                : runs.drawn().apply(seed));
    }
}
