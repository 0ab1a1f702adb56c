package cairn.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cairn.fault.CalmChoices;
import cairn.fault.FaultPlan;
import cairn.model.CpuCosts;
import cairn.model.Fact;
import cairn.model.NodeId;
import cairn.model.Observation;
import cairn.model.fault.Fault;
import cairn.model.fault.Injection;
import cairn.model.fault.Trigger;
import cairn.model.property.Bounds;
import cairn.model.service.Workload;
import cairn.rdma.Platform;
import cairn.rdma.RdmaCosts;
import cairn.simulator.disk.DiskCosts;
import cairn.simulator.network.NetworkCosts;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

/** What faults do to a machine's clock, by itself and through whole runs. */
final class ClockFaultsTest {

    private static final NodeId ONE = new NodeId(0);
    private static final NodeId OTHER = new NodeId(1);
    private static final long MILLI = 1_000_000;

    /** A reading of a clock, and when it was taken. */
    private record Reading(long at, long shown) {
        long off() {
            return shown - at;
        }
    }

    private static List<Reading> readings(NodeId node, Fault fault, long healAfter) {
        Injection injection = new Injection(new Trigger.At(MILLI + 1), fault, healAfter);
        Scenario<Ticker.Silence> scenario =
                new Scenario<>(
                        new Ticker(),
                        new Counter(),
                        new Workload(1, 1, new Workload.Loop.Closed(0), MILLI),
                        new Environment(
                                CpuCosts.DEFAULT,
                                NetworkCosts.constant("", 10_000, 1.2),
                                RdmaCosts.DEFAULT,
                                Platform.COMMON,
                                DiskCosts.NVME_PROTECTED,
                                false),
                        new FaultPlan(List.of(injection), List.of()),
                        new Bounds(8, MILLI, MILLI),
                        new Limits(3 * MILLI, 0, 0, 10_000));
        List<Reading> readings = new ArrayList<>();
        new Simulation<>(
                        scenario,
                        new CalmChoices(),
                        List.of(),
                        List.of(seen -> {
                            if (seen instanceof Observation.Claimed claimed
                                    && claimed.node().equals(node)
                                    && claimed.fact() instanceof Fact.Cut(int _, var epoch)) {
                                readings.add(new Reading(claimed.at(), epoch.number()));
                            }
                        }),
                        null)
                .run();
        assertTrue(readings.size() > 25, readings.toString());
        return readings;
    }

    private static long off(List<Reading> readings, long at) {
        return readings.stream()
                .filter(reading -> reading.at() > at)
                .findFirst()
                .orElseThrow()
                .off();
    }

    @Test
    void aClockThatJumpedGoesOnFromThere() {
        Clock clock = new Clock();
        clock.jump(1_000, -400);
        assertEquals(600, clock.reading(1_000));
        assertEquals(1_600, clock.reading(2_000));
        clock.drift(2_000, 100_000);
        assertEquals(2_700, clock.reading(3_000));
    }

    @Test
    void whatIsLeftOfTwoDriftsGoesOnWhenOneIsHealed() {
        Clock clock = new Clock();
        Fault.OfClock fast = new Fault.ClockDrift(ONE, 500_000);
        Fault.OfClock slow = new Fault.ClockDrift(ONE, -500_000);
        clock.strike(fast, 0);
        clock.strike(slow, 0);
        assertEquals(750, clock.reading(1_000));
        clock.heal(fast, 1_000);
        assertEquals(1_250, clock.reading(2_000));
        clock.heal(slow, 2_000);
        assertEquals(2_250, clock.reading(3_000));
        assertThrows(IllegalStateException.class, () -> clock.heal(slow, 3_000));
    }

    @Test
    void howeverManySlowAClockItDoesNotStand() {
        Clock clock = new Clock();
        for (int i = 0; i < 10; i++) {
            clock.drift(0, -999_000);
        }
        assertEquals(1_000, clock.reading(1_000 * MILLI));
        assertEquals(1_000 * MILLI, clock.virtual(1_000));
    }

    @Test
    void aSkewLastsUntilItIsHealed() {
        List<Reading> readings = readings(ONE, new Fault.ClockSkew(ONE, -400), MILLI);
        assertEquals(0, off(readings, 0));
        assertEquals(-400, off(readings, MILLI + 1));
        assertEquals(0, off(readings, 2 * MILLI + 1));
    }

    @Test
    void aJumpStaysAndTimersRunOutAsBefore() {
        List<Reading> readings = readings(ONE, new Fault.ClockJump(ONE, 5 * MILLI), 100);
        assertEquals(0, off(readings, 0));
        assertEquals(5 * MILLI, off(readings, MILLI + 1));
        assertEquals(5 * MILLI, readings.getLast().off());
        for (int i = 1; i < readings.size(); i++) {
            assertEquals(Ticker.TICK_NANOS, readings.get(i).at() - readings.get(i - 1).at());
        }
    }

    @Test
    void timersFollowAClockThatDrifts() {
        List<Reading> readings = readings(ONE, new Fault.ClockDrift(ONE, 250_000), MILLI);
        List<Reading> during =
                readings.stream()
                        .filter(reading -> reading.at() > MILLI + 200_000)
                        .filter(reading -> reading.at() < 2 * MILLI)
                        .toList();
        // A clock that gains a quarter shows 100 us after 80.
        assertEquals(80_000, during.get(1).at() - during.getFirst().at());
        assertEquals(100_000, during.get(1).shown() - during.getFirst().shown());
        // What it gained stays when it runs right again.
        assertTrue(Math.abs(readings.getLast().off() - 250_000) <= 2);
    }

    @Test
    void theOtherMachinesClockIsItsOwn() {
        for (Reading reading : readings(OTHER, new Fault.ClockJump(ONE, 5 * MILLI), 100)) {
            assertEquals(0, reading.off());
        }
    }
}
