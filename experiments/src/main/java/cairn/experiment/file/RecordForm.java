package cairn.experiment.file;

import cairn.experiment.file.YamlValue.Entry;
import cairn.experiment.file.YamlValue.Mapping;
import cairn.experiment.file.YamlValue.Scalar;
import cairn.model.Records;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * How a settings record is written in an experiment file. Keys, kinds of values and defaults are
 * taken from the record, so that a new component can be written, and is listed, without a line
 * elsewhere; the record's constructor decides what is in range.
 */
public final class RecordForm {

    private static final Pattern NUMBER =
            Pattern.compile("(?<![\\w.])-?[0-9]{1,18}(\\.[0-9]+)?(E-?[0-9]{1,3})?(?![\\w.])");
    private static final BigDecimal LARGE = BigDecimal.valueOf(1_000);

    private final Class<? extends Record> type;
    private final List<Setting> settings;

    private RecordForm(Class<? extends Record> type) {
        this.type = type;
        this.settings = Arrays.stream(type.getRecordComponents()).map(Setting::new).toList();
    }

    /** The form of a record's class. */
    public static RecordForm of(Record record) {
        return new RecordForm(record.getClass());
    }

    /** The form of a class of records. */
    public static RecordForm of(Class<? extends Record> type) {
        return new RecordForm(type);
    }

    /** The settings, in the order of the record's components. */
    public List<Setting> settings() {
        return settings;
    }

    /** The keys, in the order of the record's components. */
    public List<String> keys() {
        return settings.stream().map(Setting::key).toList();
    }

    /**
     * The keys of a record for those who write a file.
     *
     * @param remark what a component decides, by its path of component names: "link.ordered"
     */
    public static List<Key> keys(Record defaults, UnaryOperator<String> remark) {
        return RecordForm.of(defaults).settings.stream()
                .map(setting -> key(defaults, setting, remark))
                .toList();
    }

    /** The key of a setting that has no default. */
    public static Key key(Setting setting, String remark) {
        return new Key(setting.key(), setting.form(), "", remark);
    }

    private static Key key(Record defaults, Setting setting, UnaryOperator<String> remark) {
        String component = setting.component();
        if (setting.of(defaults) instanceof Record nested && setting.isNested()) {
            return new Key(
                    setting.key(),
                    new Form.Section(keys(nested, below -> remark.apply(component + "." + below))),
                    "",
                    remark.apply(component));
        }
        return new Key(
                setting.key(), setting.form(), written(defaults, setting), remark.apply(component));
    }

    /** Every setting as {@code key: value}. */
    List<String> written(Record record) {
        return settings.stream()
                .map(setting -> setting.key() + ": " + setting.written(setting.of(record)))
                .toList();
    }

    /** The value of a setting as the file would write it. */
    public static String written(Record record, Setting setting) {
        return setting.written(setting.of(record));
    }

    /** The defaults with what a mapping says in their place. */
    public static <R extends Record> R read(Mapping mapping, String what, R defaults) {
        return RecordForm.of(defaults).bind(mapping, what, defaults);
    }

    private <R extends Record> R bind(Mapping mapping, String what, R defaults) {
        Fields.of(mapping, what, keys());
        Object[] values = settings.stream().map(setting -> setting.of(defaults)).toArray();
        var given = new ArrayList<Integer>();
        for (Entry entry : mapping.entries()) {
            int place = keys().indexOf(entry.key());
            values[place] = value(entry.value(), settings.get(place), values[place]);
            given.add(place);
        }
        try {
            return make(defaults, values);
        } catch (IllegalArgumentException e) {
            throw culprit(mapping, defaults, values, given, e);
        }
    }

    /**
     * The entry that something else than the record's constructor refuses: with its default in its
     * place nothing is refused.
     */
    public static Optional<Entry> culprit(
            Mapping mapping, Record read, Record defaults, Predicate<Record> isRefused) {
        RecordForm form = RecordForm.of(defaults);
        return mapping.entries().stream()
                .filter(entry -> {
                    int place = form.keys().indexOf(entry.key());
                    Object[] without =
                            form.settings.stream().map(setting -> setting.of(read)).toArray();
                    without[place] = form.settings.get(place).of(defaults);
                    return form.refusal(defaults, without).isEmpty()
                            && !isRefused.test(form.make(defaults, without));
                })
                .findFirst();
    }

