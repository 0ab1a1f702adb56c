package cairn.protocol.messagelogging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cairn.application.ring.RingSettings;
import cairn.application.ring.TokenRing;
import cairn.fault.FaultPlan;
import cairn.fault.SeededChoices;
import cairn.model.Application;
import cairn.model.CpuCosts;
import cairn.model.Epoch;
import cairn.model.Observation;
import cairn.model.choice.Law;
import cairn.model.computation.Parcel;
import cairn.model.fault.LinkQuality;
import cairn.model.property.Bounds;
import cairn.model.property.Properties;
import cairn.part.Channels.Frame;
import cairn.part.ensemble.EnsembleMessage.Arrived;
import cairn.part.ensemble.EnsembleMessage.Carried;
import cairn.part.ensemble.Payload;
import cairn.part.ensemble.Payload.Goods;
import cairn.part.ensemble.Rules;
import cairn.protocol.Ranks;
import cairn.simulator.Environment;
import cairn.simulator.Limits;
import cairn.simulator.RunResult;
import cairn.simulator.Scenario;
import cairn.simulator.Simulation;
import cairn.simulator.Trace;
import cairn.simulator.disk.DiskCosts;
import cairn.simulator.network.LinkCosts;
import cairn.simulator.network.NetworkCosts;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The closed form of acknowledgements over links that lose each message and each acknowledgement
 * with probability p: a message is sent 1/(1-p)^2 times on average, and p/(1-p) duplicates of it
 * arrive (DJ-9, DJ-11).
 */
final class AcknowledgementTest {

    private static final int ROUNDS = 4_000;

    /** How often each message of a rank was sent and delivered, and whether that became known. */
    private static final class Counts implements Trace {

        private final SortedMap<String, Integer> sent = new TreeMap<>();
        private final SortedMap<String, Integer> delivered = new TreeMap<>();
        private final SortedMap<String, Integer> acknowledged = new TreeMap<>();

        @Override
        public void on(Observation observation) {
            // The messages are all that is counted.
        }

        @Override
        public void step(long at, Step step, int node, int peer, @Nullable Object what) {
            if (what
                    instanceof
                    Carried(Frame<Payload>(long _, long _, Goods(Epoch _, Parcel parcel)))) {
                String name = parcel.from() + " #" + parcel.number();
                (step == Step.SENT ? sent : delivered).merge(name, 1, Integer::sum);
            } else if (what instanceof Arrived(long _, long number) && step == Step.DELIVERED) {
                acknowledged.merge(node + " #" + number, 1, Integer::sum);
            }
        }
    }

    private static Counts ring(double loss, Rules rules) {
        var ring = new TokenRing(new RingSettings(2, ROUNDS, 1_000, 1, 0));
        var settings = new MessageLoggingSettings(1_000_000_000_000L, 100_000, 2 * ROUNDS);
        LinkCosts link =
                LinkCosts.ordered(new Law.Constant(10_000))
                        .withQuality(new LinkQuality(loss, 0, 0, 0, 0));
        var environment =
                new Environment(
                        CpuCosts.DEFAULT,
                        NetworkCosts.MESSAGES.withLink(link),
                        Ranks.ENVIRONMENT.rdma(),
                        Ranks.ENVIRONMENT.platform(),
                        DiskCosts.NVME_PROTECTED,
                        false);
        var scenario =
                new Scenario<>(
                        new MessageLogging(settings, ring, CpuCosts.DEFAULT, rules),
                        new Application.Parallel(ring),
                        environment,
                        FaultPlan.NONE,
                        new Bounds(64, 5_000_000_000L, 200_000),
                        new Limits(1_000_000_000_000L, 10_000_000, 1_000_000, 20_000_000));
        Counts counts = new Counts();
        RunResult result =
                new Simulation<>(
                                scenario,
                                new SeededChoices(14),
                                List.of(Properties.named("RES"), Properties.named("EO")),
                                List.of(),
                                counts)
                        .run();
        assertTrue(result.finished());
        return counts;
    }

    /** Within three standard errors of the mean. */
    private static void assertMean(double expected, Collection<Integer> sample) {
        double mean = sample.stream().mapToInt(Integer::intValue).average().orElseThrow();
        double squares = sample.stream().mapToDouble(n -> (n - mean) * (n - mean)).sum();
        double error = Math.sqrt(squares / (sample.size() - 1.0) / sample.size());
        assertEquals(expected, mean, 3 * error);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.01, 0.1, 0.3})
    void sendsAndDuplicatesAreThoseOfTheClosedForm(double loss) {
        Counts counts = ring(loss, Rules.SOUND);
        assertTrue(counts.sent.size() > 7_900, "messages: " + counts.sent.size());
        assertEquals(counts.sent.keySet(), counts.delivered.keySet());
        assertEquals(
                counts.sent.keySet(), counts.acknowledged.keySet(), "no copy is kept for ever");
        assertMean(1 / ((1 - loss) * (1 - loss)), counts.sent.values());
        assertMean(
                loss / (1 - loss),
                counts.delivered.values().stream().map(number -> number - 1).toList());
    }

    @Test
    void ifDuplicatesAreNotAcknowledgedAShareOfTheMessagesNeverCompletes() {
        double loss = 0.1;
        Counts counts =
                ring(
                        loss,
                        new Rules() {
                            @Override
                            public boolean acknowledgesDuplicates() {
                                return false;
                            }
                        });
        List<Integer> stuck =
                counts.sent.keySet().stream()
                        .map(name -> counts.acknowledged.containsKey(name) ? 0 : 1)
                        .toList();
        assertMean(loss, stuck);
    }
}
