package cairn.experiment.definition;

import cairn.experiment.file.Fields;
import cairn.experiment.file.TextFile;
import cairn.experiment.file.UserMistake;
import cairn.experiment.file.YamlReader;
import cairn.experiment.file.YamlText;
import cairn.experiment.file.YamlValue;
import cairn.experiment.file.YamlValue.Mapping;
import cairn.report.Configuration;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;

/** Reads experiment files. */
public final class ExperimentReader {

    /** The keys that say something of the experiment and nothing of one variant. */
    static final List<String> OWN =
            List.of("name", "question", "variants", "sweep", "seeds", "until", "expect");

    /** What changes which trials there are and how they are judged, and not the trials. */
    private static final String[] JUDGING = {"name", "question", "seeds", "until", "expect"};

    private final SubjectReader subjects;

    public ExperimentReader(SubjectReader subjects) {
        this.subjects = subjects;
    }

    /**
     * The experiment of a file; throws {@link UserMistake} if it cannot be read or says something
     * wrong.
     *
     * @param name names the file in messages
     * @param overrides values that take the place of the file's, each as {@code path=value}
     */
    public Experiment read(Path file, String name, List<String> overrides) {
        return read(file, name, TextFile.read(file, name), overrides);
    }

    /** The experiment of a file as it stands. */
    public Experiment read(Path file, String name) {
        return read(file, name, List.of());
    }

    /** The experiment of a text; {@code file} names it in messages. */
    public Experiment read(String file, String text) {
        return read(Path.of(""), file, text, List.of());
    }

    private Experiment read(Path path, String file, String text, List<String> overrides) {
        Mapping root =
                new Overrides(keys(), overrides).over(Longhand.of(Includes.read(path, file, text)));
        return experiment(file, text, overrides, root);
    }

    /**
     * An experiment that was read before, from what was kept of it.
     *
     * @param configuration what its file amounted to
     */
    public Experiment again(
            String file, String text, List<String> overrides, Configuration configuration) {
        return experiment(
                file,
                text,
                overrides,
                YamlReader.read(file, configuration.text()).mapping("an experiment"));
    }

    private List<String> keys() {
        var keys = new ArrayList<>(OWN);
        keys.addAll(2, subjects.sections());
        return keys;
    }

    private Experiment experiment(String file, String text, List<String> overrides, Mapping root) {
        List<String> keys = keys();
        Fields fields = Fields.of(root, "an experiment", keys);
        String name = name(fields);
        String question = fields.text("question");
        List<Variant> variants =
                Expansion.of(root, subjects.sections()).stream().map(this::variant).toList();
        return new Experiment(
                name,
                question,
                file,
                text,
                overrides,
                new Configuration(YamlText.of(root)),
                new Configuration(YamlText.of(root.without(JUDGING))),
                variants,
                seeds(fields),
                fields.find("until").map(Target::read),
                fields.find("expect")
                        .map(expect ->
                                ExpectationReader.read(expect, variants, subjects.properties()))
                        .orElse(List.of()));
    }

    private static String name(Fields fields) {
        String name = fields.text("name");
        if (!name.matches("[a-z0-9][a-z0-9-]{0,63}")) {
            throw new UserMistake(
                    fields.need("name").place(),
                    "'name' names a folder: lower-case letters, digits and hyphens, not '"
                            + name
                            + "'");
        }
        return name;
    }

    private Variant variant(Expansion.Written written) {
        var settings = new LinkedHashMap<>(written.settings());
        return new Variant(written.label(), settings, subjects.read(written.mapping()));
    }

    private static Seeds seeds(Fields fields) {
        if (!fields.has("seeds")) {
            return Seeds.range(1, 1);
        }
        YamlValue seeds = fields.need("seeds");
        String text =
                String.join(", ", seeds.items().stream().map(item -> item.text("a seed")).toList());
        return SeedRange.read(seeds.place().toString(), text);
    }
}
