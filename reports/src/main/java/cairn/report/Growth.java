package cairn.report;

import cairn.report.statistics.Estimate;
import cairn.report.statistics.Regression;
import cairn.report.statistics.Statistics;
import cairn.report.statistics.Unit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.stream.DoubleStream;

/** How a measure grows along a sweep, in words for its caption. */
final class Growth {
    private static final int MOST_EXPONENTS = 4;
    // The share of the logarithms' scatter that a power law explains where it is worth naming.
    private static final double A_POWER_LAW = 0.98;
    private static final int FEWEST_VALUES = 3;

    private Growth() {}

    /** How fast the measure grows with the setting, where that is a power law and few curves. */
    static String said(SequencedMap<String, List<Sweeps.Place>> curves) {
        var said = new ArrayList<String>();
        for (Map.Entry<String, List<Sweeps.Place>> curve : curves.entrySet()) {
            double[] x = curve.getValue().stream().mapToDouble(Sweeps.Place::x).toArray();
            double[] y = curve.getValue().stream().mapToDouble(p -> p.estimate().value()).toArray();
            boolean positive =
                    DoubleStream.concat(Arrays.stream(x), Arrays.stream(y)).allMatch(v -> v > 0);
            if (x.length < FEWEST_VALUES || !positive) {
                continue;
            }
            Regression power = Regression.power(x, y, Statistics.CONFIDENCE);
            if (power.explained() >= A_POWER_LAW) {
                Estimate exponent = power.slope();
                said.add(
                        (curve.getKey().isEmpty() ? "" : curve.getKey() + ": ")
                                + Unit.digits(exponent.value())
                                + " ("
                                + Unit.digits(exponent.low())
                                + " to "
                                + Unit.digits(exponent.high())
                                + ", n = "
                                + exponent.n()
                                + ")");
            }
        }
        return said.isEmpty() || said.size() > MOST_EXPONENTS
                ? ""
                : " Growth as a power law, exponent: " + String.join("; ", said) + ".";
    }
}
