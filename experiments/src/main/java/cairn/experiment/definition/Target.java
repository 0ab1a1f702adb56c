package cairn.experiment.definition;

import cairn.experiment.file.Dimension;
import cairn.experiment.file.Fields;
import cairn.experiment.file.Line;
import cairn.experiment.file.UserMistake;
import cairn.experiment.file.YamlValue;
import cairn.report.Measure;
import cairn.report.statistics.Statistics;

import java.util.List;

/**
 * When there are seeds enough: as soon as the mean of a measure is known well enough for every
 * variant.
 *
 * @param within the relative error that is allowed, 0.02 for 2 %
 * @param confidence with which it is allowed, all looks at the data together
 * @param least how many seeds are used in any case
 */
public record Target(Measure measure, double within, double confidence, int least) {

    static final int LEAST = 10;

    static Target read(YamlValue written) {
        Fields fields =
                Fields.of(
                        written.mapping("'until'"),
                        "'until'",
                        List.of("measure", "within", "confidence", "at least"));
        Measure measure =
                Fields.oneOf(
                        fields.need("measure"),
                        "measure",
                        ExpectationReader.MEASURES,
                        ExpectationReader::word);
        double within = share(fields, "within");
        double confidence =
                fields.has("confidence") ? share(fields, "confidence") : Statistics.CONFIDENCE;
        long least = fields.whole("at least", Dimension.COUNT, LEAST);
        if (least < 2 || least > SeedRange.MOST) {
            throw new UserMistake(
                    fields.need("at least").place(),
                    "'at least': 2 to " + SeedRange.MOST + " seeds, not " + least);
        }
        return new Target(measure, within, confidence, (int) least);
    }

    private static double share(Fields fields, String key) {
        double share = fields.amount(key, Dimension.SHARE).doubleValue();
        if (!(share > 0 && share < 1)) {
            throw new UserMistake(
                    fields.need(key).place(),
                    "'" + key + "' is a share between 0 and 100 %: '" + fields.text(key) + "'");
        }
        return share;
    }

    /** The target in a sentence. */
    public String text() {
        return Line.of(
                "%s is known within %s %% of its mean",
                measure.title(), Double.toString(100 * within).replaceAll("\\.0$", ""));
    }
}