    private static Object value(YamlValue written, Setting setting, Object otherwise) {
        return otherwise instanceof Record nested && setting.isNested()
                ? read(
                        written.mapping("'" + setting.key() + "'"),
                        "'" + setting.key() + "'",
                        nested)
                : setting.read(written);
    }

    /**
     * The value that the refusal hinges on: with its default in its place another thing is refused,
     * or nothing. Of several it is the first that is refused by itself too, or else the one that
     * the refusal names first; or else it is all of them together.
     */
    private UserMistake culprit(
            Mapping mapping,
            Record defaults,
            Object[] values,
            List<Integer> given,
            IllegalArgumentException whole) {
        String message = String.valueOf(whole.getMessage());
        String words = inWords(message);
        List<Integer> hinges = new ArrayList<>();
        for (int i = 0; i < given.size(); i++) {
            Object[] without = values.clone();
            without[given.get(i)] = settings.get(given.get(i)).of(defaults);
            if (!refusal(defaults, without).equals(Optional.of(message))) {
                hinges.add(i);
            }
        }
        Optional<Integer> culprit =
                hinges.size() == 1
                        ? Optional.of(hinges.getFirst())
                        : hinges.stream()
                                .filter(i -> isRefusedAlone(defaults, values, given.get(i)))
                                .findFirst()
                                .or(() -> namedFirst(words, hinges, given));
        return culprit.map(i ->
                        new UserMistake(
                                mapping.entries().get(i).value().place(),
                                "'"
                                        + settings.get(given.get(i)).key()
                                        + "': "
                                        + inUnits(
                                                words,
                                                values,
                                                given.get(i),
                                                mapping.entries().get(i).value())))
                .orElseGet(() -> new UserMistake(mapping.place(), words));
    }

    /**
     * A message with amounts as whoever wrote the file reads them. A number that is the culprit's
     * is what was written for it; one that is another setting's has a unit if that setting has one,
     * but for 0 and 1, which are bounds wherever they stand; any other is of the culprit's kind if
     * it is large, as bounds in base units are.
     */
    private String inUnits(String words, Object[] values, int culprit, YamlValue written) {
        Setting setting = settings.get(culprit);
        if (!setting.isMeasured()) {
            return words;
        }
        return NUMBER.matcher(words)
                .replaceAll(found -> {
                    var number = new BigDecimal(found.group());
                    String text = found.group();
                    if (isSame(values[culprit], number) && written instanceof Scalar scalar) {
                        text = scalar.text();
                    } else {
                        Optional<Setting> other =
                                IntStream.range(0, values.length)
                                        .filter(i -> !isBound(number) && isSame(values[i], number))
                                        .mapToObj(settings::get)
                                        .findFirst();
                        boolean large = number.abs().compareTo(LARGE) >= 0;
                        text =
                                other.or(() -> large ? Optional.of(setting) : Optional.empty())
                                        .map(of -> of.inUnits(number))
                                        .orElse(text);
                    }
                    return Matcher.quoteReplacement(text);
                });
    }

    private static boolean isBound(BigDecimal number) {
        return number.signum() == 0 || number.compareTo(BigDecimal.ONE) == 0;
    }

    private static boolean isSame(Object value, BigDecimal number) {
        return value instanceof Number of
                && (!(of instanceof Double real) || Double.isFinite(real))
                && new BigDecimal(of.toString()).compareTo(number) == 0;
    }

    private boolean isRefusedAlone(Record defaults, Object[] values, int place) {
        Object[] alone = settings.stream().map(setting -> setting.of(defaults)).toArray();
        alone[place] = values[place];
        return refusal(defaults, alone).isPresent();
    }

    private Optional<Integer> namedFirst(String words, List<Integer> hinges, List<Integer> given) {
        ToIntFunction<Integer> position = i -> words.indexOf(settings.get(given.get(i)).key());
        return hinges.stream()
                .filter(i -> position.applyAsInt(i) >= 0)
                .min(Comparator.comparingInt(position));
    }

    private Optional<String> refusal(Record defaults, Object[] values) {
        try {
            make(defaults, values);
            return Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    /** A constructor's message with keys in place of the names of components. */
    private String inWords(String message) {
        String words = message;
        for (Setting setting : settings) {
            words = words.replaceAll("\\b" + setting.component() + "\\b", setting.key());
        }
        return words;
    }

    @SuppressWarnings("unchecked")
    private <R extends Record> R make(R defaults, Object[] values) {
        return (R) Records.make(defaults.getClass(), values);
    }

    @Override
    public String toString() {
        return type.getSimpleName() + keys();
    }
}
