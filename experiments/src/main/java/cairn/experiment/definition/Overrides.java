package cairn.experiment.definition;

import cairn.experiment.file.Place;
import cairn.experiment.file.Suggestion;
import cairn.experiment.file.UserMistake;
import cairn.experiment.file.YamlPath;
import cairn.experiment.file.YamlReader;
import cairn.experiment.file.YamlValue;
import cairn.experiment.file.YamlValue.Entry;
import cairn.experiment.file.YamlValue.Mapping;
import cairn.experiment.file.YamlValue.Sequence;

import java.util.ArrayList;
import java.util.List;

/**
 * Values from the command line, {@code faults.crash.every=6 h}. One takes the place of what the
 * file says at that path, in what all variants share and in each variant that has its own; where
 * the sweep runs through that path, it takes the place of the swept values.
 */
final class Overrides {

    private final List<String> keys;
    private final List<String> overrides;

    Overrides(List<String> keys, List<String> overrides) {
        this.keys = keys;
        this.overrides = overrides;
    }

    Mapping over(Mapping file) {
        Mapping overlaid = file;
        for (String override : overrides) {
            overlaid = over(overlaid, override);
        }
        return overlaid;
    }

    private Mapping over(Mapping file, String override) {
        Place place = Place.outside("--set " + override);
        int equals = override.indexOf('=');
        if (equals < 1) {
            throw new UserMistake(
                    place, "give a path and a value, such as '--set settings.persist=two-sided'");
        }
        YamlPath path = YamlPath.of(place, override.substring(0, equals));
        if (!keys.contains(path.section())) {
            throw new UserMistake(
                    place,
                    "unknown key '" + path.section() + "'" + Suggestion.of(path.section(), keys));
        }
        YamlValue value = value(place, override.substring(equals + 1));
        if (Sweep.isOfSwept(path.keys())) {
            // Keys of a sweep are paths themselves.
            String swept = String.join(".", path.keys().subList(1, path.keys().size()));
            return new YamlPath(place, List.of(path.section(), swept)).put(file, value);
        }
        if (path.keys().size() == 1) {
            value = Longhand.entry(new Entry(place, path.section(), value)).value();
        }
        Mapping sweep = file.get(Sweep.SWEEP).orElse(null) instanceof Mapping found ? found : null;
        if (sweep != null && Sweep.keysOf(sweep).contains(path.toString())) {
            return file.with(
                    new Entry(
                            file.entry(Sweep.SWEEP).orElseThrow().place(),
                            Sweep.SWEEP,
                            swept(sweep, path, value)));
        }
        return inVariants(path.put(file, value), path, value);
    }

    private static YamlValue value(Place place, String text) {
        if (text.isBlank()) {
            throw new UserMistake(place, "a value is missing after '='");
        }
        try {
            return YamlReader.read(place.file(), text).movedTo(place);
        } catch (UserMistake mistake) {
            throw new UserMistake(
                    place,
                    String.valueOf(mistake.getMessage())
                            .substring(place.file().length())
                            .replaceFirst("^:\\d+:\\d+: ", ""));
        }
    }

    private static Mapping swept(Mapping sweep, YamlPath path, YamlValue value) {
        Mapping replaced = sweep;
        for (Entry entry : sweep.entries()) {
            if (entry.key().equals(path.toString())) {
                replaced = replaced.with(new Entry(path.place(), entry.key(), value));
            } else if (entry.key().equals(Sweep.ZIP)) {
                replaced = replaced.with(zipped(entry, path, value));
            }
        }
        return replaced;
    }

    private static Entry zipped(Entry zip, YamlPath path, YamlValue value) {
        List<YamlValue> items =
                zip.value().items().stream()
                        .map(item ->
                                item instanceof Mapping mapping
                                        ? (YamlValue) swept(mapping, path, value)
                                        : item)
                        .toList();
        return new Entry(zip.place(), zip.key(), new Sequence(zip.value().place(), items));
    }

    private static Mapping inVariants(Mapping file, YamlPath path, YamlValue value) {
        if (!(file.get("variants").orElse(null) instanceof Sequence(Place place, var items))) {
            return file;
        }
        var overlaid = new ArrayList<YamlValue>();
        for (YamlValue item : items) {
            boolean own =
                    item instanceof Mapping mapping && mapping.get(path.section()).isPresent();
            overlaid.add(own ? path.put((Mapping) item, value) : item);
        }
        return file.with(
                new Entry(
                        file.entry("variants").orElseThrow().place(),
                        "variants",
                        new Sequence(place, overlaid)));
    }
}
