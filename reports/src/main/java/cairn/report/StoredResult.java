package cairn.report;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;

/**
 * What {@code results.json} keeps of a result, as far as two results are held against each other.
 *
 * @param variants by their labels
 */
public record StoredResult(
        String name,
        String question,
        String finding,
        String version,
        String command,
        SequencedMap<String, Variant> variants) {

    /**
     * One variant.
     *
     * @param verdict in the words of its report
     * @param figures of each measure that some trial has
     */
    public record Variant(String verdict, SequencedMap<Measure, Figures> figures) {}

    /**
     * Reads the result that a report wrote into a folder.
     *
     * @throws IOException if there is no such file
     * @throws IllegalArgumentException if it is no result of this format
     */
    public static StoredResult read(Path folder) throws IOException {
        try (JsonParser json =
                new JsonFactory()
                        .createParser(Files.newBufferedReader(folder.resolve("results.json")))) {
            var variants = new LinkedHashMap<String, Variant>();
            Map<?, ?> result = result(json, variants);
            if (!Json.FORMAT.equals(result.get("format"))) {
                throw new IllegalArgumentException("it is not of the format " + Json.FORMAT);
            }
            return new StoredResult(
                    text(result, "name"),
                    text(result, "question"),
                    text(result, "finding"),
                    text(result, "version"),
                    text(result, "command"),
                    variants);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("it is cut short or no JSON", e);
        }
    }

    /** The fields of the result but its variants, which are taken in one by one. */
    private static Map<?, ?> result(JsonParser json, Map<String, Variant> variants)
            throws IOException {
        var fields = new LinkedHashMap<String, @Nullable Object>();
        if (json.nextToken() != JsonToken.START_OBJECT) {
            return fields;
        }
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String field = json.currentName();
            boolean opens = json.nextToken() == JsonToken.START_ARRAY;
            if (field.equals("variants") && opens) {
                while (json.nextToken() == JsonToken.START_OBJECT) {
                    variant(json, variants);
                }
            } else {
                fields.put(field, tree(json));
            }
        }
        return fields;
    }

    /** Takes in a variant, whose trials are many, and forgets each trial but its figures. */
    private static void variant(JsonParser json, Map<String, Variant> variants) throws IOException {
        var fields = new LinkedHashMap<String, @Nullable Object>();
        var figures = new LinkedHashMap<Measure, Figures>();
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String field = json.currentName();
            boolean opens = json.nextToken() == JsonToken.START_ARRAY;
            if (field.equals("trials") && opens) {
                while (json.nextToken() == JsonToken.START_OBJECT) {
                    if (tree(json) instanceof Map<?, ?> trial) {
                        add(trial, figures);
                    }
                }
            } else {
                fields.put(field, tree(json));
            }
        }
        // What an earlier version wrote has the finding alone.
        String verdict = text(fields, fields.containsKey("verdict") ? "verdict" : "finding");
        variants.put(text(fields, "label"), new Variant(verdict, figures));
    }

    private static void add(Map<?, ?> trial, Map<Measure, Figures> figures) {
        if (trial.get("seed") instanceof Number seed
                && trial.get("measures") instanceof Map<?, ?> measures) {
            for (Measure measure : Measure.values()) {
                if (measures.get(measure.column()) instanceof Number figure) {
                    figures.computeIfAbsent(measure, _ -> new Figures())
                            .add(seed.longValue(), figure.doubleValue());
                }
            }
        }
    }

    private static String text(Map<?, ?> object, String field) {
        if (object.get(field) instanceof String text) {
            return text;
        }
        throw new IllegalArgumentException("it has no text '" + field + "'");
    }

    /** Objects as maps, arrays as lists, and the rest as what it is. */
    private static @Nullable Object tree(JsonParser json) throws IOException {
        return switch (json.currentToken()) {
            case START_OBJECT -> {
                var map = new LinkedHashMap<String, @Nullable Object>();
                while (json.nextToken() == JsonToken.FIELD_NAME) {
                    String field = json.currentName();
                    json.nextToken();
                    map.put(field, tree(json));
                }
                yield map;
            }
            case START_ARRAY -> {
                var list = new ArrayList<@Nullable Object>();
                while (json.nextToken() != JsonToken.END_ARRAY) {
                    list.add(tree(json));
                }
                yield list;
            }
            case VALUE_STRING -> json.getText();
            case VALUE_NUMBER_INT -> json.getLongValue();
            case VALUE_NUMBER_FLOAT -> json.getDoubleValue();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case null, default -> null;
        };
    }
}
