package cairn.experiment.exploration;

import cairn.experiment.catalogue.ProtocolJars;
import cairn.experiment.catalogue.Shipped;
import cairn.experiment.definition.ExperimentReader;
import cairn.experiment.definition.ScenarioReader;
import cairn.experiment.definition.SubjectReader;
import cairn.experiment.definition.Variant;
import cairn.fault.Answer;
import cairn.verification.Breach;
import cairn.verification.Runs;

import java.util.List;

/**
 * An experiment in which recorded answers are given again; tests that were written are made of it.
 */
public final class ReplayedExperiment {

    private final Runs runs;

    private ReplayedExperiment(Runs runs) {
        this.runs = runs;
    }

    /** The variant of an experiment that tries what is shipped, or provided on the class path. */
    public static ReplayedExperiment of(String experiment, String variant) {
        return of(
                new ScenarioReader(Shipped.catalogue().with(ProtocolJars.ofClassPath())),
                experiment,
                variant);
    }

    /** The variant of an experiment. */
    static ReplayedExperiment of(SubjectReader subjects, String experiment, String variant) {
        List<Variant> variants =
                new ExperimentReader(subjects).read("the experiment", experiment).variants();
        return new ReplayedExperiment(
                variants.stream()
                        .filter(one -> variants.size() == 1 || one.label().equals(variant))
                        .findFirst()
                        .orElseThrow(
                                () -> new IllegalArgumentException("no variant '" + variant + "'"))
                        .subject()
                        .runs());
    }

    /**
     * Runs with these answers, calm ones elsewhere.
     *
     * @param answers one to a line
     * @throws AssertionError if the property is violated
     */
    public void requireThat(String property, String answers) {
        List<Answer> given =
                answers.lines().filter(line -> !line.isBlank()).map(Answer::parse).toList();
        runs.replay(given, null)
                .breachOf(property)
                .map(Breach::explanation)
                .ifPresent(why -> {
                    throw new AssertionError(property + " is violated: " + why);
                });
    }
}
