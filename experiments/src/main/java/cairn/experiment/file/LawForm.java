package cairn.experiment.file;

import cairn.experiment.file.YamlValue.Mapping;
import cairn.model.choice.Law;
import cairn.model.choice.Tabulated;

import java.math.BigDecimal;
import java.util.List;

/**
 * How a law of durations is written: {@code 10 us} is always the same; {@code {least: 1 us, most: 5
 * us}} is uniform; {@code {mean: 5 us, floor: 1 us}} is exponential above a floor; {@code {median:
 * 2 us, floor: 8 us, tail: 9}} has a heavy tail, the 99.9th percentile being so many times the
 * median, the floor excluded; {@code {measured: [8 us, 9 us, 40 us]}} is one of these, all alike,
 * and with {@code every: 5 ms} one after another, each for so long.
 */
public final class LawForm {

    private static final double TAIL = 2.4;

    private static final String MEASURED = "measured";
    private static final String EVERY = "every";

    /** The keys of each law, the first of which says that it is that one. */
    private static final List<List<String>> LAWS =
            List.of(
                    List.of(MEASURED, EVERY),
                    List.of("median", "floor", "tail"),
                    List.of("mean", "floor"),
                    List.of("least", "most"));

    private LawForm() {}

    /** Whether both are laws, and different ones: their keys do not belong into one mapping. */
    static boolean areDifferent(Mapping one, Mapping other) {
        List<String> first = keys(one);
        List<String> second = keys(other);
        return !first.isEmpty() && !second.isEmpty() && !first.equals(second);
    }

    /** The keys that may stand in a law; none if it is not said which law it is. */
    private static List<String> keys(Mapping mapping) {
        return LAWS.stream()
                .filter(keys -> mapping.get(keys.getFirst()).isPresent())
                .findFirst()
                .orElse(List.of());
    }

    /** The law that a file says under a key. */
    public static Law read(YamlValue value, String key) {
        if (!(value instanceof Mapping mapping)) {
            return new Law.Constant(notNegative(value, key));
        }
        String what = "'" + key + "'";
        Fields fields =
                Fields.of(
                        mapping,
                        what,
                        List.of(
                                "least", "most", "mean", "median", "floor", "tail", MEASURED,
                                EVERY));
        List<String> keys = keys(mapping);
        for (YamlValue.Entry entry : mapping.entries()) {
            if (!keys.isEmpty() && !keys.contains(entry.key())) {
                throw new UserMistake(
                        entry.place(),
                        Line.of(
                                "%s: '%s' does not belong to a law with '%s'",
                                what, entry.key(), keys.getFirst()));
            }
        }
        if (fields.has(MEASURED)) {
            List<Long> seen =
                    fields.need(MEASURED).items().stream()
                            .map(item -> notNegative(item, MEASURED))
                            .toList();
            long every = amount(fields, EVERY, 0);
            return Fields.at(
                    value.place(),
                    what + ": ",
                    () ->
                            fields.has(EVERY)
                                    ? new Law.Series(seen, every)
                                    : new Law.Empirical(seen));
        }
        if (fields.has("median")) {
            double tail =
                    fields.has("tail")
                            ? fields.amount("tail", Dimension.NUMBER).doubleValue()
                            : TAIL;
            return Fields.at(
                    value.place(),
                    what + ": ",
                    () ->
                            Law.HeavyTail.withTail(
                                    amount(fields, "floor", 0),
                                    (double) amount(fields, "median", 0),
                                    tail));
        }
        if (fields.has("mean")) {
            return Fields.at(
                    value.place(),
                    what + ": ",
                    () ->
                            new Law.Exponential(
                                    amount(fields, "floor", 0),
                                    (double) amount(fields, "mean", 0)));
        }
        long least = notNegative(fields.need("least"), "least");
        long most = notNegative(fields.need("most"), "most");
        return Fields.at(value.place(), what + ": ", () -> new Law.Uniform(least, most));
    }

    private static long amount(Fields fields, String key, long otherwise) {
        return fields.find(key).map(value -> notNegative(value, key)).orElse(otherwise);
    }

    private static long notNegative(YamlValue value, String key) {
        long nanos = Fields.whole(value, key, Dimension.DURATION);
        if (nanos < 0) {
            throw new UserMistake(
                    value.place(), "'" + key + "' must not be negative: " + value.kind());
        }
        return nanos;
    }

    static String written(Law law) {
        return switch (law) {
            case Law.Constant(long nanos) -> duration(nanos);
            case Law.Uniform(long least, long most) ->
                    "{least: " + duration(least) + ", most: " + duration(most) + "}";
            case Law.Exponential(long floor, double mean) ->
                    "{mean: " + duration(Math.round(mean)) + ", floor: " + duration(floor) + "}";
            case Law.HeavyTail(long floor, double median, double _) ->
                    "{median: "
                            + duration(Math.round(median))
                            + ", floor: "
                            + duration(floor)
                            + ", ...}";
            case Law.Series series ->
                    "{measured: "
                            + duration(series.calm())
                            + ", ..., every: "
                            + duration(series.everyNanos())
                            + "}";
            case Law.Empirical empirical -> "{measured: " + duration(empirical.calm()) + ", ...}";
            case Tabulated tabulated -> written(tabulated.exact());
            // Laws of other things than durations.
            case Law.Chance _,
                    Law.Pick _,
                    Law.Occurs _,
                    Law.Survives _,
                    Law.Weibull _,
                    Law.Gamma _,
                    Law.Within _ ->
                    law.toString();
        };
    }

    private static String duration(long nanos) {
        return Dimension.DURATION.write(BigDecimal.valueOf(nanos));
    }
}
