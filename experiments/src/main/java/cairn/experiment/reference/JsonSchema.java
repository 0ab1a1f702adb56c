package cairn.experiment.reference;

import cairn.experiment.file.Dimension;
import cairn.experiment.file.Form;
import cairn.experiment.file.Key;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The keys of an experiment file as a JSON Schema (draft 2020-12), with which editors complete,
 * explain and check. It allows whatever the reader allows, and cannot say all that the reader
 * refuses: what a protocol thinks of its settings, say.
 */
public final class JsonSchema {

    private static final String NUMBER =
            "[-+]?[0-9][0-9_]*(\\.[0-9][0-9_]*)?([eE][-+]?[0-9]{1,3})?";

    private final JsonGenerator json;

    private JsonSchema(JsonGenerator json) {
        this.json = json;
    }

    /** The schema of a file with these keys. */
    public static String of(List<Key> keys) {
        var out = new StringWriter();
        try (JsonGenerator generator = new JsonFactory().createGenerator(out)) {
            var indenter = new DefaultIndenter("  ", "\n");
            generator.setPrettyPrinter(
                    new DefaultPrettyPrinter(
                                    Separators.createDefaultInstance()
                                            .withObjectFieldValueSpacing(Separators.Spacing.AFTER))
                            .withObjectIndenter(indenter));
            new JsonSchema(generator).root(keys);
        } catch (IOException cannotHappen) {
            throw new UncheckedIOException(cannotHappen);
        }
        return out.append('\n').toString();
    }

    private void root(List<Key> keys) throws IOException {
        json.writeStartObject();
        json.writeStringField("$schema", "https://json-schema.org/draft/2020-12/schema");
        json.writeStringField("title", "A Cairn experiment");
        json.writeStringField("type", "object");
        properties(keys);
        json.writeFieldName("allOf");
        json.writeStartArray();
        for (Key key : keys) {
            if (key.form() instanceof Form.Depends(List<Form.Case> cases)) {
                for (Form.Case each : cases) {
                    when(each.on(), each.word(), key.name(), each.section());
                }
            }
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    /** Editors that know the protocol know its settings. */
    private void when(String on, String word, String key, Form.Section section) throws IOException {
        json.writeStartObject();
        json.writeObjectFieldStart("if");
        json.writeObjectFieldStart("properties");
        json.writeObjectFieldStart(on);
        json.writeStringField("const", word);
        json.writeEndObject();
        json.writeEndObject();
        json.writeArrayFieldStart("required");
        json.writeString(on);
        json.writeEndArray();
        json.writeEndObject();
        json.writeObjectFieldStart("then");
        json.writeObjectFieldStart("properties");
        json.writeFieldName(key);
        json.writeStartObject();
        form(section);
        json.writeEndObject();
        json.writeEndObject();
        json.writeEndObject();
        json.writeEndObject();
    }

    private void properties(List<Key> keys) throws IOException {
        json.writeObjectFieldStart("properties");
        for (Key key : keys) {
            json.writeObjectFieldStart(key.name());
            json.writeStringField("description", description(key));
            form(key.form());
            json.writeEndObject();
        }
        json.writeEndObject();
        json.writeBooleanField("additionalProperties", false);
    }

    private static String description(Key key) {
        return key.otherwise().isEmpty()
                ? key.remark()
                : key.remark()
                        + (key.remark().isEmpty() ? "" : "; ")
                        + "default: "
                        + key.otherwise();
    }

    private void form(Form form) throws IOException {
        switch (form) {
            case Form.Amount(Dimension dimension) -> amount(dimension);
            case Form.Word(List<String> choices) -> words(choices);
            // YAML 1.1 reads "on" as true, YAML 1.2 as a word.
            case Form.Switch _ -> words(List.of("on", "off", "yes", "no", "true", "false"));
            case Form.Text(String _, String pattern) -> text(pattern);
            case Form.Law _ -> law();
            case Form.Section(List<Key> keys) -> {
                // Nothing behind a key is an empty mapping.
                types(List.of("object", "null"));
                properties(keys);
            }
            case Form.One(List<Key> keys) -> {
                json.writeStringField("type", "object");
                json.writeNumberField("minProperties", 1);
                json.writeNumberField("maxProperties", 1);
                properties(keys);
            }
            case Form.Depends _ -> types(List.of("object", "null"));
            case Form.Paths paths -> paths(paths);
            case Form.Several(Form each) -> any(List.of(() -> form(each), () -> list(each)));
            case Form.Either(List<Form> forms) ->
                    any(forms.stream().map(each -> (Part) () -> form(each)).toList());
            case Form.Anything _ -> {}
        }
    }

    private interface Part {
        void write() throws IOException;
    }

    private void any(List<Part> parts) throws IOException {
        json.writeArrayFieldStart("anyOf");
        for (Part part : parts) {
            json.writeStartObject();
            part.write();
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private void list(Form each) throws IOException {
        json.writeStringField("type", "array");
        json.writeObjectFieldStart("items");
        form(each);
        json.writeEndObject();
    }

    /** Unquoted, a number without a unit is a number to an editor. */
    private void amount(Dimension dimension) throws IOException {
        String units =
                String.join("|", dimension.units().stream().map(Pattern::quote).toList())
                        .replace("\\Q", "")
                        .replace("\\E", "");
        String micro = dimension == Dimension.DURATION ? units.replace("us", "us|µs|μs") : units;
        boolean bare = dimension.units().contains("");
        types(bare ? List.of("string", "number") : List.of("string"));
        json.writeStringField("pattern", "^ *" + NUMBER + " *(" + micro + ") *$");
    }

    private void words(List<String> choices) throws IOException {
        json.writeArrayFieldStart("enum");
        for (String choice : choices) {
            json.writeString(choice);
        }
        if (choices.contains("on")) {
            json.writeBoolean(true);
            json.writeBoolean(false);
        }
        json.writeEndArray();
    }

    private void text(String pattern) throws IOException {
        types(List.of("string", "number"));
        json.writeStringField("pattern", "^(" + pattern + ")$");
    }

    private void types(List<String> types) throws IOException {
        json.writeArrayFieldStart("type");
        for (String type : types) {
            json.writeString(type);
        }
        json.writeEndArray();
    }

    private void law() throws IOException {
        var amount = new Form.Amount(Dimension.DURATION);
        List<Key> keys =
                List.of(
                        new Key("least", amount, "", "uniform: the least"),
                        new Key("most", amount, "", "uniform: the most"),
                        new Key("mean", amount, "", "exponential: the mean above the floor"),
                        new Key("median", amount, "", "heavy tail: the median above the floor"),
                        new Key("floor", amount, "0 s", "what is added to each"),
                        new Key(
                                "tail",
                                new Form.Amount(Dimension.NUMBER),
                                "2.4",
                                "heavy tail: 99.9th percentile over median"),
                        new Key(
                                "measured",
                                new Form.Several(amount),
                                "",
                                "one of these, all alike"),
                        new Key("every", amount, "", "measured: one after another, so far apart"));
        any(List.of(() -> form(amount), () -> form(new Form.Section(keys))));
    }

    private void paths(Form.Paths paths) throws IOException {
        json.writeStringField("type", "object");
        json.writeObjectFieldStart("patternProperties");
        json.writeObjectFieldStart(
                "^(" + String.join("|", paths.sections()) + "|variant)(\\..+)?$");
        form(paths.values());
        json.writeEndObject();
        json.writeEndObject();
        properties(paths.keys());
    }
}
