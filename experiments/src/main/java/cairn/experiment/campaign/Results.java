package cairn.experiment.campaign;

import cairn.experiment.definition.Experiment;
import cairn.experiment.definition.Variant;
import cairn.experiment.file.Line;
import cairn.experiment.trial.OrderedFault;
import cairn.report.Expectation;
import cairn.report.ExperimentResult;
import cairn.report.Finding;
import cairn.report.Replay;
import cairn.report.Report;
import cairn.report.TrialResult;
import cairn.report.VariantResult;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.stream.IntStream;

/**
 * What a campaign found, as a report and as files; a function of the experiment and of which trials
 * were finished.
 */
public final class Results {

    private static final String VIOLATIONS = "violations";

    private final Experiment experiment;
    private final List<List<Trial>> trials;
    private final List<Violation> violations;
    private final SequencedMap<Violation, String> names = new LinkedHashMap<>();
    private final Optional<Precision> precision;
    private final int seeds;

    /**
     * The trials of each variant, and what was investigated of their violations.
     *
     * @param precision what decided how many seeds were enough
     * @param seeds how many that were
     */
    Results(
            Experiment experiment,
            List<List<Trial>> trials,
            List<Violation> violations,
            Optional<Precision> precision,
            int seeds) {
        this.precision = precision;
        this.seeds = seeds;
        this.experiment = experiment;
        this.trials = trials;
        this.violations = violations;
        var taken = new TreeMap<String, Integer>();
        for (Violation violation : violations) {
            int count = taken.merge(violation.fileName(), 1, Integer::sum);
            names.put(violation, violation.fileName() + (count == 1 ? "" : "." + count));
        }
    }

    /** Violations and no trials. */
    public static Results ofViolations(Experiment experiment, List<Violation> violations) {
        return new Results(experiment, List.of(), violations, Optional.empty(), 0);
    }

    /** Trials that were not run by a campaign, and how each is run again. */
    public static ExperimentResult ofTrials(
            Experiment experiment,
            List<List<Trial>> trials,
            String version,
            String command,
            BiFunction<Variant, Long, String> again) {
        List<VariantResult> variants = new ArrayList<>();
        for (int i = 0; i < trials.size(); i++) {
            Variant variant = experiment.variants().get(i);
            variants.add(
                    new VariantResult(
                            variant.label(),
                            variant.settings(),
                            variant.subject().promise(),
                            variant.subject().faults(),
                            ordered(variant),
                            trials.get(i).stream()
                                    .map(trial ->
                                            trial.outcome()
                                                    .result(
                                                            trial.seed(),
                                                            new Replay(
                                                                    again.apply(
                                                                            variant, trial.seed()),
                                                                    Optional.empty())))
                                    .toList()));
        }
        List<Expectation> expectations = Assessment.of(experiment, variants);
        return new ExperimentResult(
                experiment.name(),
                experiment.question(),
                Assessment.finding(expectations),
                version,
                command,
                experiment.text(),
                experiment.configuration(),
                variants,
                expectations,
                List.of());
    }

    /** Where a violation's answers lie, relative to the folder of the results. */
    public String answers(Violation violation) {
        return VIOLATIONS + "/" + names.get(violation) + ".answers";
    }

    /** The result, as reports take it; {@code command} has it again. */
    public ExperimentResult result(String version, String command) {
        List<VariantResult> variants = variants();
        var expectations = new ArrayList<>(Assessment.of(experiment, variants));
        precision.ifPresent(looks -> expectations.add(looks.verdict(variants, seeds)));
        unfinished().ifPresent(expectations::add);
        return new ExperimentResult(
                experiment.name(),
                experiment.question(),
                Assessment.finding(expectations),
                version,
                command,
                experiment.text(),
                experiment.configuration(),
                variants,
                expectations,
                Theory.of(experiment, variants));
    }

    /** What was found of each variant; their trials are read on all cores. */
    List<VariantResult> variants() {
        return IntStream.range(0, trials.size())
                .parallel()
                .mapToObj(i -> variant(experiment.variants().get(i), trials.get(i)))
                .toList();
    }

    /** Writes the report, the answers and the stories; returns the page. */
    public Path write(Path folder, ExperimentResult result) throws IOException {
        writeViolations(folder, result.version());
        return Report.write(result, folder);
    }

    /** Writes the answers and the stories that a version of Cairn found. */
    public void writeViolations(Path folder, String version) throws IOException {
        for (Violation violation : violations) {
            Files.createDirectories(folder.resolve(VIOLATIONS));
            var file =
                    new AnswersFile(
                            violation.variant().label(),
                            violation.property(),
                            violation.answers(),
                            Origin.of(experiment, version));
            Files.writeString(folder.resolve(answers(violation)), file.text(remark(violation)));
            String story = VIOLATIONS + "/" + names.get(violation) + ".story";
            Files.write(folder.resolve(story + ".txt"), violation.lines());
            if (!violation.drawing().isEmpty()) {
                Files.writeString(folder.resolve(story + ".svg"), violation.drawing());
            }
        }
    }

    private static String remark(Violation violation) {
        return Line.of(
                "%d of the %d answers that were not calm under seed %d; all others are calm",
                violation.answers().size(), violation.recorded(), violation.seed());
    }

    private Optional<Expectation> unfinished() {
        long done = trials.stream().mapToLong(List::size).sum();
        long all = (long) experiment.variants().size() * seeds;
        return done == all
                ? Optional.empty()
                : Optional.of(
                        new Expectation(
                                "all trials are finished",
                                Finding.INCONCLUSIVE,
                                Line.of(
                                        "incomplete: stopped when %d of %d trials were finished",
                                        done, all)));
    }

    private VariantResult variant(Variant variant, List<Trial> own) {
        Map<Long, Violation> found = new TreeMap<>();
        violations.stream()
                .filter(violation -> violation.variant().equals(variant))
                .forEach(violation -> found.putIfAbsent(violation.seed(), violation));
        String command = Commands.replay(experiment, variant);
        List<TrialResult> results =
                Lazy.list(
                        own.size(),
                        !Lazy.is(own),
                        index -> {
                            Trial trial = own.get(index);
                            return trial.outcome()
                                    .result(
                                            trial.seed(),
                                            replay(
                                                    command + trial.seed(),
                                                    Optional.ofNullable(found.get(trial.seed()))));
                        });
        return new VariantResult(
                variant.label(),
                variant.settings(),
                variant.subject().promise(),
                variant.subject().faults(),
                ordered(variant),
                results);
    }

    private static List<String> ordered(Variant variant) {
        return variant.subject().ordered().stream().map(OrderedFault::text).toList();
    }

    private Replay replay(String command, Optional<Violation> found) {
        return new Replay(
                command,
                found.map(this::answers),
                found.map(Violation::timeline).orElse(List.of()),
                found.map(Violation::drawing).orElse(""));
    }
}
