package cairn.report;

import java.util.Arrays;

/**
 * Requests answered over the time of a run, and how long they had waited, in buckets of equal width
 * from time zero.
 */
public final class Throughput {
    /** Nothing was counted. */
    public static final Throughput NONE = new Throughput(1, new long[0], 0);

    /** For a bucket of which no latency is known. */
    public static final long UNKNOWN = -1;

    private final long bucketNanos;
    private final long[] counts;
    private final long[] means;
    private final long[] worst;
    private final long spanNanos;
    private final long warmUpAnswers;
    private final long warmUpNanos;

    /** Without latencies. */
    public Throughput(long bucketNanos, long[] counts, long spanNanos) {
        this(bucketNanos, counts, unknown(counts.length), unknown(counts.length), spanNanos);
    }

    /**
     * Counts per bucket from the start of the run, and when the last request was answered.
     *
     * @param means the mean latency of the requests that were answered in each bucket, in
     *     nanoseconds; {@link #UNKNOWN} where there were none
     * @param worst the largest latency in each bucket, as above
     * @throws IllegalArgumentException if the width is not positive, a count is negative, or the
     *     last answer lies outside the buckets
     */
    public Throughput(long bucketNanos, long[] counts, long[] means, long[] worst, long spanNanos) {
        this(bucketNanos, counts, means, worst, spanNanos, 0, 0);
    }

    /**
     * The same, where the first answers are those of a warm-up.
     *
     * @param warmUpAnswers how many, which are in the counts, too
     * @param warmUpNanos when the last of them was given
     */
    public Throughput(
            long bucketNanos,
            long[] counts,
            long[] means,
            long[] worst,
            long spanNanos,
            long warmUpAnswers,
            long warmUpNanos) {
        if (bucketNanos <= 0) {
            throw new IllegalArgumentException("a bucket must be wider than zero: " + bucketNanos);
        }
        for (long count : counts) {
            if (count < 0) {
                throw new IllegalArgumentException("a count must not be negative: " + count);
            }
        }
        if (means.length != counts.length || worst.length != counts.length) {
            throw new IllegalArgumentException(
                    counts.length
                            + " buckets, but latencies of "
                            + means.length
                            + " and "
                            + worst.length);
        }
        if (spanNanos < 0 || spanNanos > bucketNanos * counts.length) {
            throw new IllegalArgumentException("the last answer lies in a bucket: " + spanNanos);
        }
        this.bucketNanos = bucketNanos;
        if (warmUpAnswers < 0 || warmUpNanos < 0 || warmUpNanos > spanNanos) {
            throw new IllegalArgumentException(
                    "a warm-up lies within the run: " + warmUpAnswers + ", " + warmUpNanos);
        }
        this.spanNanos = spanNanos;
        this.warmUpAnswers = warmUpAnswers;
        this.warmUpNanos = warmUpNanos;
        this.counts = counts.clone();
        this.means = means.clone();
        this.worst = worst.clone();
    }

    private static long[] unknown(int buckets) {
        long[] unknown = new long[buckets];
        Arrays.fill(unknown, UNKNOWN);
        return unknown;
    }

    public long bucketNanos() {
        return bucketNanos;
    }

    /** From the start of the run to the last answer, in nanoseconds. */
    public long spanNanos() {
        return spanNanos;
    }

    /** How many of the first answers are not measured. */
    public long warmUpAnswers() {
        return warmUpAnswers;
    }

    /** From the start of the run to the last answer that is not measured, in nanoseconds. */
    public long warmUpNanos() {
        return warmUpNanos;
    }

    public int buckets() {
        return counts.length;
    }

    public long count(int bucket) {
        return counts[bucket];
    }

    /** The mean latency in a bucket, in nanoseconds; {@link #UNKNOWN} if there is none. */
    public long meanNanos(int bucket) {
        return means[bucket];
    }

    /** The largest latency in a bucket, in nanoseconds; {@link #UNKNOWN} if there is none. */
    public long worstNanos(int bucket) {
        return worst[bucket];
    }

    /**
     * The same in steps so wide that each has that many answers on average, where that leaves at
     * least so many steps: of two or three answers a step one sees little but the rounding.
     */
    public Throughput inSteps(long answers, int steps) {
        long all = Arrays.stream(counts).sum();
        long wanted = all == 0 ? 1 : Math.ceilDiv(answers * counts.length, all);
        int width = (int) Math.max(1, Math.min(wanted, counts.length / steps));
        return width == 1 ? this : merged(width);
    }

    private Throughput merged(int width) {
        int steps = Math.ceilDiv(counts.length, width);
        long[] sums = new long[steps];
        long[] waited = new long[steps];
        long[] known = new long[steps];
        long[] longest = unknown(steps);
        for (int bucket = 0; bucket < counts.length; bucket++) {
            int step = bucket / width;
            sums[step] += counts[bucket];
            longest[step] = Math.max(longest[step], worst[bucket]);
            if (means[bucket] != UNKNOWN) {
                waited[step] += means[bucket] * counts[bucket];
                known[step] += counts[bucket];
            }
        }
        long[] averages = new long[steps];
        for (int step = 0; step < steps; step++) {
            averages[step] = known[step] == 0 ? UNKNOWN : waited[step] / known[step];
        }
        return new Throughput(
                bucketNanos * width,
                sums,
                averages,
                longest,
                spanNanos,
                warmUpAnswers,
                warmUpNanos);
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
                && warmUpAnswers == that.warmUpAnswers
                && warmUpNanos == that.warmUpNanos
                && Arrays.equals(counts, that.counts)
                && Arrays.equals(means, that.means)
                && Arrays.equals(worst, that.worst);
    }

    @Override
    public int hashCode() {
        return Long.hashCode(bucketNanos) * 31 + Arrays.hashCode(counts);
    }
}
