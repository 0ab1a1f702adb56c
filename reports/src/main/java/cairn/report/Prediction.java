package cairn.report;

import cairn.report.plot.Point;

import java.util.List;
import java.util.OptionalDouble;

/**
 * What a theory says of a measure along a setting that is swept; drawn into the plot of that sweep.
 *
 * @param label the theory and its source, such as {@code Daly 2006}
 * @param setting the key of the setting
 * @param curve the setting and the measure, both in base units (nanoseconds, bytes, shares); empty
 *     if only the optimum is known
 * @param optimum where along the setting the theory puts the best value, in its base unit
 */
public record Prediction(
        String label, String setting, Measure measure, List<Point> curve, OptionalDouble optimum) {

    public Prediction {
        curve = List.copyOf(curve);
    }
}
