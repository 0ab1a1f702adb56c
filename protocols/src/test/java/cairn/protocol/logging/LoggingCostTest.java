package cairn.protocol.logging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cairn.application.ring.RingSettings;
import cairn.application.ring.TokenRing;
import cairn.fault.CalmChoices;
import cairn.fault.FaultPlan;
import cairn.model.Application;
import cairn.model.CpuCosts;
import cairn.model.choice.Law;
import cairn.model.property.Bounds;
import cairn.model.property.Properties;
import cairn.protocol.Ranks;
import cairn.simulator.Environment;
import cairn.simulator.Limits;
import cairn.simulator.RunResult;
import cairn.simulator.Scenario;
import cairn.simulator.Simulation;
import cairn.simulator.disk.DiskCosts;
import cairn.simulator.network.LinkCosts;
import cairn.simulator.network.NetworkCosts;

import org.junit.jupiter.api.Test;

import java.util.List;

/**
 * What logging adds to a ping-pong, in which nothing hides it: receiver-based a write to the disk
 * at each receipt, sender-based a round trip before each sending, the others nothing.
 */
final class LoggingCostTest {

    private static final int ROUNDS = 2_000;
    private static final long LATENCY_NANOS = 10_000;
    private static final double TOLERANCE = 0.02;

    /** How long one hop of the token takes, on average. */
    private static double hopNanos(Family family) {
        var ring = new TokenRing(new RingSettings(2, ROUNDS, 0, 1, 0));
        long never = 1_000_000_000_000L;
        var settings = new LoggingSettings(family, 1, never, never, 10_000_000, 64);
        var environment =
                new Environment(
                        CpuCosts.DEFAULT,
                        NetworkCosts.MESSAGES.withLink(
                                LinkCosts.ordered(new Law.Constant(LATENCY_NANOS))),
                        Ranks.ENVIRONMENT.rdma(),
                        Ranks.ENVIRONMENT.platform(),
                        DiskCosts.NVME_PROTECTED,
                        false);
        var scenario =
                new Scenario<>(
                        new Logging(settings, ring, CpuCosts.DEFAULT),
                        new Application.Parallel(ring),
                        environment,
                        FaultPlan.NONE,
                        new Bounds(64, 5_000_000_000L, 200_000),
                        new Limits(never, 0, 1_000_000, 20_000_000));
        RunResult result =
                new Simulation<>(
                                scenario,
                                new CalmChoices(),
                                List.of(Properties.named("RES")),
                                List.of(),
                                null)
                        .run();
        assertTrue(result.finished());
        return result.endNanos() / (2.0 * ROUNDS);
    }

    private static void assertSlower(double byNanos, Family family) {
        double plain = hopNanos(Family.OPTIMISTIC);
        double expected = (plain + byNanos) / plain;
        assertEquals(expected, hopNanos(family) / plain, TOLERANCE * expected, family.toString());
    }

    @Test
    void receiverBasedAddsTheWriteToTheDiskToEveryReceipt() {
        DiskCosts disk = DiskCosts.NVME_PROTECTED;
        double sector = 512;
        assertSlower(
                disk.operationNanos() + disk.syncNanos() + sector / disk.bytesPerNano(),
                Family.PESSIMISTIC_RECEIVER);
    }

    @Test
    void senderBasedAddsARoundTripBeforeEverySending() {
        double message = CpuCosts.DEFAULT.messageNanos();
        double wire = (LoggingMessage.HEADER_BYTES + 48) / NetworkCosts.MESSAGES.bytesPerNano();
        assertSlower(2 * (LATENCY_NANOS + message + wire), Family.PESSIMISTIC_SENDER);
    }

    @Test
    void causalAddsNextToNothing() {
        assertSlower(0, Family.CAUSAL);
    }
}
