package cairn.experiment.campaign;

import cairn.experiment.definition.Condition;
import cairn.experiment.definition.Expected;
import cairn.experiment.definition.Experiment;
import cairn.experiment.definition.Variant;
import cairn.experiment.file.Line;
import cairn.report.Expectation;
import cairn.report.Figures;
import cairn.report.Finding;
import cairn.report.Measure;
import cairn.report.VariantResult;
import cairn.report.statistics.Estimate;
import cairn.report.statistics.Sample;
import cairn.report.statistics.Statistics;
import cairn.report.statistics.Unit;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.stream.Stream;

/** Holds what was found against what was expected. */
public final class Assessment {

    /** What counts for a variant of which nothing is said. */
    private static final Expected.OfProperties OTHERWISE =
            new Expected.Holds(List.of(), Condition.ALWAYS);

    /** Of so many variants each is named that is not as expected. */
    private static final int MOST_NAMED = 3;

    private final Experiment experiment;
    private final List<VariantResult> results;

    private Assessment(Experiment experiment, List<VariantResult> results) {
        this.experiment = experiment;
        this.results = results;
    }

    /**
     * Each expectation, met or not; variants of which the file says nothing are expected to hold
     * all.
     */
    public static List<Expectation> of(Experiment experiment, List<VariantResult> results) {
        return new Assessment(experiment, results).expectations();
    }

    /** The verdict on the whole: holds if every expectation was met. */
    public static Finding finding(List<Expectation> expectations) {
        return expectations.stream().map(Expectation::finding).reduce(Finding.HOLDS, Finding::and);
    }

    /** Whether the violation of a property was expected of a variant. */
    public static boolean isExpected(Experiment experiment, Variant variant, String property) {
        int applying = applying(experiment, variant);
        Expected expected = applying < 0 ? OTHERWISE : experiment.expectations().get(applying);
        return switch (expected) {
            case Expected.Figure _, Expected.Ratio _, Expected.Less _, Expected.Published _ ->
                    false;
            case Expected.Holds _ -> false;
            case Expected.IsViolated(var properties, var also, _, _) ->
                    properties.contains(property) || also.contains(property);
        };
    }

    private List<Expectation> expectations() {
        var expectations = new ArrayList<Expectation>();
        for (int i = 0; i < experiment.expectations().size(); i++) {
            switch (experiment.expectations().get(i)) {
                case Expected.OfProperties ofProperties ->
                        expectations.add(judged(ofProperties, i));
                case Expected.Figure figure -> expectations.add(judged(figure));
                case Expected.Ratio ratio -> expectations.add(judged(ratio));
                case Expected.Less less -> expectations.add(judged(less));
                case Expected.Published published -> expectations.add(judged(published));
            }
        }
        boolean unmentioned =
                experiment.variants().stream()
                        .anyMatch(variant -> applying(experiment, variant) < 0);
        if (unmentioned) {
            expectations.add(judged(OTHERWISE, -1));
        }
        FaultsStruck.of(experiment, results).ifPresent(expectations::add);
        return expectations;
    }

    /**
     * Which expectation about properties counts for a variant, by its place in the file; -1 if none
     * does.
     */
    private static int applying(Experiment experiment, Variant variant) {
        for (int i = 0; i < experiment.expectations().size(); i++) {
            Expected expected = experiment.expectations().get(i);
            if (expected instanceof Expected.OfProperties && expected.when().fits(variant)) {
                return i;
            }
        }
        return -1;
    }

