package cairn.experiment.campaign;

import cairn.experiment.trial.Outcome;
import cairn.model.fault.FaultTally;
import cairn.report.Breakdown;
import cairn.report.Counts;
import cairn.report.DurationHistogram;
import cairn.report.FaultMark;
import cairn.report.Finding;
import cairn.report.Migrations;
import cairn.report.PropertyOutcome;
import cairn.report.Throughput;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/**
 * What came of a run, as a JSON array: everything, in the order of {@link Outcome}, so that it
 * comes back as it was. Histograms are in HdrHistogram's own encoding; one that is empty is an
 * empty text.
 */
final class OutcomeText {

    // And three for each fault that the experiment orders.
    private static final int COUNTS = 12;
    private static final int OF_FAULT = 3;
    private static final int PARTS = 8;
    // Of a course over time: what holds for all of it, and for each step.
    private static final int OF_ALL = 4;
    private static final int OF_STEP = 3;

    private OutcomeText() {}

    static void write(Outcome outcome, JsonGenerator json) throws IOException {
        json.writeStartArray();
        json.writeString(outcome.digest());
        json.writeNumber(outcome.virtualNanos());
        Counts counts = outcome.counts();
        Migrations moves = counts.migrations();
        json.writeStartArray();
        for (long count :
                new long[] {
                    counts.kernelEvents(),
                    counts.requests(),
                    counts.checkpoints(),
                    counts.stableBytes(),
                    counts.networkBytes(),
                    counts.rollbacks(),
                    counts.deepestRollback(),
                    moves.count(),
                    moves.downtimeNanos(),
                    moves.rounds(),
                    moves.bytes(),
                    moves.fetched()
                }) {
            json.writeNumber(count);
        }
        for (FaultTally fault : counts.ordered()) {
            json.writeNumber(fault.came());
            json.writeNumber(fault.struck());
            json.writeNumber(fault.effective());
        }
        json.writeEndArray();
        json.writeStartArray();
        for (PropertyOutcome judged : outcome.properties()) {
            json.writeString(judged.id());
            json.writeString(judged.finding().name());
            json.writeNumber(judged.witnesses());
            json.writeString(judged.explanation());
        }
        json.writeEndArray();
        histogram(json, outcome.requestLatency());
        histogram(json, outcome.checkpointLatency());
        histogram(json, outcome.recovery());
        Throughput throughput = outcome.throughput();
        json.writeStartArray();
        json.writeNumber(throughput.bucketNanos());
        json.writeNumber(throughput.spanNanos());
        json.writeNumber(throughput.warmUpAnswers());
        json.writeNumber(throughput.warmUpNanos());
        for (int bucket = 0; bucket < throughput.buckets(); bucket++) {
            json.writeNumber(throughput.count(bucket));
            json.writeNumber(throughput.meanNanos(bucket));
            json.writeNumber(throughput.worstNanos(bucket));
        }
        json.writeEndArray();
        json.writeStartArray();
        for (FaultMark fault : outcome.faults()) {
            json.writeNumber(fault.atNanos());
            json.writeString(fault.label());
        }
        json.writeEndArray();
        Breakdown time = outcome.breakdown();
        numbers(
                json,
                time.wall(),
                time.useful(),
                time.checkpointPause(),
                time.faultStall(),
                time.logging(),
                time.lost(),
                time.restart(),
                time.down());
        json.writeEndArray();
    }

    private static void numbers(JsonGenerator json, long... numbers) throws IOException {
        json.writeArray(numbers, 0, numbers.length);
    }

    private static void histogram(JsonGenerator json, DurationHistogram histogram)
            throws IOException {
        json.writeString(
                histogram.isEmpty() ? "" : Base64.getEncoder().encodeToString(histogram.toBytes()));
    }

