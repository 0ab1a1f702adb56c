package cairn.experiment.file;

import cairn.experiment.file.YamlValue.Entry;
import cairn.experiment.file.YamlValue.Mapping;

import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A mapping of which all keys are known, and ways to read their values; every mistake names its
 * place.
 */
public final class Fields {

    private final Mapping mapping;
    private final String what;

    private Fields(Mapping mapping, String what) {
        this.mapping = mapping;
        this.what = what;
    }

    /**
     * The fields of a mapping that may have these keys and no others; {@code what} it is: "a
     * fault".
     */
    public static Fields of(Mapping mapping, String what, List<String> keys) {
        for (Entry entry : mapping.entries()) {
            if (!keys.contains(entry.key())) {
                throw new UserMistake(
                        entry.place(),
                        "unknown key '" + entry.key() + "'" + Suggestion.of(entry.key(), keys));
            }
        }
        return new Fields(mapping, what);
    }

    public Place place() {
        return mapping.place();
    }

    public List<Entry> entries() {
        return mapping.entries();
    }

    public boolean has(String key) {
        return mapping.get(key).isPresent();
    }

    public Optional<YamlValue> find(String key) {
        return mapping.get(key);
    }

    /** The value of a key that must be there. */
    public YamlValue need(String key) {
        return find(key).orElseThrow(() -> new UserMistake(place(), what + " needs '" + key + "'"));
    }

    public String text(String key) {
        return need(key).text("'" + key + "'");
    }

    public String text(String key, String otherwise) {
        return has(key) ? text(key) : otherwise;
    }

    /** An amount in whole base units. */
    public long whole(String key, Dimension dimension, long otherwise) {
        return has(key) ? whole(need(key), key, dimension) : otherwise;
    }

    /** An amount that must be there, in whole base units. */
    public long whole(String key, Dimension dimension) {
        return whole(need(key), key, dimension);
    }

    /** An amount in base units. */
    public BigDecimal amount(String key, Dimension dimension) {
        YamlValue value = need(key);
        return at(
                value.place(),
                "'" + key + "': ",
                () -> dimension.read(value.text("'" + key + "'")));
    }

    /** A value as an amount in whole base units. */
    public static long whole(YamlValue value, String key, Dimension dimension) {
        return at(
                value.place(),
                "'" + key + "': ",
                () -> dimension.readWhole(value.text("'" + key + "'")));
    }

    /** Reads a switch: on or off. */
    public static boolean isOn(YamlValue value, String key) {
        String text = value.text("'" + key + "'");
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "on", "yes", "true" -> true;
            case "off", "no", "false" -> false;
            default ->
                    throw new UserMistake(
                            value.place(), "'" + key + "' is on or off, not '" + text + "'");
        };
    }

    /** Reads one of some words. */
    public static String oneOf(YamlValue value, String what, List<String> words) {
        String text = value.text(what);
        if (!words.contains(text)) {
            throw new UserMistake(
                    value.place(),
                    "unknown " + what + " '" + text + "'" + Suggestion.of(text, words));
        }
        return text;
    }

    /** Reads one of some things, each of which has a word. */
    public static <T> T oneOf(
            YamlValue value, String what, List<T> things, Function<T, String> word) {
        String text = oneOf(value, what, things.stream().map(word).toList());
        return things.stream()
                .filter(thing -> word.apply(thing).equals(text))
                .findFirst()
                .orElseThrow();
    }

    /** What a constructor or parser makes; what it refuses becomes a mistake at a place. */
    public static <T> T at(Place place, String introduction, Supplier<T> made) {
        try {
            return made.get();
        } catch (IllegalArgumentException e) {
            throw new UserMistake(place, introduction + e.getMessage());
        }
    }
}
