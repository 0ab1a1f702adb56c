package cairn.experiment.definition;

import cairn.experiment.file.Suggestion;
import cairn.experiment.file.UserMistake;
import cairn.experiment.file.YamlPath;
import cairn.experiment.file.YamlValue;
import cairn.experiment.file.YamlValue.Entry;
import cairn.experiment.file.YamlValue.Mapping;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

/**
 * The places in the space of settings at which an experiment looks: the product of its axes, those
 * of a {@code zip} going together, as far as {@code only} and {@code except} let it.
 */
final class Sweep {

    static final String SWEEP = "sweep";
    static final String ZIP = "zip";
    static final String ONLY = "only";
    static final String EXCEPT = "except";

    /** A key of the file and what stands there. */
    record Value(YamlPath path, YamlValue value) {}

    /** One value for each swept key. */
    record Place(List<Value> values) {}

    private record Test(String key, List<Bound> bounds) {
        boolean admits(Map<String, String> settings) {
            String value = settings.getOrDefault(key, "");
            return bounds.stream().anyMatch(bound -> bound.admits(value));
        }
    }

    private final List<String> sections;
    private final List<List<Place>> axes = new ArrayList<>();
    private final List<List<Test>> only = new ArrayList<>();
    private final List<List<Test>> except = new ArrayList<>();
    private final LinkedHashSet<String> keys = new LinkedHashSet<>();

    private Sweep(List<String> sections) {
        this.sections = sections;
    }

    static Sweep read(YamlValue written, List<String> sections) {
        var sweep = new Sweep(sections);
        Mapping mapping = written.mapping("'sweep'");
        keysOf(mapping).forEach(sweep.keys::add);
        // What a listed variant is called can be tested too.
        sweep.keys.add("variant");
        for (Entry entry : mapping.entries()) {
            switch (entry.key()) {
                case ZIP -> entry.value().items().forEach(sweep::zip);
                case ONLY, EXCEPT -> {}
                default -> sweep.axes.add(sweep.axis(entry));
            }
        }
        mapping.entry(ONLY).ifPresent(entry -> sweep.tests(entry, sweep.only));
        mapping.entry(EXCEPT).ifPresent(entry -> sweep.tests(entry, sweep.except));
        return sweep;
    }

    /** Whether a path into a file is that of a key whose values are swept. */
    static boolean isOfSwept(List<String> path) {
        return path.size() > 1
                && path.getFirst().equals(SWEEP)
                && !List.of(ZIP, ONLY, EXCEPT).contains(path.get(1));
    }

    /** The keys that a sweep sweeps, those of its zips too. */
    static List<String> keysOf(Mapping sweep) {
        var keys = new ArrayList<String>();
        for (Entry entry : sweep.entries()) {
            switch (entry.key()) {
                case ZIP ->
                        entry.value().items().stream()
                                .filter(Mapping.class::isInstance)
                                .map(Mapping.class::cast)
                                .forEach(zip -> keys.addAll(keysOf(zip)));
                case ONLY, EXCEPT -> {}
                default -> keys.add(entry.key());
            }
        }
        return keys;
    }

    private List<Place> axis(Entry entry) {
        YamlPath path = YamlPath.of(entry.place(), entry.key());
        if (!sections.contains(path.section())) {
            var known = new ArrayList<>(sections);
            known.addAll(List.of(ZIP, ONLY, EXCEPT));
            throw new UserMistake(
                    entry.place(),
                    "'sweep' has keys such as 'settings.persist'; unknown section '"
                            + path.section()
                            + "'"
                            + Suggestion.of(path.section(), known));
        }
        List<YamlValue> values = entry.value().spread();
        if (values.isEmpty()) {
            throw new UserMistake(
                    entry.value().place(), "a sweep has one value or more for each key");
        }
        return values.stream().map(value -> new Place(List.of(new Value(path, value)))).toList();
    }

    private void zip(YamlValue written) {
        Mapping mapping = written.mapping("'zip'");
        List<List<Place>> together = new ArrayList<>();
        for (Entry entry : mapping.entries()) {
            List<Place> axis = axis(entry);
            if (!together.isEmpty() && axis.size() != together.getFirst().size()) {
                throw new UserMistake(
                        entry.value().place(),
                        "the lists of a zip are as long as each other: '"
                                + entry.key()
                                + "' has "
                                + axis.size()
                                + ", the first has "
                                + together.getFirst().size());
            }
            together.add(axis);
        }
        if (together.isEmpty()) {
            throw new UserMistake(mapping.place(), "a zip has one key or more");
        }
        var joined = new ArrayList<Place>();
        for (int i = 0; i < together.getFirst().size(); i++) {
            int place = i;
            joined.add(
                    new Place(
                            together.stream()
                                    .flatMap(axis -> axis.get(place).values().stream())
                                    .toList()));
        }
        axes.add(joined);
    }

    private void tests(Entry entry, List<List<Test>> into) {
        for (YamlValue item : entry.value().items()) {
            Mapping mapping = item.mapping("'" + entry.key() + "'");
            into.add(mapping.entries().stream().map(this::test).toList());
        }
    }

    private Test test(Entry entry) {
        if (!keys.contains(entry.key())) {
            throw new UserMistake(
                    entry.place(),
                    "'" + entry.key() + "' is not swept" + Suggestion.of(entry.key(), keys));
        }
        List<Bound> bounds = new ArrayList<>();
        for (YamlValue value : entry.value().spread()) {
            bounds.add(Bound.read(value.written()));
        }
        for (int i = 0; i < bounds.size(); i++) {
            refuseVain(entry, entry.value().spread().get(i), bounds.get(i));
        }
        return new Test(entry.key(), bounds);
    }

    /** A word that no place has, or a comparison that suits none, is a mistake. */
    private void refuseVain(Entry entry, YamlValue written, Bound bound) {
        List<String> known =
                places().stream()
                        .flatMap(place -> place.values().stream())
                        .filter(value -> value.path().toString().equals(entry.key()))
                        .map(value -> value.value().written())
                        .distinct()
                        .toList();
        boolean vain =
                bound.isComparison()
                        ? known.stream().noneMatch(bound::suits)
                        : known.stream().noneMatch(bound::admits);
        if (vain && !known.isEmpty()) {
            throw new UserMistake(
                    written.place(),
                    "no '"
                            + entry.key()
                            + "' is "
                            + written.kind()
                            + Suggestion.of(written.written(), known));
        }
    }

    /** How many combinations there are, before any is left out. */
    long size() {
        long size = 1;
        for (List<Place> axis : axes) {
            size = Math.min(Integer.MAX_VALUE, size * axis.size());
        }
        return size;
    }

    /** The product of the axes, the last one changing fastest. */
    List<Place> places() {
        List<Place> places = List.of(new Place(List.of()));
        if (size() > Expansion.MOST) {
            return places;
        }
        for (List<Place> axis : axes) {
            var product = new ArrayList<Place>();
            for (Place place : places) {
                for (Place next : axis) {
                    var values = new ArrayList<>(place.values());
                    values.addAll(next.values());
                    product.add(new Place(values));
                }
            }
            places = product;
        }
        return places;
    }

    /** Whether a combination is looked at. */
    boolean keeps(Map<String, String> settings) {
        return (only.isEmpty() || only.stream().anyMatch(tests -> all(tests, settings)))
                && except.stream().noneMatch(tests -> all(tests, settings));
    }

    private static boolean all(List<Test> tests, Map<String, String> settings) {
        return tests.stream().allMatch(test -> test.admits(settings));
    }
}
