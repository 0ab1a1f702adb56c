package cairn.experiment.definition;

import cairn.experiment.file.Fields;
import cairn.experiment.file.UserMistake;
import cairn.experiment.file.YamlPath;
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
 * file, times the points of {@code sweep}. Variants are made of what is written, before any of it
 * is read, so a mistake in one value of a sweep is found at that value.
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
        List<Written> listed = expansion.listed(file);
        List<Written> variants =
                file.get("sweep").map(sweep -> expansion.swept(listed, sweep)).orElse(listed);
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
        Mapping common = file.without(ExperimentReader.OWN.toArray(String[]::new));
        if (file.get("variants").isEmpty()) {
            String name =
                    file.get("protocol")
                            .or(() -> file.get(ModelReader.MODEL))
                            .map(YamlValue::written)
                            .orElse("variant");
            return List.of(new Written(name, new LinkedHashMap<>(), common, file));
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
        return new Written(label, settings, base.under(item.without("label")), item);
    }

    private List<Written> swept(List<Written> listed, YamlValue written) {
        Sweep sweep = Sweep.read(written, sections);
        if (sweep.size() * listed.size() > MOST) {
            throw new UserMistake(
                    written.place(),
                    "a sweep has at most "
                            + MOST
                            + " combinations, not "
                            + sweep.size() * listed.size());
        }
        List<Sweep.Place> places = sweep.places();
        var product = new ArrayList<Written>();
        for (Written variant : listed) {
            for (Sweep.Place place : places) {
                Written there = at(variant, place);
                if (sweep.keeps(there.settings())) {
                    product.add(there);
                }
            }
        }
        if (product.isEmpty()) {
            throw new UserMistake(written.place(), "no combination of the sweep is left");
        }
        return product;
    }

    private static Written at(Written variant, Sweep.Place place) {
        Written there = variant;
        for (Sweep.Value value : place.values()) {
            YamlPath path = value.path();
            Entry longhand =
                    path.keys().size() == 1
                            ? Longhand.entry(new Entry(path.place(), path.section(), value.value()))
                            : new Entry(path.place(), path.section(), value.value());
            var settings = new LinkedHashMap<>(there.settings());
            settings.put(path.toString(), value.value().written());
            there =
                    new Written(
                            label(there, path.keys().getLast(), value.value()),
                            settings,
                            path.put(there.mapping(), longhand.value()),
                            value.value());
        }
        return there;
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
}
