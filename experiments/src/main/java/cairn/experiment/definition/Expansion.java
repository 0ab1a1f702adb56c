package cairn.experiment.definition;

import cairn.experiment.file.Fields;
import cairn.experiment.file.Suggestion;
import cairn.experiment.file.UserMistake;
import cairn.experiment.file.YamlValue;
import cairn.experiment.file.YamlValue.Entry;
import cairn.experiment.file.YamlValue.Mapping;
import cairn.experiment.file.YamlValue.Scalar;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedMap;

/**
 * From one file to the variants that it describes: each item of {@code variants} laid over the
 * file, times every combination of the values of {@code sweep}. Variants are made of what is
 * written, before any of it is read, so a mistake in one value of a sweep is found at that value.
 */
final class Expansion {

    /** The most variants of one experiment. */
    static final int MOST = 10_000;

    /** One variant as if it had been written in a file of its own. */
    record Written(
            String label,
            SequencedMap<String, String> settings,
            Mapping mapping,
            YamlValue named) {}

    private final List<String> sections;

    private Expansion(List<String> sections) {
        this.sections = sections;
    }

    /**
     * The variants of a file, in the order written, the last key of the sweep changing fastest.
     *
     * @param sections the keys that a variant may have
     */
    static List<Written> of(Mapping file, List<String> sections) {
        var expansion = new Expansion(sections);
        List<Written> variants = expansion.listed(file);
        for (Entry axis :
                file.get("sweep")
                        .map(sweep -> sweep.mapping("'sweep'").entries())
                        .orElse(List.of())) {
            variants = expansion.times(variants, axis);
        }
        var labels = new LinkedHashSet<String>();
        for (Written variant : variants) {
            if (!labels.add(variant.label())) {
                throw new UserMistake(
                        variant.named().place(),
                        "two variants are called '" + variant.label() + "'");
            }
        }
        return variants;
    }

    private List<Written> listed(Mapping file) {
        Mapping common = file.without("name", "question", "variants", "sweep", "seeds", "expect");
        if (file.get("variants").isEmpty()) {
            String protocol = file.get("protocol").map(YamlValue::written).orElse("variant");
            return List.of(new Written(protocol, new LinkedHashMap<>(), common, file));
        }
        YamlValue listed = file.get("variants").orElseThrow();
        if (listed.items().isEmpty()) {
            throw new UserMistake(listed.place(), "'variants' is an empty list");
        }
        return listed.items().stream()
                .map(item -> overlaid(common, item.mapping("a variant")))
                .toList();
    }

    private Written overlaid(Mapping common, Mapping item) {
        var keys = new ArrayList<>(List.of("label"));
        keys.addAll(sections);
        String label = Fields.of(item, "a variant", keys).text("label");
        var settings = new LinkedHashMap<String, String>();
        settings.put("variant", label);
        // Settings belong to a protocol: another one has none of those that stand above.
        Mapping base = item.get("protocol").isPresent() ? common.without("settings") : common;
        return new Written(label, settings, over(base, item.without("label")), item);
    }

    /** Mappings are merged key by key; all else is replaced. */
    private static Mapping over(Mapping base, Mapping above) {
        Mapping merged = base;
        for (Entry entry : above.entries()) {
            YamlValue value =
                    base.get(entry.key()).orElse(null) instanceof Mapping below
                                    && entry.value() instanceof Mapping upper
                            ? over(below, upper)
                            : entry.value();
            merged = merged.with(new Entry(entry.place(), entry.key(), value));
        }
        return merged;
    }

    private List<Written> times(List<Written> variants, Entry axis) {
        List<String> path = List.of(axis.key().split("\\.", -1));
        if (!sections.contains(path.getFirst())) {
            throw new UserMistake(
                    axis.place(),
                    "'sweep' has keys such as 'settings.persist'; unknown section '"
                            + path.getFirst()
                            + "'"
                            + Suggestion.of(path.getFirst(), sections));
        }
        List<YamlValue> values = axis.value().items();
        if (values.isEmpty() || (long) values.size() * variants.size() > MOST) {
            throw new UserMistake(
                    axis.value().place(),
                    "a sweep has one value or more for each key, and at most "
                            + MOST
                            + " combinations");
        }
        var product = new ArrayList<Written>();
        for (Written variant : variants) {
            for (YamlValue value : values) {
                var settings = new LinkedHashMap<>(variant.settings());
                settings.put(axis.key(), value.written());
                product.add(
                        new Written(
                                label(variant, path.getLast(), value),
                                settings,
                                with(variant.mapping(), path, axis, value),
                                value));
            }
        }
        return product;
    }

    /** Values that say nothing by themselves, such as "on" or "5 us", are named by their key. */
    private static String label(Written variant, String key, YamlValue value) {
        String text = value.written();
        boolean speaks =
                value instanceof Scalar
                        && text.matches("[a-zA-Z].*")
                        && !text.matches("on|off|yes|no|true|false");
        String part = speaks ? text : key + " " + text;
        boolean first = variant.settings().isEmpty();
        return first ? part : variant.label() + ", " + part;
    }

    private static Mapping with(Mapping mapping, List<String> path, Entry axis, YamlValue value) {
        String key = path.getFirst();
        if (path.size() == 1) {
            return mapping.with(new Entry(axis.place(), key, value));
        }
        YamlValue below = mapping.get(key).orElse(new Mapping(axis.place(), List.of()));
        Mapping inner =
                with(below.mapping("'" + key + "'"), path.subList(1, path.size()), axis, value);
        return mapping.with(
                new Entry(mapping.entry(key).map(Entry::place).orElse(axis.place()), key, inner));
    }
}
