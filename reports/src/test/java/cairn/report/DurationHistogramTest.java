package cairn.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cairn.report.statistics.Estimate;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Optional;

final class DurationHistogramTest {
    @Test
    void mergingInAnyOrderIsTheSameAsRecordingEverythingInOne() {
        var few = DurationHistogram.of(0, 1, 17);
        var many = DurationHistogram.of(2_000_000_000L, 5, 40_000);
        var all = DurationHistogram.of(40_000, 17, 5, 2_000_000_000L, 1, 0);
        assertEquals(all, DurationHistogram.merged(List.of(few, many)));
        assertEquals(all, DurationHistogram.merged(List.of(many, DurationHistogram.EMPTY, few)));
        assertEquals(6, all.count());
    }

    @Test
    void quantilesAreExactToThreeDigits() {
        var recorder = new DurationHistogram.Recorder();
        for (int i = 1; i <= 100_000; i++) {
            recorder.record(i * 1000L);
        }
        var histogram = recorder.toHistogram();
        assertEquals(50_000_000, (double) histogram.quantileNanos(0.5), 50_000);
        assertEquals(99_900_000, (double) histogram.quantileNanos(0.999), 100_000);
    }

    @Test
    void theMedianOfRareEventsIsBoundedByOrderStatistics() {
        var histogram = DurationHistogram.of(1, 2, 3, 4, 5, 6, 7, 8, 9, 10);
        assertEquals(Optional.of(new Estimate(5, 2, 9, 10, 0.95)), histogram.median());
        assertEquals(
                Optional.of(Estimate.withoutInterval(4, 1, 0.95)),
                DurationHistogram.of(4).median());
        assertEquals(Optional.empty(), DurationHistogram.EMPTY.median());
    }

    @Test
    void aTrialsDurationsTakeAFewKilobytesSoThatThousandsFitInMemory() {
        var recorder = new DurationHistogram.Recorder();
        for (int i = 0; i < 20_000; i++) {
            recorder.record(9_000 + i * 7L % 30_000);
        }
        assertTrue(recorder.toHistogram().encodedBytes() < 8_000);
    }

    @Test
    void durationsThatCannotBeAreRefused() {
        var recorder = new DurationHistogram.Recorder();
        assertThrows(IllegalArgumentException.class, () -> recorder.record(-1));
        assertThrows(IllegalArgumentException.class, () -> recorder.record(Long.MAX_VALUE));
        assertThrows(IllegalStateException.class, () -> DurationHistogram.EMPTY.quantileNanos(0.5));
    }
}
