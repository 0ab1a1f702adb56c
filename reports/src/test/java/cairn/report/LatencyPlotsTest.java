package cairn.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import cairn.report.plot.Point;

import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

final class LatencyPlotsTest {

    @Test
    void whereNoRequestsAreTheDistributionIsFlat() {
        var histogram = new Histogram(3);
        histogram.recordValueWithCount(1_000, 10);
        histogram.recordValueWithCount(1_000_000, 90);
        double flat =
                LatencyPlots.cdfPoints(histogram).stream()
                        .filter(point -> point.x() > 500_000)
                        .mapToDouble(Point::y)
                        .min()
                        .orElse(1);
        assertEquals(0.1, flat, 1e-9);
    }
}