    private Expectation judged(Expected.OfProperties expected, int place) {
        Finding worst = Finding.HOLDS;
        var remarks = new ArrayList<String>();
        SequencedMap<String, List<String>> found = new LinkedHashMap<>();
        int variants = 0;
        for (int i = 0; i < results.size(); i++) {
            if (applying(experiment, experiment.variants().get(i)) == place) {
                variants++;
                worst = worst.and(judged(expected, results.get(i), found));
                if (results.get(i).trials().isEmpty()) {
                    remarks.add(results.get(i).label() + ": no trial was finished");
                    worst = worst.and(Finding.INCONCLUSIVE);
                }
            }
        }
        for (Map.Entry<String, List<String>> remark : found.entrySet()) {
            remarks.add(remark(remark.getKey(), remark.getValue(), variants));
        }
        if (expected instanceof Expected.IsViolated violated && violated.in().isPresent()) {
            worst = worst.and(frequency(violated, violated.in().get(), place, remarks));
        }
        String observed =
                remarks.isEmpty()
                        ? variants + (variants == 1 ? " variant" : " variants")
                        : String.join("; ", remarks);
        return new Expectation(expected.text(), worst, observed);
    }

    /** Whether the first property is violated as often as expected, variant by variant. */
    private Finding frequency(
            Expected.IsViolated expected,
            Expected.Frequency frequency,
            int place,
            List<String> remarks) {
        Finding worst = Finding.HOLDS;
        String property = expected.properties().getFirst();
        for (int i = 0; i < results.size(); i++) {
            int trials = results.get(i).trials().size();
            if (applying(experiment, experiment.variants().get(i)) != place || trials == 0) {
                continue;
            }
            long violated = results.get(i).trials(property, Finding.VIOLATED);
            double off = Math.abs((double) violated / trials - frequency.share());
            worst = worst.and(off <= frequency.allowed(trials) ? Finding.HOLDS : Finding.VIOLATED);
            remarks.add(
                    Line.of(
                            "%s: %s in %d of %d trials, %s ± %s allowed",
                            results.get(i).label(),
                            property,
                            violated,
                            trials,
                            Unit.SHARE.text(frequency.share()),
                            Unit.SHARE.text(frequency.allowed(trials))));
        }
        return worst;
    }

    /** What was not as expected of one variant, under the words for it. */
    private static Finding judged(
            Expected.OfProperties expected,
            VariantResult variant,
            SequencedMap<String, List<String>> found) {
        Finding worst = Finding.HOLDS;
        for (var entry : variant.properties().entrySet()) {
            Finding finding = against(expected, entry.getKey(), entry.getValue());
            if (finding != Finding.HOLDS) {
                String what = entry.getKey() + " " + entry.getValue().words();
                found.computeIfAbsent(what, _ -> new ArrayList<>())
                        .add(
                                Line.of(
                                        "%s: %s in %d of %d trials",
                                        variant.label(),
                                        what,
                                        variant.trials(entry.getKey(), entry.getValue()),
                                        variant.trials().size()));
            }
            worst = worst.and(finding);
        }
        return worst;
    }

    /** Each variant by its name, or, of many, how many they are and one of them. */
    private static String remark(String what, List<String> each, int variants) {
        if (each.size() <= MOST_NAMED) {
            return String.join("; ", each);
        }
        return each.size() == variants
                ? Line.of("%s in all %d variants", what, variants)
                : Line.of(
                        "%s in %d of %d variants, such as %s",
                        what, each.size(), variants, each.getFirst());
    }

    private static Finding against(Expected.OfProperties expected, String property, Finding found) {
        return switch (expected) {
            case Expected.Holds(var properties, _) -> {
                boolean evidence = properties.isEmpty() || properties.contains(property);
                yield found == Finding.VIOLATED || (evidence && found == Finding.INCONCLUSIVE)
                        ? found
                        : Finding.HOLDS;
            }
            case Expected.IsViolated(var properties, var also, var in, _) -> {
                // How often the first is violated is counted elsewhere; of few trials in none.
                if (in.isPresent() && properties.getFirst().equals(property)) {
                    yield Finding.HOLDS;
                }
                if (properties.contains(property)) {
                    yield found == Finding.VIOLATED ? Finding.HOLDS : Finding.VIOLATED;
                }
                yield found == Finding.VIOLATED && !also.contains(property)
                        ? Finding.VIOLATED
                        : Finding.HOLDS;
            }
        };
    }

