package cairn.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import org.junit.jupiter.api.Test;

import java.util.Arrays;

class ThroughputTest {

    private static final long U = Throughput.UNKNOWN;

    @Test
    void widerStepsHaveTheSameAnswersTheirMeanAndTheirWorst() {
        var narrow =
                new Throughput(
                        10,
                        new long[] {2, 0, 1, 3, 1},
                        new long[] {100, U, 40, 80, 7},
                        new long[] {150, U, 40, 90, 7},
                        50);
        var wide =
                new Throughput(
                        20,
                        new long[] {2, 4, 1},
                        new long[] {100, 70, 7},
                        new long[] {150, 90, 7},
                        50);
        assertEquals(wide, narrow.inSteps(2, 2));
    }

    @Test
    void stepsStayAsTheyAreWhereTheyHaveEnoughOrAreFew() {
        long[] counts = new long[100];
        Arrays.fill(counts, 20);
        var enough = new Throughput(10, counts, 1_000);
        assertSame(enough, enough.inSteps(16, 40));
        var few = new Throughput(10, new long[] {1, 1, 1}, 30);
        assertSame(few, few.inSteps(16, 40));
        var none = new Throughput(10, new long[100], 0);
        assertSame(none, none.inSteps(16, 40));
    }
}
