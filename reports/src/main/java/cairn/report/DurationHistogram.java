package cairn.report;

import cairn.report.statistics.Estimate;
import cairn.report.statistics.Statistics;

import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramIterationValue;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * How often each duration occurred, in nanoseconds, with three significant digits from 1 ns to
 * about 52 days. Immutable and kept in HdrHistogram's compact V2 encoding, a few kilobytes, so that
 * ten thousand trials fit in memory; merging histograms loses nothing, whatever the order.
 *
 * <p><b>Coordinated omission.</b> A client in open loop issues requests on a schedule. If the
 * service stalls, requests that should have been issued meanwhile must count with the time that
 * they waited. The caller sees to that by recording from the <i>intended</i> start of a request and
 * not from when it was sent; nothing is corrected afterwards here. In closed loop the two are the
 * same.
 */
public final class DurationHistogram {
    private static final int DIGITS = 3;
    private static final long HIGHEST = 1L << 52;

    // What every report asks of every trial; kept so that ten thousand trials need no decoding.
    private static final double[] USUAL = {0.5, 0.99, 0.999};

    /** Nothing was recorded. */
    public static final DurationHistogram EMPTY = new Recorder().toHistogram();

    private final byte[] encoded;
    private final long count;
    private final long[] usual = new long[USUAL.length];

    private DurationHistogram(Histogram histogram, byte[] encoded) {
        this.encoded = encoded;
        count = histogram.getTotalCount();
        for (int i = 0; i < USUAL.length; i++) {
            usual[i] = histogram.getValueAtPercentile(100 * USUAL[i]);
        }
    }

    /** The durations given, for small samples and tests. */
    public static DurationHistogram of(long... nanos) {
        var recorder = new Recorder();
        for (long value : nanos) {
            recorder.record(value);
        }
        return recorder.toHistogram();
    }

    /** All durations of all the histograms. */
    public static DurationHistogram merged(List<DurationHistogram> parts) {
        var recorder = new Recorder();
        parts.forEach(recorder::add);
        return recorder.toHistogram();
    }

    /** How many durations were recorded. */
    public long count() {
        return count;
    }

    public boolean isEmpty() {
        return count == 0;
    }

    /** The encoding: HdrHistogram's compact V2, uncompressed. */
    public byte[] toBytes() {
        return encoded.clone();
    }

    /**
     * The histogram of an encoding.
     *
     * @throws IllegalArgumentException if it is none
     */
    public static DurationHistogram ofBytes(byte[] encoded) {
        try {
            return new DurationHistogram(
                    Histogram.decodeFromByteBuffer(ByteBuffer.wrap(encoded), 0), encoded.clone());
        } catch (RuntimeException e) {
            throw new IllegalArgumentException("not an encoded histogram", e);
        }
    }

    /** The size of the encoding. */
    int encodedBytes() {
        return encoded.length;
    }

    /**
     * A copy for reading several figures at once; HdrHistogram's own type, so that its log files
     * and tools can be used. The range is that of the longest duration; values are nanoseconds.
     */
    public Histogram open() {
        return Histogram.decodeFromByteBuffer(ByteBuffer.wrap(encoded), 0);
    }

    /**
     * The duration that a fraction of all recorded durations do not exceed.
     *
     * @throws IllegalStateException if nothing was recorded
     */
    public long quantileNanos(double fraction) {
        if (isEmpty()) {
            throw new IllegalStateException("an empty histogram has no quantiles");
        }
        for (int i = 0; i < USUAL.length; i++) {
            if (USUAL[i] == fraction) {
                return usual[i];
            }
        }
        return open().getValueAtPercentile(100 * fraction);
    }

    /**
     * The median with a distribution-free interval, each duration being an observation of its own;
     * right for events that are rare and apart, such as recoveries. Empty if nothing was recorded.
     */
    public Optional<Estimate> median() {
        if (isEmpty()) {
            return Optional.empty();
        }
        Histogram histogram = open();
        double value = histogram.getValueAtPercentile(50);
        return Optional.of(
                Statistics.ranks(Math.toIntExact(count), 0.5, Statistics.CONFIDENCE)
                        .map(ranks ->
                                new Estimate(
                                        value,
                                        atRank(histogram, ranks.low()),
                                        atRank(histogram, ranks.high()),
                                        count,
                                        Statistics.CONFIDENCE))
                        .orElseGet(() ->
                                Estimate.withoutInterval(value, count, Statistics.CONFIDENCE)));
    }

    private static double atRank(Histogram histogram, long rank) {
        long seen = 0;
        for (HistogramIterationValue step : histogram.recordedValues()) {
            seen += step.getCountAddedInThisIterationStep();
            if (seen >= rank) {
                return step.getValueIteratedTo();
            }
        }
        throw new IllegalArgumentException("rank " + rank + " of " + seen + " durations");
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof DurationHistogram that && Arrays.equals(encoded, that.encoded);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(encoded);
    }

    @Override
    public String toString() {
        return "DurationHistogram[" + count + " durations]";
    }

    /** Counts durations; one per measure and trial, by one thread. */
    public static final class Recorder {
        private final Histogram histogram = new Histogram(1, 2, DIGITS);

        public Recorder() {
            histogram.setAutoResize(true);
        }

        /**
         * Counts one duration, from the intended start in open loop.
         *
         * @throws IllegalArgumentException if it is negative or longer than 52 days
         */
        public void record(long nanos) {
            if (nanos < 0 || nanos > HIGHEST) {
                throw new IllegalArgumentException("not a duration of a run: " + nanos + " ns");
            }
            histogram.recordValue(nanos);
        }

        /** Counts all durations of a histogram. */
        public void add(DurationHistogram part) {
            if (!part.isEmpty()) {
                histogram.add(part.open());
            }
        }

        /** What was counted up to now. */
        public DurationHistogram toHistogram() {
            // A range that depends on the contents alone makes equal contents encode equally.
            long top = Math.max(2, Long.highestOneBit(histogram.getMaxValue()) * 2);
            var copy = new Histogram(1, top, DIGITS);
            copy.add(histogram);
            var buffer = ByteBuffer.allocate(copy.getNeededByteBufferCapacity());
            int length = copy.encodeIntoByteBuffer(buffer);
            return new DurationHistogram(copy, Arrays.copyOf(buffer.array(), length));
        }
    }
}