    /**
     * Reads what was written; the parser stands before the array.
     *
     * @throws IllegalArgumentException if it has another form, such as that of another version
     */
    static Outcome read(JsonParser json) throws IOException {
        open(json);
        String digest = text(json);
        long virtualNanos = number(json);
        long[] counts = numbers(json);
        if (counts.length < COUNTS || (counts.length - COUNTS) % OF_FAULT != 0) {
            throw new IllegalArgumentException(counts.length + " counts");
        }
        List<PropertyOutcome> properties = properties(json);
        DurationHistogram requests = histogram(json);
        DurationHistogram checkpoints = histogram(json);
        DurationHistogram recovery = histogram(json);
        long[] throughput = numbers(json);
        List<FaultMark> faults = faults(json);
        long[] time = numbers(json, PARTS);
        close(json);
        return new Outcome(
                digest,
                virtualNanos,
                new Counts(
                        counts[0],
                        counts[1],
                        counts[2],
                        counts[3],
                        counts[4],
                        counts[5],
                        counts[6],
                        new Migrations(counts[7], counts[8], counts[9], counts[10], counts[11]),
                        ordered(counts)),
                properties,
                requests,
                checkpoints,
                recovery,
                throughput(throughput),
                faults,
                new Breakdown(
                        time[0], time[1], time[2], time[3], time[4], time[5], time[6], time[7]));
    }

    /** What follows the other counts: three numbers for each fault that is ordered. */
    private static List<FaultTally> ordered(long[] counts) {
        var ordered = new ArrayList<FaultTally>();
        for (int i = COUNTS; i < counts.length; i += OF_FAULT) {
            ordered.add(new FaultTally(counts[i], counts[i + 1], counts[i + 2]));
        }
        return ordered;
    }

    private static Throughput throughput(long[] numbers) {
        int buckets = (numbers.length - OF_ALL) / OF_STEP;
        if (numbers.length != OF_ALL + OF_STEP * buckets) {
            throw new IllegalArgumentException("not a course over time: " + numbers.length);
        }
        long[] counts = new long[buckets];
        long[] means = new long[buckets];
        long[] worst = new long[buckets];
        for (int i = 0; i < buckets; i++) {
            counts[i] = numbers[OF_ALL + OF_STEP * i];
            means[i] = numbers[OF_ALL + OF_STEP * i + 1];
            worst[i] = numbers[OF_ALL + OF_STEP * i + 2];
        }
        return new Throughput(numbers[0], counts, means, worst, numbers[1], numbers[2], numbers[3]);
    }

    private static List<PropertyOutcome> properties(JsonParser json) throws IOException {
        open(json);
        var properties = new ArrayList<PropertyOutcome>();
        while (json.nextToken() != JsonToken.END_ARRAY) {
            properties.add(
                    new PropertyOutcome(
                            json.getText(), Finding.valueOf(text(json)), number(json), text(json)));
        }
        return properties;
    }

    private static List<FaultMark> faults(JsonParser json) throws IOException {
        open(json);
        var faults = new ArrayList<FaultMark>();
        while (json.nextToken() != JsonToken.END_ARRAY) {
            faults.add(new FaultMark(json.getLongValue(), text(json)));
        }
        return faults;
    }

    private static DurationHistogram histogram(JsonParser json) throws IOException {
        String encoded = text(json);
        return encoded.isEmpty()
                ? DurationHistogram.EMPTY
                : DurationHistogram.ofBytes(Base64.getDecoder().decode(encoded));
    }

    private static long[] numbers(JsonParser json, int wanted) throws IOException {
        long[] numbers = numbers(json);
        if (numbers.length != wanted) {
            throw new IllegalArgumentException(numbers.length + " numbers for " + wanted);
        }
        return numbers;
    }

    private static long[] numbers(JsonParser json) throws IOException {
        open(json);
        long[] numbers = new long[8];
        int size = 0;
        while (json.nextToken() != JsonToken.END_ARRAY) {
            if (size == numbers.length) {
                numbers = Arrays.copyOf(numbers, 2 * size);
            }
            numbers[size++] = json.getLongValue();
        }
        return Arrays.copyOf(numbers, size);
    }

    private static String text(JsonParser json) throws IOException {
        expect(json.nextToken(), JsonToken.VALUE_STRING);
        return json.getText();
    }

    private static long number(JsonParser json) throws IOException {
        expect(json.nextToken(), JsonToken.VALUE_NUMBER_INT);
        return json.getLongValue();
    }

    private static void open(JsonParser json) throws IOException {
        expect(json.nextToken(), JsonToken.START_ARRAY);
    }

    private static void close(JsonParser json) throws IOException {
        expect(json.nextToken(), JsonToken.END_ARRAY);
    }

    private static void expect(@Nullable JsonToken found, JsonToken wanted) {
        if (found != wanted) {
            throw new IllegalArgumentException("not an outcome: " + found + " for " + wanted);
        }
    }
}
