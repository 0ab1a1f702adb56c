package cairn.experiment.file;

import cairn.experiment.file.YamlValue.Entry;
import cairn.experiment.file.YamlValue.Mapping;
import cairn.experiment.file.YamlValue.Scalar;
import cairn.experiment.file.YamlValue.Sequence;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads YAML to values that know their places. Only what an experiment needs is allowed: one
 * document of mappings, lists and scalars, each key once; no anchors and no aliases.
 */
public final class YamlReader {

    private static final Pattern MARK = Pattern.compile("line ([0-9]{1,9}), column ([0-9]{1,9})");

    private final String file;
    private final List<String> lines;
    private final YAMLParser parser;

    private YamlReader(String file, String text, YAMLParser parser) {
        this.file = file;
        this.lines = text.lines().toList();
        this.parser = parser;
    }

    /**
     * The document in a text; throws {@link UserMistake} with the place of what is wrong with it.
     */
    public static YamlValue read(String file, String text) {
        try (YAMLParser parser = new YAMLFactory().createParser(text)) {
            return new YamlReader(file, text, parser).document();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private YamlValue document() {
        JsonToken first = next();
        if (first == null) {
            throw new UserMistake(new Place(file, 1, 1), "the file is empty");
        }
        YamlValue value = value(first);
        if (next() != null) {
            throw new UserMistake(place(), "a second document begins; a file holds one experiment");
        }
        return value;
    }

    private YamlValue value(JsonToken token) {
        Place place = place();
        refuseAnchor(place);
        return switch (token) {
            case START_OBJECT -> mapping(place);
            case START_ARRAY -> sequence(place);
            case VALUE_NULL -> new Scalar(place, "");
            case VALUE_STRING,
                    VALUE_NUMBER_INT,
                    VALUE_NUMBER_FLOAT,
                    VALUE_TRUE,
                    VALUE_FALSE,
                    VALUE_EMBEDDED_OBJECT ->
                    new Scalar(place, text());
            case END_OBJECT, END_ARRAY, FIELD_NAME, NOT_AVAILABLE ->
                    throw new UserMistake(place, "a value is missing here");
        };
    }

    private Mapping mapping(Place place) {
        var entries = new ArrayList<Entry>();
        var seen = new TreeMap<String, Place>();
        for (JsonToken token = needed(); token != JsonToken.END_OBJECT; token = needed()) {
            Place at = place();
            refuseAnchor(at);
            String key = text().strip();
            Place earlier = seen.put(key, at);
            if (earlier != null) {
                throw new UserMistake(
                        at, "'" + key + "' stands twice; first in line " + earlier.line());
            }
            entries.add(new Entry(at, key, value(needed())));
        }
        return new Mapping(place, entries);
    }

    private Sequence sequence(Place place) {
        var items = new ArrayList<YamlValue>();
        for (JsonToken token = needed(); token != JsonToken.END_ARRAY; token = needed()) {
            items.add(value(token));
        }
        return new Sequence(place, items);
    }

    private void refuseAnchor(Place place) {
        if (parser.isCurrentAlias()) {
            throw new UserMistake(place, "aliases are not read here; write the value itself");
        }
        // The parser keeps the anchors of mappings and lists alone, but begins each token with its.
        if (at(place) == '&') {
            throw new UserMistake(place, "anchors are not read here; leave it away");
        }
    }

    private int at(Place place) {
        String line = place.line() <= lines.size() ? lines.get(place.line() - 1) : "";
        return line.codePoints().skip(place.column() - 1L).findFirst().orElse(0);
    }

    private JsonToken needed() {
        JsonToken token = next();
        if (token == null) {
            throw new UserMistake(place(), "the file ends too early");
        }
        return token;
    }

    private @Nullable JsonToken next() {
        try {
            return parser.nextToken();
        } catch (JsonProcessingException e) {
            throw notYaml(e.getLocation() == null ? null : e.getLocation(), e.getOriginalMessage());
        } catch (IOException | RuntimeException e) {
            // The scanner below the parser refuses some texts by exceptions of its own.
            throw notYaml(null, String.valueOf(e.getMessage()));
        }
    }

    /**
     * The scanner says what it was doing, where that began, what is wrong, and where: the last
     * counts.
     */
    private UserMistake notYaml(@Nullable JsonLocation at, String message) {
        Place place = at == null || at.getLineNr() < 1 ? place() : place(at);
        Matcher mark = MARK.matcher(message);
        while (mark.find()) {
            place =
                    new Place(
                            file, Integer.parseInt(mark.group(1)), Integer.parseInt(mark.group(2)));
        }
        String problem =
                message.lines()
                        .filter(line -> !line.isBlank() && !line.startsWith(" "))
                        .reduce("", (_, last) -> last);
        return new UserMistake(place, "this is not YAML: " + problem + mend(problem));
    }

    private static String mend(String problem) {
        if (problem.contains("(TAB)")) {
            return "; indent with spaces";
        }
        if (problem.contains("expected ':'")) {
            return "; is one missing here or in a line above?";
        }
        if (problem.contains("mapping values")) {
            return "; is it indented too far, or a ':' missing above?";
        }
        return problem.contains("<block end>")
                ? "; is it indented like the lines above that belong with it?"
                : "";
    }

    private String text() {
        try {
            String text = parser.getText();
            return text == null ? "" : text;
        } catch (IOException e) {
            throw notYaml(null, String.valueOf(e.getMessage()));
        }
    }

    private Place place() {
        return place(parser.currentTokenLocation());
    }

    private Place place(JsonLocation location) {
        return new Place(
                file, Math.max(1, location.getLineNr()), Math.max(1, location.getColumnNr()));
    }
}
