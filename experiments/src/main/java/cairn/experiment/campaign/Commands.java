package cairn.experiment.campaign;

import cairn.experiment.definition.Experiment;
import cairn.experiment.definition.Variant;

/** The command lines that have something again. */
public final class Commands {

    /** How an override of the seeds begins; it has an option of its own. */
    public static final String SEEDS = "seeds=";

    private Commands() {}

    /** Runs a whole experiment again. */
    public static String run(Experiment experiment) {
        var words = new StringBuilder("./cairn run " + file(experiment));
        experiment.overrides().stream()
                .filter(each -> each.startsWith(SEEDS))
                .map(each -> " --seeds " + quoted(each.substring(SEEDS.length())))
                .forEach(words::append);
        return words.toString();
    }

    /** Runs a whole experiment on real processes again. */
    public static String live(Experiment experiment) {
        return "./cairn cluster " + run(experiment).substring("./cairn ".length());
    }

    /** Runs one trial on real processes again, which need not take the same course. */
    public static String live(Experiment experiment, Variant variant, long seed) {
        return "./cairn cluster run "
                + file(experiment)
                + named(experiment, variant)
                + " --seeds "
                + seed;
    }

    /** Runs one trial again. */
    public static String replay(Experiment experiment, Variant variant, long seed) {
        return replay(experiment, variant) + seed;
    }

    /** Runs a trial of a variant again, but for its seed, which is to follow. */
    static String replay(Experiment experiment, Variant variant) {
        return "./cairn replay " + file(experiment) + named(experiment, variant) + " --seed ";
    }

    /** Runs recorded answers again; the file with the answers knows the variant. */
    public static String replay(Experiment experiment, String answers) {
        return "./cairn replay " + file(experiment) + " --answers " + quoted(answers);
    }

    /** The file, and what was put in the place of what it says. */
    private static String file(Experiment experiment) {
        var words = new StringBuilder(quoted(experiment.file()));
        experiment.overrides().stream()
                .filter(each -> !each.startsWith(SEEDS))
                .forEach(each -> words.append(" --set ").append(quoted(each)));
        return words.toString();
    }

    private static String named(Experiment experiment, Variant variant) {
        return experiment.variants().size() == 1 ? "" : " --variant " + quoted(variant.label());
    }

    /** As a shell reads it back. */
    static String quoted(String word) {
        return word.matches("[A-Za-z0-9_./:=+-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
    }
}
