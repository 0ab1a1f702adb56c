package cairn.cluster.probe;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** What a simulated host is told, of samples whose medians are round figures. */
final class MachineCostsTest {

    private static Map<Quantity, List<Long>> samples() {
        Map<Quantity, List<Long>> samples = new EnumMap<>(Quantity.class);
        samples.put(Quantity.RING, List.of(400_000L, 800_000L, 400_000L));
        samples.put(Quantity.SENDING, List.of(100_000L));
        samples.put(Quantity.REPORTED_SENDING, List.of(115_000L));
        samples.put(Quantity.SMALL_PIECE, List.of(100_000L));
        samples.put(Quantity.SMALL_PIECES, List.of(128_000L));
        samples.put(Quantity.PIECE, List.of(120_000L));
        samples.put(Quantity.PIECES, List.of(204_448L));
        samples.put(Quantity.SMALL_WRITE, List.of(10_000L));
        samples.put(Quantity.LARGE_WRITE, List.of(10_000L + 64 * 1024 - 512));
        samples.put(Quantity.CREATION, List.of(100_000L + 16 * 1024));
        samples.put(Quantity.RENAME, List.of(40_000L));
        samples.put(Quantity.SYNC, List.of(300_000L, 200_000L, 310_000L));
        samples.put(Quantity.SHARED_SYNC, List.of(420_000L));
        samples.put(Quantity.NAME_SYNC, List.of(300_000L));
        samples.put(Quantity.SHARED_NAME_SYNC, List.of(500_000L));
        samples.put(Quantity.SYNC_CORE, List.of(150_000L));
        samples.put(Quantity.SMALL_PERSIST, List.of(100_064L));
        samples.put(Quantity.LARGE_PERSIST, List.of(100_000L + 3 * 4096));
        samples.put(Quantity.PROTECTION, List.of(9_000L));
        samples.put(Quantity.STOPPED_STORES, List.of(90_000L));
        return samples;
    }

    private static MachineCosts costs(Map<Quantity, List<Long>> samples, long processor) {
        return MachineCosts.of(List.of(new LiveProbe.Costs(samples, processor, 1)));
    }

    @Test
    void whatAMessageTakesIsSharedOutToBothItsEnds() {
        MachineCosts costs = costs(samples(), 70_000);
        assertEquals(50_000, costs.coreNanos(), "four ways have eight ends");
        assertEquals(20_000, costs.afterNanos(), "what else was worked");
        assertEquals(4_000, costs.followingNanos(), "a seventh of what eight are later");
        assertEquals(15_000, costs.reportNanos());
        // Each piece of 4,096 bytes is 12,064 ns behind the one before it, one of 64 is 4,000 ns.
        assertEquals(0.5, costs.bandwidth());
        assertEquals(4096 / 12_064.0, costs.packetBandwidth(), 1e-9);
        // 200,000 ns without two ends and 1,024 bytes.
        assertEquals(List.of(1L, 200_000L - 100_000 - 2_048, 1L), costs.oneWayNanos());
    }

    @Test
    void noMoreOfACoreIsTakenThanWasWorked() {
        MachineCosts costs = costs(samples(), 30_000);
        assertEquals(30_000, costs.coreNanos());
        assertEquals(0, costs.afterNanos());
        assertEquals(100_000 - 60_000 - 2_048, costs.oneWayNanos().getFirst());
    }

    @Test
    void aCallIsTheMeanOfACreationWithoutItsBytesAndARename() {
        MachineCosts costs = costs(samples(), 70_000);
        assertEquals(1, costs.copyBandwidth());
        assertEquals(70_000, costs.callNanos());
    }

    @Test
    void aSyncIsLongerByWhatItFindsUnderWay() {
        MachineCosts costs = costs(samples(), 70_000);
        // One on average when three begin at once, by 120,000 ns; two later on, by 200,000 ns.
        assertEquals(110_000, costs.sharedSyncNanos());
        assertEquals(150_000, costs.syncCoreNanos());
    }

    @Test
    void whatCouldNotBeToldIsNone() {
        Map<Quantity, List<Long>> samples = samples();
        samples.remove(Quantity.SYNC_CORE);
        assertEquals(0, costs(samples, 70_000).syncCoreNanos());
    }

    @Test
    void flushesAndStoresAreTakenApart() {
        MachineCosts costs = costs(samples(), 70_000);
        assertEquals(1, costs.flushBandwidth());
        assertEquals(100_000, costs.flushNanos());
        assertEquals(30_000, costs.faultNanos());
        assertEquals(3_000, costs.protectNanos());
    }

    @Test
    void severalMeasurementsAreOne() {
        Map<Quantity, List<Long>> slower = samples();
        slower.put(Quantity.RENAME, List.of(60_000L, 80_000L));
        MachineCosts costs =
                MachineCosts.of(
                        List.of(
                                new LiveProbe.Costs(samples(), 70_000, 1),
                                new LiveProbe.Costs(slower, 90_000, 1)));
        assertEquals((100_000 + 60_000) / 2, costs.callNanos(), "the median of all three");
        assertEquals(30_000, costs.afterNanos(), "on average 80,000 ns were worked");
    }
}
