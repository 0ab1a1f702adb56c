package cairn.experiment.file;

import cairn.experiment.file.YamlValue.Entry;
import cairn.experiment.file.YamlValue.Mapping;
import cairn.experiment.file.YamlValue.Scalar;
import cairn.experiment.file.YamlValue.Sequence;

import java.util.List;
import java.util.regex.Pattern;

/**
 * Values as YAML again: one entry a line, no comments, quotes where they are needed. Equal values
 * have equal texts, and the reader reads from a text the values that it was made of.
 */
public final class YamlText {

    /** What needs no quotes: words, numbers with their units, ranges, roles and arrows. */
    private static final Pattern PLAIN =
            Pattern.compile("[A-Za-z0-9_/](?:[A-Za-z0-9_/.%+>()?,;=' -]*[A-Za-z0-9_/.%)?'])?");

    /** Words that stand for nothing unless they are quoted. */
    private static final Pattern NULL = Pattern.compile("null|Null|NULL");

    private final StringBuilder text = new StringBuilder();

    private YamlText() {}

    public static String of(Mapping root) {
        var writer = new YamlText();
        writer.entries(root, 0);
        return root.entries().isEmpty() ? "{}\n" : writer.text.toString();
    }

    private void entries(Mapping mapping, int indent) {
        for (Entry entry : mapping.entries()) {
            indent(indent);
            entry(entry, indent);
        }
    }

    private void entry(Entry entry, int indent) {
        text.append(quoted(entry.key())).append(':');
        switch (entry.value()) {
            case Scalar(_, String scalar) -> text.append(' ').append(quoted(scalar)).append('\n');
            case Sequence(_, List<YamlValue> items) when items.isEmpty() -> text.append(" []\n");
            case Mapping(_, List<Entry> entries) when entries.isEmpty() -> text.append(" {}\n");
            case Sequence sequence -> {
                text.append('\n');
                items(sequence, indent + 2);
            }
            case Mapping mapping -> {
                text.append('\n');
                entries(mapping, indent + 2);
            }
        }
    }

    private void items(Sequence sequence, int indent) {
        for (YamlValue item : sequence.items()) {
            indent(indent);
            text.append("- ");
            switch (item) {
                case Mapping mapping when !mapping.entries().isEmpty() -> {
                    entry(mapping.entries().getFirst(), indent + 2);
                    entries(
                            new Mapping(
                                    mapping.place(),
                                    mapping.entries().subList(1, mapping.entries().size())),
                            indent + 2);
                }
                case Sequence nested when !nested.items().isEmpty() -> {
                    text.append('\n');
                    items(nested, indent + 2);
                }
                case Mapping _ -> text.append("{}\n");
                case Sequence _ -> text.append("[]\n");
                case Scalar(_, String scalar) -> text.append(quoted(scalar)).append('\n');
            }
        }
    }

    private void indent(int spaces) {
        text.repeat(' ', spaces);
    }

    private static String quoted(String scalar) {
        if (PLAIN.matcher(scalar).matches() && !NULL.matcher(scalar).matches()) {
            return scalar;
        }
        var quoted = new StringBuilder("\"");
        for (int i = 0; i < scalar.length(); i++) {
            char letter = scalar.charAt(i);
            switch (letter) {
                case '"', '\\' -> quoted.append('\\').append(letter);
                case '\n' -> quoted.append("\\n");
                default -> {
                    if (letter < ' ' || letter > '~') {
                        quoted.append(Line.of("\\u%04x", (int) letter));
                    } else {
                        quoted.append(letter);
                    }
                }
            }
        }
        return quoted.append('"').toString();
    }
}
