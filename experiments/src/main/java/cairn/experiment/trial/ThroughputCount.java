package cairn.experiment.trial;

import cairn.report.Throughput;

import java.util.Arrays;
import java.util.function.LongBinaryOperator;

/**
 * Counts answers over time, and how long they took, in buckets that grow with the run, so that
 * there are never more than a few hundred.
 */
final class ThroughputCount {

    private static final int MOST_BUCKETS = 256;

    private long[] buckets = new long[MOST_BUCKETS];
    private long[] waits = new long[MOST_BUCKETS];
    private long[] worst = new long[MOST_BUCKETS];
    private long bucketNanos = 10_000;
    private int used;
    private long last;
    private long warmUpAnswers;
    private long warmUpNanos;

    /** What was counted until now belongs to the warm-up. */
    void warm(long at, long answers) {
        warmUpAnswers = answers;
        warmUpNanos = at;
    }

    /** Counts an answer that took so long. */
    void count(long at, long nanos) {
        while (at / bucketNanos >= MOST_BUCKETS) {
            merge();
        }
        int bucket = (int) (at / bucketNanos);
        buckets[bucket]++;
        waits[bucket] += nanos;
        worst[bucket] = Math.max(worst[bucket], nanos);
        last = at;
        used = Math.max(used, bucket + 1);
    }

    /** Neighbours become one. */
    private void merge() {
        buckets = merged(buckets, Long::sum);
        waits = merged(waits, Long::sum);
        worst = merged(worst, Math::max);
        bucketNanos *= 2;
        used = (used + 1) / 2;
    }

    private static long[] merged(long[] halves, LongBinaryOperator both) {
        long[] merged = new long[MOST_BUCKETS];
        for (int i = 0; i < MOST_BUCKETS; i++) {
            merged[i / 2] = both.applyAsLong(merged[i / 2], halves[i]);
        }
        return merged;
    }

    Throughput throughput() {
        long[] means = new long[used];
        long[] largest = new long[used];
        for (int i = 0; i < used; i++) {
            means[i] = buckets[i] == 0 ? Throughput.UNKNOWN : waits[i] / buckets[i];
            largest[i] = buckets[i] == 0 ? Throughput.UNKNOWN : worst[i];
        }
        return new Throughput(
                bucketNanos,
                Arrays.copyOf(buckets, used),
                means,
                largest,
                last,
                warmUpAnswers,
                warmUpNanos);
    }
}
