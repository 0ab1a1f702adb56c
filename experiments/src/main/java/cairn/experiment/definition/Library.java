package cairn.experiment.definition;

import cairn.experiment.file.UserMistake;
import cairn.experiment.file.YamlReader;
import cairn.experiment.file.YamlValue;
import cairn.experiment.file.YamlValue.Mapping;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The experiments that come with the testbed. */
public final class Library {

    /** Where the experiments are that reproduce published results. */
    public static final Path VALIDATION = Path.of("experiments", "validation");

    private static final Path FOLDER = Path.of("experiments", "library");

    private Library() {}

    /** An experiment file and its question. */
    public record Entry(String file, String question) {}

    /**
     * The shipped experiments below a folder, in the order of their names; none if there is no
     * library.
     */
    public static List<Entry> experiments(Path root) {
        return experiments(root, FOLDER);
    }

    /** The experiments that reproduce published results, below a folder. */
    public static List<Entry> validation(Path root) {
        return experiments(root, VALIDATION);
    }

    private static List<Entry> experiments(Path root, Path library) {
        Path folder = root.resolve(library);
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".yaml"))
                    .sorted()
                    .map(file ->
                            new Entry(
                                    library.resolve(file.getFileName()).toString(), question(file)))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads no more than the question: the rest is checked when the experiment is run. */
    private static String question(Path file) {
        try {
            YamlValue root = YamlReader.read(file.getFileName().toString(), Files.readString(file));
            return root instanceof Mapping mapping
                    ? mapping.get("question").map(YamlValue::written).orElse("")
                    : "";
        } catch (IOException | UserMistake e) {
            return "cannot be read: " + e.getMessage();
        }
    }
}
