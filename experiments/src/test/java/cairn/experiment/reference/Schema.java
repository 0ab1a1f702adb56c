package cairn.experiment.reference;

import cairn.experiment.file.YamlReader;
import cairn.experiment.file.YamlValue;
import cairn.experiment.file.YamlValue.Entry;
import cairn.experiment.file.YamlValue.Mapping;
import cairn.experiment.file.YamlValue.Scalar;
import cairn.experiment.file.YamlValue.Sequence;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * As much of a validator of JSON Schema as the published schema needs. A keyword that it does not
 * know is refused: nothing in the schema goes unchecked.
 */
final class Schema {

    private static final List<String> REMARKS = List.of("$schema", "title", "description");

    private final Mapping root;

    Schema(String text) {
        // JSON is YAML; numbers and words come as text.
        root = (Mapping) YamlReader.read("schema", text);
    }

    /** What is wrong with a file, one line each; empty if it is valid. */
    List<String> errors(YamlValue file) {
        var errors = new ArrayList<String>();
        check(root, file, "", errors);
        return errors;
    }

    private void check(Mapping schema, YamlValue value, String path, List<String> errors) {
        for (Entry keyword : schema.entries()) {
            if (REMARKS.contains(keyword.key())) {
                continue;
            }
            YamlValue argument = keyword.value();
            switch (keyword.key()) {
                case "type" -> {
                    List<String> types = argument.items().stream().map(YamlValue::written).toList();
                    if (types.stream().noneMatch(type -> is(type, value))) {
                        errors.add(path + " is no " + types + ": " + value.written());
                    }
                }
                case "pattern" -> {
                    if (value instanceof Scalar(var _, String text)
                            && !Pattern.compile(argument.written()).matcher(text).find()) {
                        errors.add(path + ": '" + text + "' does not fit " + argument.written());
                    }
                }
                case "enum" -> {
                    if (argument.items().stream()
                            .noneMatch(item -> item.written().equals(value.written()))) {
                        errors.add(path + ": " + value.written() + " is no " + argument.written());
                    }
                }
                case "const" -> {
                    if (!argument.written().equals(value.written())) {
                        errors.add(path + " is not " + argument.written());
                    }
                }
                case "properties" -> properties((Mapping) argument, value, path, errors);
                case "patternProperties" ->
                        patternProperties((Mapping) argument, value, path, errors);
                case "additionalProperties" -> additional(schema, value, path, errors);
                case "minProperties", "maxProperties" -> {
                    int size = value instanceof Mapping mapping ? mapping.entries().size() : 1;
                    if (size != Integer.parseInt(argument.written())) {
                        errors.add(path + " has " + size + " keys");
                    }
                }
                case "required" -> {
                    for (YamlValue key : argument.items()) {
                        if (property(value, key.written()).isEmpty()) {
                            errors.add(path + " needs " + key.written());
                        }
                    }
                }
                case "items" -> {
                    if (value instanceof Sequence(var _, List<YamlValue> items)) {
                        items.forEach(item -> check((Mapping) argument, item, path + "[]", errors));
                    }
                }
                case "anyOf" -> anyOf(argument, value, path, errors);
                case "allOf" ->
                        argument.items()
                                .forEach(part -> check((Mapping) part, value, path, errors));
                case "if" -> {
                    if (isValid((Mapping) argument, value)) {
                        check((Mapping) schema.get("then").orElseThrow(), value, path, errors);
                    }
                }
                case "then" -> {}
                default -> throw new IllegalStateException("unknown keyword " + keyword.key());
            }
        }
    }

    private boolean isValid(Mapping schema, YamlValue value) {
        var errors = new ArrayList<String>();
        check(schema, value, "", errors);
        return errors.isEmpty();
    }

    private static boolean is(String type, YamlValue value) {
        return switch (type) {
            case "object" -> value instanceof Mapping;
            case "null" -> value instanceof Scalar(var _, String text) && text.isEmpty();
            case "array" -> value instanceof Sequence;
            case "string", "number" -> value instanceof Scalar;
            default -> throw new IllegalStateException("unknown type " + type);
        };
    }

    private void properties(Mapping properties, YamlValue value, String path, List<String> errors) {
        for (Entry property : properties.entries()) {
            property(value, property.key())
                    .ifPresent(below ->
                            check(
                                    (Mapping) property.value(),
                                    below,
                                    path + "." + property.key(),
                                    errors));
        }
    }

    private void patternProperties(
            Mapping patterns, YamlValue value, String path, List<String> errors) {
        if (value instanceof Mapping(var _, List<Entry> entries)) {
            for (Entry entry : entries) {
                for (Entry pattern : patterns.entries()) {
                    if (Pattern.compile(pattern.key()).matcher(entry.key()).find()) {
                        check(
                                (Mapping) pattern.value(),
                                entry.value(),
                                path + "." + entry.key(),
                                errors);
                    }
                }
            }
        }
    }

    /** Always false in the published schema: what is not named is a mistake. */
    private static void additional(
            Mapping schema, YamlValue value, String path, List<String> errors) {
        if (value instanceof Mapping(var _, List<Entry> entries)) {
            for (Entry entry : entries) {
                boolean named =
                        schema.get("properties").orElseThrow() instanceof Mapping properties
                                && properties.get(entry.key()).isPresent();
                boolean fits =
                        schema.get("patternProperties").orElse(null) instanceof Mapping patterns
                                && patterns.entries().stream()
                                        .anyMatch(pattern ->
                                                Pattern.compile(pattern.key())
                                                        .matcher(entry.key())
                                                        .find());
                if (!named && !fits) {
                    errors.add(path + " has no '" + entry.key() + "'");
                }
            }
        }
    }

    private void anyOf(YamlValue parts, YamlValue value, String path, List<String> errors) {
        var all = new ArrayList<String>();
        for (YamlValue part : parts.items()) {
            var own = new ArrayList<String>();
            check((Mapping) part, value, path, own);
            if (own.isEmpty()) {
                return;
            }
            all.addAll(own);
        }
        errors.addAll(all);
    }

    private static Optional<YamlValue> property(YamlValue value, String key) {
        return value instanceof Mapping mapping ? mapping.get(key) : Optional.empty();
    }
}
