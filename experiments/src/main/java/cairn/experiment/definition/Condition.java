package cairn.experiment.definition;

import cairn.experiment.file.Suggestion;
import cairn.experiment.file.UserMistake;
import cairn.experiment.file.YamlValue;
import cairn.experiment.file.YamlValue.Entry;
import cairn.experiment.file.YamlValue.Mapping;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/**
 * Which variants something is said of.
 *
 * @param allowed for each key the values of which a variant must have one, words or comparisons
 *     such as {@code below 5 us}; empty for all variants
 */
public record Condition(SequencedMap<String, List<String>> allowed) {

    /** Of every variant. */
    public static final Condition ALWAYS = new Condition(new LinkedHashMap<>());

    public Condition {
        allowed = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(allowed));
    }

    public boolean fits(Variant variant) {
        return allowed.entrySet().stream()
                .allMatch(entry ->
                        entry.getValue().stream()
                                .anyMatch(text ->
                                        Bound.read(text).admits(value(variant, entry.getKey()))));
    }

    /**
     * Reads {@code when}; a key that no variant has, and a value that no variant has, are mistakes.
     */
    public static Condition read(Mapping mapping, List<Variant> variants) {
        var allowed = new LinkedHashMap<String, List<String>>();
        for (Entry entry : mapping.entries()) {
            var known = new LinkedHashSet<String>();
            variants.forEach(variant -> known.addAll(variant.settings().sequencedKeySet()));
            if (!known.contains(entry.key())) {
                throw new UserMistake(
                        entry.place(),
                        "the variants do not differ in '"
                                + entry.key()
                                + "'"
                                + Suggestion.of(entry.key(), known));
            }
            allowed.put(entry.key(), values(entry, variants));
        }
        return new Condition(allowed);
    }

    private static List<String> values(Entry entry, List<Variant> variants) {
        List<String> known =
                variants.stream().map(variant -> value(variant, entry.key())).distinct().toList();
        List<YamlValue> values = entry.value().spread();
        for (YamlValue value : values) {
            Bound bound = Bound.read(value.written());
            boolean isKnown =
                    bound.isComparison()
                            ? known.stream().anyMatch(bound::suits)
                            : known.contains(value.written());
            if (!isKnown) {
                throw new UserMistake(
                        value.place(),
                        "no variant has '"
                                + entry.key()
                                + "' "
                                + value.kind()
                                + Suggestion.of(value.written(), known));
            }
        }
        return values.stream().map(YamlValue::written).toList();
    }

    private static String value(Variant variant, String key) {
        return ((Map<String, String>) variant.settings()).getOrDefault(key, "");
    }

    /** The condition as the end of a sentence; empty for all variants. */
    @Override
    public String toString() {
        if (allowed.isEmpty()) {
            return "";
        }
        return " when "
                + String.join(
                        ", ",
                        allowed.entrySet().stream()
                                .map(entry ->
                                        entry.getKey()
                                                + " is "
                                                + String.join(" or ", entry.getValue()))
                                .toList());
    }
}
