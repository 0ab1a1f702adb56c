package cairn.report;

import java.util.Arrays;

/** Requests answered over the time of a run, counted in buckets of equal width from time zero. */
public final class Throughput {
    /** Nothing was counted. */
    public static final Throughput NONE = new Throughput(1, new long[0], 0);

    private final long bucketNanos;
    private final long[] counts;
    private final long spanNanos;

    /**
     * Counts per bucket from the start of the run, and when the last request was answered.
     *
     * @throws IllegalArgumentException if the width is not positive, a count is negative, or the
     *     last answer lies outside the buckets
     */
    public Throughput(long bucketNanos, long[] counts, long spanNanos) {
        if (bucketNanos <= 0) {
            throw new IllegalArgumentException("a bucket must be wider than zero: " + bucketNanos);
        }
        for (long count : counts) {
            if (count < 0) {
                throw new IllegalArgumentException("a count must not be negative: " + count);
            }
        }
        if (spanNanos < 0 || spanNanos > bucketNanos * counts.length) {
            throw new IllegalArgumentException("the last answer lies in a bucket: " + spanNanos);
        }
        this.bucketNanos = bucketNanos;
        this.spanNanos = spanNanos;
        this.counts = counts.clone();
    }

    public long bucketNanos() {
        return bucketNanos;
    }

    /** From the start of the run to the last answer, in nanoseconds. */
    public long spanNanos() {
        return spanNanos;
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
                && spanNanos == that.spanNanos
                && Arrays.equals(counts, that.counts);
    }

    @Override
    public int hashCode() {
        return Long.hashCode(bucketNanos) * 31 + Arrays.hashCode(counts);
    }
}
