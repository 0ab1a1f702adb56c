package cairn.experiment.campaign;

import cairn.experiment.definition.Experiment;
import cairn.experiment.definition.Variant;

/** The command lines that have something again. */
public final class Commands {

    private Commands() {}

    /** Runs a whole experiment again; {@code seeds} are empty for those of the file. */
    public static String run(Experiment experiment, String seeds) {
        return "./cairn run "
                + quoted(experiment.file())
                + (seeds.isEmpty() ? "" : " --seeds " + quoted(seeds));
    }

    /** Runs one trial again. */
    public static String replay(Experiment experiment, Variant variant, long seed) {
        return "./cairn replay "
                + quoted(experiment.file())
                + named(experiment, variant)
                + " --seed "
                + seed;
    }

    /** Runs recorded answers again; the file with the answers knows the variant. */
    public static String replay(Experiment experiment, String answers) {
        return "./cairn replay " + quoted(experiment.file()) + " --answers " + quoted(answers);
    }

    private static String named(Experiment experiment, Variant variant) {
        return experiment.variants().size() == 1 ? "" : " --variant " + quoted(variant.label());
    }

    /** As a shell reads it back. */
    static String quoted(String word) {
        return word.matches("[A-Za-z0-9_./:=+-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
    }
}
