package cairn.experiment.file;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What is written in a file, with the place where it begins. */
public sealed interface YamlValue {

    Place place();

    /** What it is, for messages: "a list". */
    String kind();

    /** A word, a number, a sentence; empty if a key stands without a value. */
    record Scalar(Place place, String text) implements YamlValue {
        @Override
        public String kind() {
            return text.isEmpty() ? "nothing" : "'" + text + "'";
        }
    }

    /** A list. */
    record Sequence(Place place, List<YamlValue> items) implements YamlValue {
        public Sequence {
            items = List.copyOf(items);
        }

        @Override
        public String kind() {
            return "a list";
        }
    }

    /** Keys with values, in the order of the file; no key occurs twice. */
    record Mapping(Place place, List<Entry> entries) implements YamlValue {
        public Mapping {
            entries = List.copyOf(entries);
        }

        @Override
        public String kind() {
            return "a mapping";
        }

        /** The entry of a key. */
        public Optional<Entry> entry(String key) {
            return entries.stream().filter(entry -> entry.key().equals(key)).findFirst();
        }

        /** The value of a key. */
        public Optional<YamlValue> get(String key) {
            return entry(key).map(Entry::value);
        }

        /**
         * The same mapping with one more entry, or with another in place of the one that has its
         * key.
         */
        public Mapping with(Entry replacement) {
            var replaced = new ArrayList<Entry>();
            boolean found = false;
            for (Entry entry : entries) {
                boolean same = entry.key().equals(replacement.key());
                replaced.add(same ? replacement : entry);
                found |= same;
            }
            if (!found) {
                replaced.add(replacement);
            }
            return new Mapping(place, replaced);
        }

        /**
         * The same mapping with another laid over it: mappings are merged key by key, all else is
         * replaced, and so is a law by another law.
         */
        public Mapping under(Mapping above) {
            Mapping merged = this;
            for (Entry entry : above.entries()) {
                YamlValue value =
                        get(entry.key()).orElse(null) instanceof Mapping below
                                        && entry.value() instanceof Mapping upper
                                        && !LawForm.areDifferent(below, upper)
                                ? below.under(upper)
                                : entry.value();
                merged = merged.with(new Entry(entry.place(), entry.key(), value));
            }
            return merged;
        }

        /** The same mapping without some keys. */
        public Mapping without(String... keys) {
            List<String> gone = List.of(keys);
            return new Mapping(
                    place, entries.stream().filter(entry -> !gone.contains(entry.key())).toList());
        }
    }

    /**
     * A key and its value.
     *
     * @param place where the key stands
     */
    record Entry(Place place, String key, YamlValue value) {}

    /** The value as a mapping, an empty one if nothing stands there; otherwise a mistake. */
    default Mapping mapping(String what) {
        return switch (this) {
            case Mapping mapping -> mapping;
            case Scalar(Place place, String text) when text.isEmpty() ->
                    new Mapping(place, List.of());
            case Scalar _, Sequence _ ->
                    throw new UserMistake(
                            place(), what + " is a mapping of keys and values, not " + kind());
        };
    }

    /** The value as text; otherwise a mistake. */
    default String text(String what) {
        return switch (this) {
            case Scalar(_, String text) when !text.isBlank() -> text.strip();
            case Scalar _, Sequence _, Mapping _ ->
                    throw new UserMistake(place(), what + " is a word or a number, not " + kind());
        };
    }

    /** The items of a list; something that is no list counts as a list of itself. */
    default List<YamlValue> items() {
        return switch (this) {
            case Sequence(_, List<YamlValue> items) -> items;
            case Scalar _, Mapping _ -> List.of(this);
        };
    }

    /** The items of a list, in which each range stands for its values. */
    default List<YamlValue> spread() {
        return items().stream()
                .flatMap(item ->
                        item instanceof Scalar(Place at, String text) && Range.isMeant(text)
                                ? Fields.at(at, "", () -> Range.read(text)).stream()
                                        .map(value -> (YamlValue) new Scalar(at, value))
                                : Stream.of(item))
                .toList();
    }

    /** The same value as if all of it stood at one place. */
    default YamlValue movedTo(Place there) {
        return switch (this) {
            case Scalar(_, String text) -> new Scalar(there, text);
            case Sequence(_, List<YamlValue> items) ->
                    new Sequence(there, items.stream().map(item -> item.movedTo(there)).toList());
            case Mapping(_, List<Entry> entries) ->
                    new Mapping(
                            there,
                            entries.stream()
                                    .map(entry ->
                                            new Entry(
                                                    there,
                                                    entry.key(),
                                                    entry.value().movedTo(there)))
                                    .toList());
        };
    }

    /** The value as the file could write it, on one line. */
    default String written() {
        return switch (this) {
            case Scalar(_, String text) -> text;
            case Sequence(_, List<YamlValue> items) ->
                    "[" + String.join(", ", items.stream().map(YamlValue::written).toList()) + "]";
            case Mapping(_, List<Entry> entries) ->
                    "{"
                            + String.join(
                                    ", ",
                                    entries.stream()
                                            .map(entry ->
                                                    entry.key() + ": " + entry.value().written())
                                            .toList())
                            + "}";
        };
    }
}
