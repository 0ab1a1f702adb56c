package cairn.experiment.trial;

import cairn.report.Throughput;

import java.util.Arrays;

/**
 * Counts answers over time in buckets that grow with the run, so that there are never more than a
 * few hundred.
 */
final class ThroughputCount {

    private static final int MOST_BUCKETS = 256;

    private long[] buckets = new long[MOST_BUCKETS];
    private long bucketNanos = 10_000;
    private int used;
    private long last;

    void count(long at) {
        while (at / bucketNanos >= MOST_BUCKETS) {
            merge();
        }
        int bucket = (int) (at / bucketNanos);
        buckets[bucket]++;
        last = at;
        used = Math.max(used, bucket + 1);
    }

    /** Neighbours become one. */
    private void merge() {
        long[] merged = new long[MOST_BUCKETS];
        for (int i = 0; i < MOST_BUCKETS; i++) {
            merged[i / 2] += buckets[i];
        }
        buckets = merged;
        bucketNanos *= 2;
        used = (used + 1) / 2;
    }

    Throughput throughput() {
        return new Throughput(bucketNanos, Arrays.copyOf(buckets, used), last);
    }
}
