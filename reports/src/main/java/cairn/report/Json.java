package cairn.report;

import cairn.model.Activity;
import cairn.report.statistics.Estimate;
import cairn.report.statistics.Numbers;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;

import java.io.IOException;
import java.io.Writer;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The whole result as JSON, in the order of the experiment. Durations are in nanoseconds and their
 * names end in {@code _ns}; what is not there is null.
 */
public final class Json {
    /** The name and version of the form of the document. */
    public static final String FORMAT = "cairn-results/1";

    private final JsonGenerator json;

    private Json(JsonGenerator json) {
        this.json = json;
    }

    /** Writes a result as it goes; trials are not kept. */
    public static void write(ExperimentResult result, Writer out) throws IOException {
        JsonFactory factory = new JsonFactory().disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
        try (JsonGenerator generator = factory.createGenerator(out)) {
            generator.setPrettyPrinter(printer());
            new Json(generator).experiment(result);
        }
        out.append('\n');
    }

    /** A field a line, and lists of numbers on one. */
    private static DefaultPrettyPrinter printer() {
        var newLine = new DefaultIndenter("  ", "\n");
        return new DefaultPrettyPrinter(
                        Separators.createDefaultInstance()
                                .withObjectFieldValueSpacing(Separators.Spacing.AFTER))
                .withObjectIndenter(newLine);
    }

    private void experiment(ExperimentResult result) throws IOException {
        json.writeStartObject();
        json.writeStringField("format", FORMAT);
        json.writeStringField("name", result.name());
        json.writeStringField("question", result.question());
        json.writeStringField("finding", result.finding().words());
        json.writeStringField("version", result.version());
        json.writeStringField("command", result.command());
        json.writeStringField("file", result.file());
        json.writeStringField("configuration", result.configuration().text());
        json.writeStringField("configuration_hash", result.configuration().hash());
        json.writeArrayFieldStart("expectations");
        for (Expectation expectation : result.expectations()) {
            json.writeStartObject();
            json.writeStringField("text", expectation.text());
            json.writeStringField("finding", expectation.finding().words());
            json.writeStringField("observed", expectation.observed());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeArrayFieldStart("variants");
        for (VariantResult variant : result.variants()) {
            variant(variant);
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private void variant(VariantResult variant) throws IOException {
        json.writeStartObject();
        json.writeStringField("label", variant.label());
        json.writeObjectFieldStart("settings");
        for (Map.Entry<String, String> setting : variant.settings().entrySet()) {
            json.writeStringField(setting.getKey(), setting.getValue());
        }
        json.writeEndObject();
        json.writeStringField("promise", variant.promise());
        json.writeStringField("faults", variant.faults());
        json.writeStringField("finding", variant.finding().words());
        json.writeStringField("verdict", variant.verdict());
        json.writeObjectFieldStart("summary");
        for (Measure measure : Measure.values()) {
            Optional<Estimate> estimate = measure.estimate(variant);
            if (estimate.isPresent()) {
                estimate(measure, estimate.get());
            }
        }
        json.writeEndObject();
        json.writeArrayFieldStart("trials");
        for (TrialResult trial : variant.trials()) {
            trial(trial);
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private void estimate(Measure measure, Estimate estimate) throws IOException {
        json.writeObjectFieldStart(measure.column());
        json.writeStringField("statistic", measure.statistic());
        number("value", estimate.value());
        number("low", estimate.low());
        number("high", estimate.high());
        json.writeNumberField("n", estimate.n());
        number("confidence", estimate.confidence());
        json.writeEndObject();
    }

    private void trial(TrialResult trial) throws IOException {
        json.writeStartObject();
        json.writeNumberField("seed", trial.seed());
        json.writeStringField("finding", trial.finding().words());
        json.writeStringField("digest", trial.digest());
        json.writeNumberField("virtual_ns", trial.virtualNanos());
        json.writeNumberField("kernel_events", trial.counts().kernelEvents());
        json.writeNumberField("requests", trial.counts().requests());
        json.writeNumberField("checkpoints", trial.counts().checkpoints());
        json.writeNumberField("recoveries", trial.recovery().count());
        json.writeNumberField("faults_in_vain", trial.counts().vainFaults());
        json.writeNumberField("stable_bytes", trial.counts().stableBytes());
        json.writeNumberField("network_bytes", trial.counts().networkBytes());
        json.writeObjectFieldStart("measures");
        for (Measure measure : Measure.values()) {
            OptionalDouble figure = measure.of(trial);
            number(measure.column(), figure.isPresent() ? figure.getAsDouble() : Double.NaN);
        }
        json.writeEndObject();
        json.writeObjectFieldStart("breakdown");
        json.writeNumberField("wall_ns", trial.breakdown().wall());
        for (Activity activity : Activity.values()) {
            json.writeNumberField(Breakdown.column(activity), trial.breakdown().nanos(activity));
        }
        json.writeEndObject();
        happenings(trial);
        json.writeStringField("replay", trial.replay().command());
        json.writeStringField("shrunk_answers", trial.replay().shrunkAnswers().orElse(null));
        json.writeEndObject();
    }

    private void happenings(TrialResult trial) throws IOException {
        json.writeArrayFieldStart("properties");
        for (PropertyOutcome outcome : trial.properties()) {
            json.writeStartObject();
            json.writeStringField("id", outcome.id());
            json.writeStringField("finding", outcome.finding().words());
            json.writeNumberField("witnesses", outcome.witnesses());
            json.writeStringField("explanation", outcome.explanation());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeArrayFieldStart("faults");
        for (FaultMark fault : trial.faults()) {
            json.writeStartObject();
            json.writeNumberField("at_ns", fault.atNanos());
            json.writeStringField("label", fault.label());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeObjectFieldStart("throughput");
        json.writeNumberField("bucket_ns", trial.throughput().bucketNanos());
        json.writeArrayFieldStart("counts");
        for (int bucket = 0; bucket < trial.throughput().buckets(); bucket++) {
            json.writeNumber(trial.throughput().count(bucket));
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    /** A number as the tables write it; null where there is none. */
    private void number(String name, double value) throws IOException {
        json.writeFieldName(name);
        String text = Numbers.exact(value);
        if (text.isEmpty()) {
            json.writeNull();
        } else {
            json.writeNumber(text);
        }
    }
}
