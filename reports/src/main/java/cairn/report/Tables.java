package cairn.report;

import cairn.model.Activity;
import cairn.report.statistics.Contrast;
import cairn.report.statistics.Estimate;
import cairn.report.statistics.Numbers;
import cairn.report.statistics.Significance;

import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SequencedSet;

/**
 * The result as CSV after RFC 4180 (lines end in CR LF, fields are quoted where they must be).
 * Order and number format are fixed; durations are in nanoseconds, and what a trial does not have
 * is empty. The last column is the hash of the configuration.
 */
public final class Tables {
    private static final List<Double> PERCENTILES =
            List.of(0.0, 1.0, 5.0, 10.0, 25.0, 50.0, 75.0, 90.0, 95.0, 99.0, 99.9, 99.99, 100.0);

    private Tables() {}

    /**
     * One row for each trial: its settings, counts, measures, where its time went, its verdicts.
     */
    public static void trials(ExperimentResult result, Writer out) throws IOException {
        SequencedSet<String> settings = new LinkedHashSet<>();
        SequencedSet<String> properties = new LinkedHashSet<>();
        for (VariantResult variant : result.variants()) {
            settings.addAll(variant.settings().keySet());
            properties.addAll(variant.properties().keySet());
        }
        var csv = new Csv(result.configuration(), out);
        csv.head(trialHead(settings, properties));
        for (VariantResult variant : result.variants()) {
            for (TrialResult trial : variant.trials()) {
                csv.row(trialRow(variant, trial, settings, properties));
            }
        }
    }

    private static List<String> trialHead(
            SequencedSet<String> settings, SequencedSet<String> properties) {
        var head = new ArrayList<String>();
        head.add("variant");
        settings.forEach(key -> head.add("setting." + key));
        head.addAll(List.of("seed", "finding", "digest", "virtual_ns", "kernel_events"));
        head.addAll(List.of("requests", "checkpoints", "recoveries", "faults"));
        head.add("faults_in_vain");
        head.addAll(List.of("stable_bytes", "network_bytes"));
        for (Measure measure : Measure.values()) {
            head.add(measure.column());
        }
        head.add("wall_ns");
        for (Activity activity : Activity.values()) {
            head.add(Breakdown.column(activity));
        }
        properties.forEach(id -> head.add("property." + id));
        head.addAll(List.of("replay", "shrunk_answers"));
        return head;
    }

    private static List<String> trialRow(
            VariantResult variant,
            TrialResult trial,
            SequencedSet<String> settings,
            SequencedSet<String> properties) {
        Counts counts = trial.counts();
        var row = new ArrayList<String>();
        row.add(variant.label());
        settings.forEach(key -> row.add(variant.setting(key)));
        row.add(Long.toString(trial.seed()));
        row.add(trial.finding().words());
        row.add(trial.digest());
        for (long number :
                new long[] {
                    trial.virtualNanos(),
                    counts.kernelEvents(),
                    counts.requests(),
                    counts.checkpoints(),
                    trial.recovery().count(),
                    trial.faults().size(),
                    counts.vainFaults(),
                    counts.stableBytes(),
                    counts.networkBytes()
                }) {
            row.add(Long.toString(number));
        }
        for (Measure measure : Measure.values()) {
            OptionalDouble figure = measure.of(trial);
            row.add(figure.isPresent() ? Numbers.exact(figure.getAsDouble()) : "");
        }
        row.add(Long.toString(trial.breakdown().wall()));
        for (Activity activity : Activity.values()) {
            row.add(Long.toString(trial.breakdown().nanos(activity)));
        }
        for (String id : properties) {
            row.add(
                    trial.properties().stream()
                            .filter(outcome -> outcome.id().equals(id))
                            .map(outcome -> outcome.finding().words())
                            .findFirst()
                            .orElse(""));
        }
        row.add(trial.replay().command());
        row.add(trial.replay().shrunkAnswers().orElse(""));
        return row;
    }

    /** One row for each variant and measure: the estimate, its interval, and from how many. */
    public static void summary(ExperimentResult result, Writer out) throws IOException {
        var csv = new Csv(result.configuration(), out);
        csv.head(
                List.of(
                        "variant",
                        "measure",
                        "unit",
                        "statistic",
                        "n",
                        "value",
                        "low",
                        "high",
                        "confidence"));
        for (VariantResult variant : result.variants()) {
            for (Measure measure : Measure.values()) {
                Optional<Estimate> found = measure.estimate(variant);
                if (found.isPresent()) {
                    Estimate estimate = found.get();
                    csv.row(
                            List.of(
                                    variant.label(),
                                    measure.id(),
                                    measure.unit().symbol(),
                                    measure.statistic(),
                                    Long.toString(estimate.n()),
                                    Numbers.exact(estimate.value()),
                                    Numbers.exact(estimate.low()),
                                    Numbers.exact(estimate.high()),
                                    Numbers.exact(estimate.confidence())));
                }
            }
        }
    }

    /** One row for each comparison of a variant with the first one. */
    public static void differences(ExperimentResult result, Writer out) throws IOException {
        var csv = new Csv(result.configuration(), out);
        csv.head(
                List.of(
                        "variant",
                        "against",
                        "measure",
                        "paired",
                        "change",
                        "unit",
                        "n",
                        "value",
                        "low",
                        "high",
                        "test",
                        "p_holm",
                        "effect",
                        "effect_size"));
        for (Comparison each : Comparison.within(result)) {
            Contrast contrast = each.contrast();
            Significance significance = contrast.significance();
            csv.row(
                    List.of(
                            each.first(),
                            each.second(),
                            each.measure().id(),
                            Boolean.toString(contrast.paired()),
                            contrast.relative() ? "ratio" : "difference",
                            contrast.relative() ? "" : each.measure().unit().symbol(),
                            Long.toString(contrast.change().n()),
                            Numbers.exact(contrast.change().value()),
                            Numbers.exact(contrast.change().low()),
                            Numbers.exact(contrast.change().high()),
                            significance.test(),
                            Numbers.exact(significance.p()),
                            significance.effect().name(),
                            Numbers.exact(significance.effect().size())));
        }
    }

    /** Percentiles of the durations of all trials of a variant together. */
    public static void latency(ExperimentResult result, Writer out) throws IOException {
        var csv = new Csv(result.configuration(), out);
        csv.head(List.of("variant", "duration", "n", "percentile", "latency_ns"));
        for (VariantResult variant : result.variants()) {
            Pooled all = variant.pooled();
            percentiles(csv, variant, "request", all.requestLatency());
            percentiles(csv, variant, "checkpoint", all.checkpointLatency());
            percentiles(csv, variant, "recovery", all.recovery());
        }
    }

    private static void percentiles(
            Csv csv, VariantResult variant, String duration, DurationHistogram all)
            throws IOException {
        if (all.isEmpty()) {
            return;
        }
        var histogram = all.open();
        for (double percentile : PERCENTILES) {
            csv.row(
                    List.of(
                            variant.label(),
                            duration,
                            Long.toString(all.count()),
                            Numbers.exact(percentile),
                            Long.toString(histogram.getValueAtPercentile(percentile))));
        }
    }
}
