package cairn.experiment.definition;

import cairn.experiment.file.Dimension;
import cairn.experiment.file.Fields;
import cairn.experiment.file.UserMistake;
import cairn.experiment.file.YamlValue;
import cairn.experiment.file.YamlValue.Mapping;
import cairn.report.Measure;

import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/** Reads what is expected of variants that were read before. */
final class ExpectationReader {

    static final List<Measure> MEASURES = List.of(Measure.values());

    private final List<Variant> variants;
    private final List<String> properties;

    private ExpectationReader(List<Variant> variants, List<String> properties) {
        this.variants = variants;
        this.properties = properties;
    }

    static List<Expected> read(YamlValue expect, List<Variant> variants, List<String> properties) {
        var reader = new ExpectationReader(variants, properties);
        return expect.items().stream()
                .map(item -> reader.expected(item.mapping("an expectation")))
                .toList();
    }

    private Expected expected(Mapping item) {
        if (item.get("violated").isPresent()) {
            Fields fields =
                    Fields.of(
                            item,
                            "an expectation",
                            List.of("violated", "may be violated", "in", "within", "when"));
            return new Expected.IsViolated(
                    names(fields.need("violated")),
                    fields.find("may be violated").map(this::names).orElse(List.of()),
                    frequency(fields),
                    when(fields));
        }
        if (item.get("holds").isPresent()) {
            Fields fields = Fields.of(item, "an expectation", List.of("holds", "when"));
            YamlValue holds = fields.need("holds");
            return new Expected.Holds(
                    holds.written().equals("all") ? List.of() : names(holds), when(fields));
        }
        Fields fields =
                Fields.of(
                        item,
                        "an expectation",
                        List.of(
                                "holds",
                                "violated",
                                "measure",
                                "between",
                                "of",
                                "over",
                                "less than",
                                "is",
                                "within",
                                "plus or minus",
                                "when"));
        if (!fields.has("measure")) {
            throw new UserMistake(
                    item.place(), "an expectation needs 'holds', 'violated' or 'measure'");
        }
        Measure measure =
                Fields.oneOf(fields.need("measure"), "measure", MEASURES, ExpectationReader::word);
        if (fields.has("less than")) {
            return less(measure, fields);
        }
        if (fields.has("is")) {
            return published(measure, fields);
        }
        return fields.has("of") || fields.has("over")
                ? ratio(measure, fields)
                : figure(measure, fields);
    }

    /** In which share of the trials; the tolerance is a share of that. */
    private static Optional<Expected.Frequency> frequency(Fields fields) {
        if (!fields.has("in")) {
            if (fields.has("within")) {
                throw new UserMistake(fields.place(), "'within' needs 'in': a share of all trials");
            }
            return Optional.empty();
        }
        double share = amount(fields, "in", Dimension.SHARE);
        double within = fields.has("within") ? amount(fields, "within", Dimension.SHARE) : 0;
        return Optional.of(
                Fields.at(
                        fields.place(),
                        "'in': ",
                        () -> new Expected.Frequency(share, share * within)));
    }

    private Expected figure(Measure measure, Fields fields) {
        double[] bounds = bounds(fields, text -> dimension(measure).read(text).doubleValue());
        return new Expected.Figure(measure, bounds[0], bounds[1], when(fields));
    }

    private Expected ratio(Measure measure, Fields fields) {
        double[] bounds = bounds(fields, text -> Dimension.NUMBER.read(text).doubleValue());
        List<String> labels = variants.stream().map(Variant::label).toList();
        return new Expected.Ratio(
                measure,
                Fields.oneOf(fields.need("of"), "variant", labels),
                Fields.oneOf(fields.need("over"), "variant", labels),
                bounds[0],
                bounds[1],
                when(fields));
    }

    /** The tolerance is a share of the published figure, or an amount of its own. */
    private Expected published(Measure measure, Fields fields) {
        double published = amount(fields, "is", dimension(measure));
        if (fields.has("within") == fields.has("plus or minus")) {
            throw new UserMistake(
                    fields.place(),
                    "an expectation with 'is' needs either 'within' a share, or 'plus or minus' an"
                            + " amount");
        }
        double tolerance =
                fields.has("within")
                        ? Math.abs(published) * amount(fields, "within", Dimension.SHARE)
                        : amount(fields, "plus or minus", dimension(measure));
        if (!(tolerance >= 0)) {
            throw new UserMistake(fields.place(), "a tolerance must not be negative");
        }
        return new Expected.Published(measure, published, tolerance, when(fields));
    }

    private static double amount(Fields fields, String key, Dimension dimension) {
        return fields.amount(key, dimension).doubleValue();
    }

    private Expected less(Measure measure, Fields fields) {
        List<String> labels = variants.stream().map(Variant::label).toList();
        if (fields.has("between") || fields.has("over")) {
            throw new UserMistake(
                    fields.place(),
                    "'less than' compares in pairs: leave 'between' and 'over' out");
        }
        return new Expected.Less(
                measure,
                Fields.oneOf(fields.need("of"), "variant", labels),
                Fields.oneOf(fields.need("less than"), "variant", labels),
                when(fields));
    }

    private static double[] bounds(Fields fields, ToDoubleFunction<String> amount) {
        YamlValue between = fields.need("between");
        if (between.items().size() != 2) {
            throw new UserMistake(
                    between.place(), "'between' is a list of two amounts, not " + between.kind());
        }
        double[] bounds =
                between.items().stream()
                        .mapToDouble(value ->
                                Fields.at(
                                        value.place(),
                                        "'between': ",
                                        () -> amount.applyAsDouble(value.text("'between'"))))
                        .toArray();
        if (!(bounds[0] <= bounds[1])) {
            throw new UserMistake(between.place(), "'between' names the lower bound first");
        }
        return bounds;
    }

    static Dimension dimension(Measure measure) {
        return switch (measure.unit()) {
            case NANOSECONDS -> Dimension.DURATION;
            case BYTES -> Dimension.SIZE;
            case PER_SECOND -> Dimension.RATE;
            case COUNT -> Dimension.NUMBER;
            case SHARE -> Dimension.SHARE;
        };
    }

    private List<String> names(YamlValue written) {
        return written.items().stream()
                .map(item -> Fields.oneOf(item, "property", properties))
                .toList();
    }

    private Condition when(Fields fields) {
        return fields.find("when")
                .map(when -> Condition.read(when.mapping("'when'"), variants))
                .orElse(Condition.ALWAYS);
    }

    /** CHECKPOINT_P50 is written "checkpoint p50". */
    static String word(Measure measure) {
        return measure.id().replace('_', ' ');
    }
}
