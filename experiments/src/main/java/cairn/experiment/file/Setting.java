package cairn.experiment.file;

import cairn.model.choice.Law;

import org.jspecify.annotations.Nullable;

import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * One component of a settings record as an experiment file writes it. The key is the component's
 * name in words, without its unit: {@code suspectAfterNanos} is written {@code suspect after: 10
 * ms}.
 */
public final class Setting {

    private final RecordComponent component;
    private final @Nullable Dimension dimension;
    private final String key;

    Setting(RecordComponent component) {
        this.component = component;
        this.dimension = dimension(component);
        this.key = key(component, dimension);
    }

    /** The key in experiment files. */
    public String key() {
        return key;
    }

    /** The name in the record. */
    public String component() {
        return component.getName();
    }

    /** What may stand behind the key, if it is no record. */
    Form form() {
        if (component.getType() == Law.class) {
            return new Form.Law();
        }
        if (component.getType() == String.class) {
            return new Form.Text("a word", ".*");
        }
        if (dimension != null) {
            return new Form.Amount(dimension);
        }
        return component.getType() == boolean.class ? new Form.Switch() : new Form.Word(words());
    }

    /** What values it takes, for people: "native-flush | read-after-write", "a duration". */
    public String values() {
        if (isNested()) {
            return "a mapping";
        }
        if (component.getType() == Law.class) {
            return "a duration, or a law of durations";
        }
        if (component.getType() == String.class) {
            return "a word";
        }
        if (dimension != null) {
            return dimension.words();
        }
        return component.getType() == boolean.class ? "on | off" : String.join(" | ", words());
    }

    boolean isNested() {
        return component.getType().isRecord();
    }

    /** The type of the component. */
    public Class<?> type() {
        return component.getType();
    }

    /** The value in a record. */
    Object of(Record record) {
        try {
            var accessor = component.getAccessor();
            accessor.setAccessible(true);
            return accessor.invoke(record);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("cannot read " + component, e);
        }
    }

    /** A whole number in a record. */
    public long number(Record record) {
        return ((Number) of(record)).longValue();
    }

    /** A value as the file would write it. */
    public String written(Object value) {
        return switch (value) {
            case Boolean on -> on ? "on" : "off";
            case Enum<?> constant -> word(constant);
            case Double number when number.isInfinite() -> "unlimited";
            case Law law -> LawForm.written(law);
            case Number number when dimension != null ->
                    dimension.write(new BigDecimal(number.toString()));
            case Record nested ->
                    "{" + String.join(", ", RecordForm.of(nested).written(nested)) + "}";
            default -> String.valueOf(value);
        };
    }

    /** Whether its values have units. */
    boolean isMeasured() {
        return dimension != null && dimension != Dimension.COUNT && dimension != Dimension.NUMBER;
    }

    /** A number in the base unit as whoever writes a file reads it. */
    String inUnits(BigDecimal number) {
        return dimension == null ? number.toPlainString() : dimension.write(number);
    }

    /** Reads a value that is no record. */
    public Object read(YamlValue value) {
        if (component.getType() == boolean.class) {
            return Fields.isOn(value, key);
        }
        if (component.getType() == Law.class) {
            return LawForm.read(value, key);
        }
        if (component.getType() == String.class) {
            return value.text("'" + key + "'");
        }
        if (dimension == null) {
            String word = Fields.oneOf(value, key, words());
            return constants().get(words().indexOf(word));
        }
        return number(value, dimension);
    }

    private Object number(YamlValue value, Dimension of) {
        Class<?> type = component.getType();
        if (type == double.class) {
            return Fields.at(
                    value.place(),
                    "'" + key + "': ",
                    () -> (Object) of.read(value.text("'" + key + "'")).doubleValue());
        }
        long whole = Fields.whole(value, key, of);
        if (type == long.class) {
            return whole;
        }
        if (whole != (int) whole) {
            throw new UserMistake(
                    value.place(), "'" + key + "': " + value.kind() + " is too large");
        }
        return (Object) (int) whole;
    }

    private List<String> words() {
        return constants().stream().map(constant -> word((Enum<?>) constant)).toList();
    }

    private List<Object> constants() {
        Object[] constants = component.getType().getEnumConstants();
        if (constants == null) {
            throw new IllegalStateException(
                    "no form for " + component.getType() + " " + component.getName());
        }
        return Arrays.asList(constants);
    }

    /** A constant as experiment files write it: NATIVE_FLUSH is native-flush. */
    public static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static @Nullable Dimension dimension(RecordComponent component) {
        Class<?> type = component.getType();
        String name = component.getName();
        if (type != long.class && type != int.class && type != double.class) {
            return null;
        }
        if (name.endsWith("ytesPerNano")) {
            return Dimension.BANDWIDTH;
        }
        if (name.contains("Nanos") || name.equals("nanos")) {
            return Dimension.DURATION;
        }
        if (name.endsWith("Bytes") || name.equals("bytes")) {
            return Dimension.SIZE;
        }
        if (name.endsWith("erSecond")) {
            return Dimension.RATE;
        }
        if (name.endsWith("artsPerMillion")) {
            return Dimension.CLOCK_ERROR;
        }
        if (type == double.class) {
            return isShare(name) ? Dimension.SHARE : Dimension.NUMBER;
        }
        return Dimension.COUNT;
    }

    private static boolean isShare(String name) {
        return name.endsWith("Probability")
                || name.endsWith("Share")
                || List.of(
                                "loss",
                                "duplication",
                                "reordering",
                                "corruption",
                                "probability",
                                "share",
                                "reads")
                        .contains(name);
    }

    private static String key(RecordComponent component, @Nullable Dimension dimension) {
        String name = component.getName();
        if (name.equals("bytesPerNano")) {
            return "bandwidth";
        }
        boolean measured =
                dimension != null && dimension != Dimension.COUNT && dimension != Dimension.NUMBER;
        if (measured || component.getType() == Law.class) {
            name =
                    name.replace("BytesPerNano", "")
                            .replace("Nanos", "")
                            .replaceAll("(Bytes|PerSecond)$", "");
        }
        String words =
                name.replaceAll("([a-z0-9])([A-Z])", "$1 $2").toLowerCase(Locale.ROOT).strip();
        // A name that is nothing but its unit: by how much.
        return List.of("", "nanos", "parts per million").contains(words) ? "by" : words;
    }
}
