package cairn.experiment.definition;

import cairn.experiment.file.Fields;
import cairn.experiment.file.TextFile;
import cairn.experiment.file.UserMistake;
import cairn.experiment.file.YamlReader;
import cairn.experiment.file.YamlValue;
import cairn.experiment.file.YamlValue.Mapping;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Files that are made of other files: {@code include: common.yaml}, or a list of them, each found
 * from the folder of the file that names it. What a file says itself is laid over what it includes,
 * and a later include over an earlier one.
 */
final class Includes {

    static final String KEY = "include";

    private final List<Path> within;

    private Includes(List<Path> within) {
        this.within = within;
    }

    /**
     * The whole of a file.
     *
     * @param path where the file is, for finding others from there
     * @param name names it in messages
     */
    static Mapping read(Path path, String name, String text) {
        return new Includes(List.of(path.normalize())).whole(path, name, text);
    }

    private Mapping whole(Path path, String name, String text) {
        Mapping own = YamlReader.read(name, text).mapping("an experiment");
        Mapping whole = new Mapping(own.place(), List.of());
        List<YamlValue> included = own.get(KEY).map(YamlValue::items).orElse(List.of());
        for (YamlValue each : included) {
            whole = whole.under(included(path, name, each));
        }
        return included.isEmpty() ? own.without(KEY) : whole.under(own.without(KEY));
    }

    private Mapping included(Path path, String from, YamlValue written) {
        String name = written.text("'" + KEY + "'");
        Path file =
                Fields.at(written.place(), "'" + KEY + "': ", () -> path.resolveSibling(name))
                        .normalize();
        if (within.contains(file)) {
            throw new UserMistake(written.place(), "'" + name + "' includes itself");
        }
        if (!Files.isRegularFile(file)) {
            throw new UserMistake(written.place(), "there is no file '" + name + "' to include");
        }
        var deeper = new ArrayList<>(within);
        deeper.add(file);
        // Named as the user would name it, who knows the file that includes it.
        String shown = Path.of(from).resolveSibling(name).toString();
        return new Includes(deeper).whole(file, shown, TextFile.read(file, shown));
    }
}
