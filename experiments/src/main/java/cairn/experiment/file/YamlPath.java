package cairn.experiment.file;

import cairn.experiment.file.YamlValue.Entry;
import cairn.experiment.file.YamlValue.Mapping;
import cairn.experiment.file.YamlValue.Scalar;
import cairn.experiment.file.YamlValue.Sequence;

import java.util.ArrayList;
import java.util.List;

/**
 * The way from the root of a file to one of its values: {@code faults.crash.every}. In a list, an
 * item is named by one of its keys, by a key and its value ({@code faults.crash primary.every}), or
 * by its number from one.
 *
 * @param place where the path is written
 */
public record YamlPath(Place place, List<String> keys) {

    public YamlPath {
        keys = List.copyOf(keys);
    }

    /** A path as it is written. */
    public static YamlPath of(Place place, String written) {
        List<String> keys = List.of(written.strip().split("\\s*\\.\\s*", -1));
        if (keys.stream().anyMatch(String::isBlank)) {
            throw new UserMistake(
                    place, "'" + written + "' is not a path, such as 'settings.persist'");
        }
        return new YamlPath(place, keys);
    }

    /** The first key: the section of the file. */
    public String section() {
        return keys.getFirst();
    }

    /** The mapping with another value at the end of this path; what is missing is made. */
    public Mapping put(Mapping root, YamlValue value) {
        return (Mapping) put(root, 0, value);
    }

    private YamlValue put(YamlValue node, int depth, YamlValue value) {
        if (depth == keys.size()) {
            return value;
        }
        return switch (node) {
            case Mapping mapping -> inMapping(mapping, depth, value);
            case Sequence sequence -> inList(sequence, depth, value);
            case Scalar(Place at, String text) when text.isEmpty() ->
                    inMapping(new Mapping(at, List.of()), depth, value);
            case Scalar scalar ->
                    throw new UserMistake(
                            place,
                            "'"
                                    + walked(depth)
                                    + "' is "
                                    + scalar.kind()
                                    + ", which has nothing called '"
                                    + keys.get(depth)
                                    + "' below it");
        };
    }

    private Mapping inMapping(Mapping mapping, int depth, YamlValue value) {
        String key = keys.get(depth);
        Entry entry =
                mapping.entry(key).orElse(new Entry(place, key, new Mapping(place, List.of())));
        return mapping.with(new Entry(entry.place(), key, put(entry.value(), depth + 1, value)));
    }

    private Sequence inList(Sequence sequence, int depth, YamlValue value) {
        String name = keys.get(depth);
        List<Integer> meant = new ArrayList<>();
        for (int i = 0; i < sequence.items().size(); i++) {
            if (isMeant(sequence.items().get(i), i, name)) {
                meant.add(i);
            }
        }
        if (meant.size() != 1) {
            throw new UserMistake(place, unclear(sequence, depth, meant.size()));
        }
        var items = new ArrayList<>(sequence.items());
        YamlValue item = items.get(meant.getFirst());
        boolean ends = depth + 1 == keys.size();
        // A path that ends at an item's own key means the value of that key.
        YamlValue changed =
                ends && item instanceof Mapping mapping && mapping.entry(name).isPresent()
                        ? mapping.with(new Entry(place, name, value))
                        : put(item, depth + 1, value);
        items.set(meant.getFirst(), changed);
        return new Sequence(sequence.place(), items);
    }

    private static boolean isMeant(YamlValue item, int index, String name) {
        return name.equals(Integer.toString(index + 1))
                || names(item).contains(name)
                || (item instanceof Mapping mapping && mapping.entry(name).isPresent());
    }

    /** The item by its first key and that key's value. */
    private static List<String> names(YamlValue item) {
        return item instanceof Mapping(_, List<Entry> entries) && !entries.isEmpty()
                ? List.of(entries.getFirst().key() + " " + entries.getFirst().value().written())
                : List.of(item.written());
    }

    private String unclear(Sequence sequence, int depth, int meant) {
        List<String> known =
                sequence.items().stream().flatMap(item -> names(item).stream()).toList();
        return meant == 0
                ? "'"
                        + walked(depth)
                        + "' has no item '"
                        + keys.get(depth)
                        + "'"
                        + Suggestion.of(keys.get(depth), known)
                : "'"
                        + walked(depth)
                        + "' has "
                        + meant
                        + " items '"
                        + keys.get(depth)
                        + "'; say which: "
                        + String.join(", ", known);
    }

    private String walked(int depth) {
        return String.join(".", keys.subList(0, depth));
    }

    @Override
    public String toString() {
        return String.join(".", keys);
    }
}
