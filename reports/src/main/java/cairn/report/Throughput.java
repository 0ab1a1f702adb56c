package cairn.report;

import java.util.Arrays;

/** Requests answered over the time of a run, counted in buckets of equal width from time zero. */
public final class Throughput {
    /** Nothing was counted. */
    public static final Throughput NONE = new Throughput(1, new long[0]);

    private final long bucketNanos;
    private final long[] counts;

    /**
     * @throws IllegalArgumentException if the width is not positive or a count is negative
     */
    public Throughput(long bucketNanos, long[] counts) {
        if (bucketNanos <= 0) {
            throw new IllegalArgumentException("a bucket must be wider than zero: " + bucketNanos);
        }
        for (long count : counts) {
            if (count < 0) {
                throw new IllegalArgumentException("a count must not be negative: " + count);
            }
        }
        this.bucketNanos = bucketNanos;
        this.counts = counts.clone();
    }

    public long bucketNanos() {
        return bucketNanos;
    }

    public int buckets() {
        return counts.length;
    }

    public long count(int bucket) {
        return counts[bucket];
    }

    /** Requests per second in a bucket. */
    public double perSecond(int bucket) {
        return counts[bucket] * 1e9 / bucketNanos;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Throughput that
                && bucketNanos == that.bucketNanos
                && Arrays.equals(counts, that.counts);
    }

    @Override
    public int hashCode() {
        return Long.hashCode(bucketNanos) * 31 + Arrays.hashCode(counts);
    }
}
