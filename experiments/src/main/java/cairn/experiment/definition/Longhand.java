package cairn.experiment.definition;

import cairn.experiment.file.Place;
import cairn.experiment.file.YamlValue;
import cairn.experiment.file.YamlValue.Entry;
import cairn.experiment.file.YamlValue.Mapping;
import cairn.experiment.file.YamlValue.Scalar;

import java.util.List;

/**
 * Sections that may be written as one word, written out: {@code environment: NAME} is {@code
 * environment: {model: NAME}}, {@code application: NAME} is {@code application: {NAME: {}}}. So
 * what is laid over them, or set below them, changes a part and does not replace the whole.
 */
final class Longhand {

    private Longhand() {}

    static Mapping of(Mapping file) {
        Mapping longhand = sections(file);
        YamlValue variants = file.get("variants").orElse(null);
        if (variants instanceof YamlValue.Sequence(Place place, List<YamlValue> items)) {
            List<YamlValue> written =
                    items.stream()
                            .map(item -> item instanceof Mapping mapping ? sections(mapping) : item)
                            .toList();
            longhand =
                    longhand.with(
                            new Entry(place, "variants", new YamlValue.Sequence(place, written)));
        }
        return longhand;
    }

    private static Mapping sections(Mapping mapping) {
        Mapping longhand = mapping;
        for (Entry entry : mapping.entries()) {
            longhand = longhand.with(entry(entry));
        }
        return longhand;
    }

    /** One section. */
    static Entry entry(Entry entry) {
        if (!(entry.value() instanceof Scalar(Place place, String word)) || word.isBlank()) {
            return entry;
        }
        return switch (entry.key()) {
            case "environment" -> over(entry, place, "model", entry.value());
            case "application" -> over(entry, place, word, new Mapping(place, List.of()));
            default -> entry;
        };
    }

    private static Entry over(Entry entry, Place place, String key, YamlValue value) {
        return new Entry(
                entry.place(),
                entry.key(),
                new Mapping(place, List.of(new Entry(place, key, value))));
    }
}
