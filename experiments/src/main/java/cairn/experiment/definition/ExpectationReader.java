package cairn.experiment.definition;

import cairn.experiment.file.Dimension;
import cairn.experiment.file.Fields;
import cairn.experiment.file.UserMistake;
import cairn.experiment.file.YamlValue;
import cairn.experiment.file.YamlValue.Mapping;
import cairn.report.Measure;

import java.util.List;
import java.util.function.ToDoubleFunction;

/** Reads what is expected of variants that were read before. */
final class ExpectationReader {

    private static final List<Measure> MEASURES = List.of(Measure.values());

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
                            item, "an expectation", List.of("violated", "may be violated", "when"));
            return new Expected.IsViolated(
                    names(fields.need("violated")),
                    fields.find("may be violated").map(this::names).orElse(List.of()),
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
                        List.of("holds", "violated", "measure", "between", "of", "over", "when"));
        if (!fields.has("measure")) {
            throw new UserMistake(
                    item.place(), "an expectation needs 'holds', 'violated' or 'measure'");
        }
        Measure measure =
                Fields.oneOf(fields.need("measure"), "measure", MEASURES, ExpectationReader::word);
        return fields.has("of") || fields.has("over")
                ? ratio(measure, fields)
                : figure(measure, fields);
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

    private static Dimension dimension(Measure measure) {
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