    private Expectation judged(Expected.Figure expected) {
        Finding worst = Finding.HOLDS;
        var remarks = new ArrayList<String>();
        for (int i = 0; i < results.size(); i++) {
            if (expected.when().fits(experiment.variants().get(i))) {
                Optional<Double> figure = figure(expected.measure(), results.get(i));
                worst = worst.and(within(figure, expected.least(), expected.most()));
                remarks.add(
                        results.get(i).label() + ": " + text(expected.measure().unit(), figure));
            }
        }
        return new Expectation(expected.text(), worst, String.join("; ", remarks));
    }

    private Expectation judged(Expected.Ratio expected) {
        Optional<Double> of = figure(expected.measure(), result(expected.of()));
        Optional<Double> over = figure(expected.measure(), result(expected.over()));
        Optional<Double> ratio =
                of.flatMap(above -> over.filter(below -> below > 0).map(below -> above / below));
        List<String> without =
                Stream.of(of.isEmpty() ? expected.of() : "", over.isEmpty() ? expected.over() : "")
                        .filter(label -> !label.isEmpty())
                        .toList();
        if (!without.isEmpty()) {
            return new Expectation(
                    expected.text(),
                    Finding.INCONCLUSIVE,
                    "no trial of " + String.join(" or ", without) + " has this figure");
        }
        Unit unit = expected.measure().unit();
        return new Expectation(
                expected.text(),
                within(ratio, expected.least(), expected.most()),
                Line.of(
                        "%s to %s: %s times",
                        text(unit, of), text(unit, over), text(Unit.COUNT, ratio)));
    }

    private Expectation judged(Expected.Published expected) {
        Finding worst = Finding.HOLDS;
        var remarks = new ArrayList<String>();
        for (int i = 0; i < results.size(); i++) {
            if (expected.when().fits(experiment.variants().get(i))) {
                Agreement agreement = Agreement.of(expected, results.get(i));
                worst = worst.and(agreement.finding());
                remarks.add(results.get(i).label() + ": " + agreement.text());
            }
        }
        return new Expectation(expected.text(), worst, String.join("; ", remarks));
    }

    /** Pairs with the same seed met the same failures, so their difference has little noise. */
    private Expectation judged(Expected.Less expected) {
        Figures.Pairs both =
                expected.measure()
                        .figures(result(expected.of()))
                        .with(expected.measure().figures(result(expected.than())));
        Sample differences = both.differences();
        if (differences.size() < 2) {
            return new Expectation(
                    expected.text(), Finding.INCONCLUSIVE, differences.size() + " pairs");
        }
        Estimate mean = Statistics.mean(differences, Statistics.CONFIDENCE);
        Unit unit = expected.measure().unit();
        Finding finding =
                mean.high() < 0
                        ? Finding.HOLDS
                        : mean.low() > 0 ? Finding.VIOLATED : Finding.INCONCLUSIVE;
        return new Expectation(
                expected.text(),
                finding,
                Line.of(
                        "mean difference %s, %s to %s with 95 %% confidence, %d pairs",
                        unit.text(mean.value()),
                        unit.text(mean.low()),
                        unit.text(mean.high()),
                        differences.size()));
    }

    private VariantResult result(String label) {
        return results.stream()
                .filter(result -> result.label().equals(label))
                .findFirst()
                .orElseThrow();
    }

    private static Optional<Double> figure(Measure measure, VariantResult variant) {
        return measure.estimate(variant).map(estimate -> Objects.requireNonNull(estimate).value());
    }

    private static String text(Unit unit, Optional<Double> figure) {
        return unit.text(figure.orElse(Double.NaN));
    }

    private static Finding within(Optional<Double> figure, double least, double most) {
        return figure.map(
                        value -> value >= least && value <= most ? Finding.HOLDS : Finding.VIOLATED)
                .orElse(Finding.INCONCLUSIVE);
    }
}
