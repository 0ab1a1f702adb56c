package cairn.report;

import java.util.List;

/**
 * Everything that a report of an experiment tells. A report is a function of this and of nothing
 * else, no clock and no environment, so that the same result gives the same bytes.
 *
 * @param question what the experiment was to find out
 * @param finding the verdict on the experiment as a whole. The experiment decides it, for it knows
 *     what was expected: a variant that is there to fail does not make it a failure
 * @param version the version of the tool that ran the experiment
 * @param command the command that runs the same experiment again
 * @param file the text of the experiment file, to the letter
 * @param configuration what the file amounts to, with all that it includes
 * @param predictions what theories say, for the plots of sweeps
 */
public record ExperimentResult(
        String name,
        String question,
        Finding finding,
        String version,
        String command,
        String file,
        Configuration configuration,
        List<VariantResult> variants,
        List<Expectation> expectations,
        List<Prediction> predictions) {

    /** A result whose file is all of its configuration. */
    public ExperimentResult(
            String name,
            String question,
            Finding finding,
            String version,
            String command,
            String file,
            List<VariantResult> variants,
            List<Expectation> expectations,
            List<Prediction> predictions) {
        this(
                name,
                question,
                finding,
                version,
                command,
                file,
                new Configuration(file),
                variants,
                expectations,
                predictions);
    }

    public ExperimentResult {
        predictions = List.copyOf(predictions);
        variants = List.copyOf(variants);
        expectations = List.copyOf(expectations);
        long labels = variants.stream().map(VariantResult::label).distinct().count();
        if (labels != variants.size()) {
            throw new IllegalArgumentException(
                    "two variants have the same label: "
                            + variants.stream().map(VariantResult::label).toList());
        }
    }

    /** A result of which no theory says anything, and whose file is all of its configuration. */
    public ExperimentResult(
            String name,
            String question,
            Finding finding,
            String version,
            String command,
            String file,
            List<VariantResult> variants,
            List<Expectation> expectations) {
        this(name, question, finding, version, command, file, variants, expectations, List.of());
    }

    /** The number of trials of all variants. */
    public int trials() {
        return variants.stream().mapToInt(variant -> variant.trials().size()).sum();
    }
}
