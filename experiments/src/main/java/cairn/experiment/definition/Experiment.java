package cairn.experiment.definition;

import java.util.List;

/**
 * A question, and the runs that are to answer it.
 *
 * @param name names the folder of its results
 * @param file where it was read from
 * @param text what the file says, to the letter
 * @param seeds the seeds under which each variant is tried
 */
public record Experiment(
        String name,
        String question,
        String file,
        String text,
        List<Variant> variants,
        List<Long> seeds,
        List<Expected> expectations) {

    public Experiment {
        variants = List.copyOf(variants);
        seeds = List.copyOf(seeds);
        expectations = List.copyOf(expectations);
    }

    /** The same experiment under other seeds. */
    public Experiment withSeeds(List<Long> others) {
        return new Experiment(name, question, file, text, variants, others, expectations);
    }
}
