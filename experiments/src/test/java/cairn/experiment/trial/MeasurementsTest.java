package cairn.experiment.trial;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cairn.model.Epoch;
import cairn.model.Fact;
import cairn.model.NodeId;
import cairn.model.Observation;
import cairn.model.fault.Fault;
import cairn.model.service.Operation;
import cairn.model.service.Request;
import cairn.model.service.Response;
import cairn.report.Throughput;

import org.junit.jupiter.api.Test;

import java.util.List;

class MeasurementsTest {

    private static final NodeId PRIMARY = new NodeId(0);
    private static final NodeId BACKUP = new NodeId(1);
    private static final NodeId STORE = new NodeId(2);
    private static final NodeId CLIENT = new NodeId(3);

    private final Measurements measurements =
            new Measurements(List.of("primary", "backup-1", "pmu-1", "client-1"), 1, 0);

    /** Nothing in particular. */
    private record Nothing() implements Operation {
        @Override
        public int bytes() {
            return 0;
        }

        @Override
        public boolean isReadOnly() {
            return true;
        }
    }

    private void claim(long at, NodeId node, Fact fact) {
        measurements.on(new Observation.Claimed(at, node, 0, fact, 0));
    }

    private void release(long at, NodeId node, boolean refused) {
        measurements.on(new Observation.Released(at, node, 0, new Response(CLIENT, 1, refused, 0)));
    }

    @Test
    void aRequestCountsFromWhenItWasWantedToItsFirstAnswer() {
        var request = new Request(CLIENT, 1, new Nothing());
        measurements.on(new Observation.Invoked(500, 100, request));
        measurements.on(new Observation.Invoked(900, 900, request));
        measurements.on(new Observation.Answered(1_100, new Response(CLIENT, 1, false, 0)));
        assertEquals(1, measurements.requestLatency().count());
        assertEquals(1_000, measurements.requestLatency().quantileNanos(1));
    }

    @Test
    void whatAWarmUpTookIsNotMeasured() {
        var warmed = new Measurements(List.of("primary", "client-1"), 1, 2);
        NodeId client = new NodeId(1);
        for (int i = 1; i <= 4; i++) {
            warmed.on(
                    new Observation.Claimed(1_000L * i, PRIMARY, 0, new Fact.Cut(new Epoch(i)), 0));
            warmed.on(
                    new Observation.Invoked(
                            1_000L * i, 1_000L * i, new Request(client, i, new Nothing())));
            warmed.on(
                    new Observation.Claimed(
                            1_000L * i + 10, PRIMARY, 0, new Fact.Acknowledged(new Epoch(i)), 0));
            warmed.on(
                    new Observation.Answered(
                            1_000L * i + 100L / i, new Response(client, i, false, 0)));
        }
        assertEquals(2, warmed.requestLatency().count());
        assertEquals(33, warmed.requestLatency().quantileNanos(1));
        assertEquals(2, warmed.checkpointLatency().count());
        assertEquals(4, warmed.checkpoints(), "all were made");
        assertEquals(2, warmed.throughput().warmUpAnswers());
        assertEquals(2_050, warmed.throughput().warmUpNanos());
    }

    @Test
    void aCheckpointCountsFromItsCutToItsAcknowledgement() {
        claim(1_000, PRIMARY, new Fact.Cut(new Epoch(7)));
        claim(1_200, PRIMARY, new Fact.Cut(new Epoch(8)));
        claim(1_900, PRIMARY, new Fact.Acknowledged(new Epoch(7)));
        assertEquals(900, measurements.checkpointLatency().quantileNanos(1));
        assertEquals(1, measurements.checkpoints());
    }

    @Test
    void aRecoveryCountsFromTheFaultThatEndedTheServiceToTheNextAnswer() {
        claim(0, PRIMARY, new Fact.Leading(1));
        measurements.on(new Observation.Struck(1_000, new Fault.PowerLoss(STORE)));
        measurements.on(new Observation.Ended(1_400, PRIMARY, 0, "an error completion"));
        release(1_500, BACKUP, true);
        claim(1_600, BACKUP, new Fact.Leading(2));
        release(1_800, BACKUP, false);
        release(1_900, BACKUP, false);
        assertEquals(1, measurements.recovery().count());
        assertEquals(800, measurements.recovery().quantileNanos(1));
        assertEquals("power loss pmu-1", measurements.faults().getFirst().label());
    }

    @Test
    void aLeaderThatIsReplacedWithoutEndingIsARecoveryToo() {
        claim(0, PRIMARY, new Fact.Leading(1));
        measurements.on(new Observation.Struck(2_000, new Fault.Pause(PRIMARY)));
        claim(7_000, BACKUP, new Fact.Leading(2));
        release(7_500, BACKUP, false);
        assertEquals(5_500, (double) measurements.recovery().quantileNanos(1), 8.0);
    }

    @Test
    void aFaultThatDoesNotInterruptTheServiceIsNoRecovery() {
        claim(0, PRIMARY, new Fact.Leading(1));
        measurements.on(new Observation.Struck(1_000, new Fault.ProcessCrash(BACKUP)));
        measurements.on(new Observation.Ended(1_000, BACKUP, 0, "crash"));
        release(1_100, PRIMARY, false);
        assertTrue(measurements.recovery().isEmpty());
    }

    @Test
    void bucketsOfThroughputGrowWithTheRunAndLoseNothing() {
        var count = new ThroughputCount();
        for (long at = 0; at < 100_000_000; at += 1_000) {
            count.count(at, 1_000);
        }
        long sum = 0;
        for (int i = 0; i < count.throughput().buckets(); i++) {
            sum += count.throughput().count(i);
        }
        assertEquals(100_000, sum);
        assertTrue(count.throughput().buckets() <= 256);
        assertEquals(640_000, count.throughput().bucketNanos());
    }

    @Test
    void eachBucketKnowsItsMeanAndItsWorstLatency() {
        var count = new ThroughputCount();
        for (long at = 0; at < 100_000_000; at += 10_000) {
            count.count(at, at == 70_000_000 ? 65_000 : 1_000);
        }
        int stalled = (int) (70_000_000 / count.throughput().bucketNanos());
        assertEquals(65_000, count.throughput().worstNanos(stalled));
        assertEquals(2_000, count.throughput().meanNanos(stalled));
        assertEquals(1_000, count.throughput().worstNanos(0));
        count.count(200_000_000, 1_000);
        int empty = (int) (150_000_000 / count.throughput().bucketNanos());
        assertEquals(Throughput.UNKNOWN, count.throughput().worstNanos(empty));
    }
}
