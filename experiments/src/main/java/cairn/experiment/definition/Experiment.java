package cairn.experiment.definition;

import cairn.report.Configuration;

import java.util.List;
import java.util.Optional;

/**
 * A question, and the runs that are to answer it.
 *
 * @param name names the folder of its results
 * @param file where it was read from
 * @param text what the file says, to the letter
 * @param overrides what the command line put in the place of what the file says: {@code
 *     settings.persist=two-sided}
 * @param configuration all that determines its trials and verdicts: the file with what it includes
 *     and with the overrides, as YAML without comments
 * @param trialsConfiguration the part of it that determines trials
 * @param seeds the seeds under which each variant is tried
 * @param target when no further seed is needed; empty if all are
 */
public record Experiment(
        String name,
        String question,
        String file,
        String text,
        List<String> overrides,
        Configuration configuration,
        Configuration trialsConfiguration,
        List<Variant> variants,
        Seeds seeds,
        Optional<Target> target,
        List<Expected> expectations) {

    public Experiment {
        overrides = List.copyOf(overrides);
        variants = List.copyOf(variants);
        expectations = List.copyOf(expectations);
    }

    /**
     * The hash of what determines trials, which neither the question nor the seeds nor what is
     * expected do.
     */
    public String trialsHash() {
        return trialsConfiguration.hash();
    }
}
