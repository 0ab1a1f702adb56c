package cairn.experiment.failures;

import cairn.experiment.interval.Advisor;
import cairn.experiment.interval.Advisor.Advice;
import cairn.experiment.interval.Advisor.Need;
import cairn.experiment.interval.CheckpointInterval;
import cairn.experiment.interval.StorageLevel;
import cairn.report.statistics.Family;
import cairn.report.statistics.Fit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The times between failures of one system, or of one node of it, fitted by laws.
 *
 * @param name for people
 * @param gaps how many times between failures there are; those of the same minute are left out
 * @param meanHours the mean time between failures
 * @param simultaneous how many failures began in the same minute as the one before
 * @param fits by every law, the likeliest first
 */
public record SystemFit(String name, int gaps, double meanHours, int simultaneous, List<Fit> fits) {

    /** Fewer say little about a law. */
    static final int FEWEST = 50;

    private static final int DRAWS = 99;
    private static final double CONFIDENCE = 0.95;
    private static final double HOUR_NANOS = 3.6e12;

    /** A checkpoint of five minutes and a restart of ten, as in Daly's examples. */
    private static final double STATE_BYTES = 300e9;

    private static final StorageLevel FIVE_MINUTES = new StorageLevel("five minutes", 1, 0);
    private static final long REBOOT_NANOS = 300_000_000_000L;

    /**
     * The asymptotic variance of the likeliest Weibull shape k is 6 / pi^2 k^2 / n (N. Johnson, S.
     * Kotz and N. Balakrishnan, Continuous Univariate Distributions, vol. 1, chapter 21).
     */
    private static final double DEVIATION = Math.sqrt(6) / Math.PI;

    /** Fits the gaps between failures, in the order of their times. */
    public static SystemFit of(String name, List<Failure> failures) {
        var gaps = new ArrayList<Double>();
        int simultaneous = 0;
        for (int i = 1; i < failures.size(); i++) {
            long minutes = failures.get(i).atMinutes() - failures.get(i - 1).atMinutes();
            if (minutes > 0) {
                gaps.add(minutes / 60.0);
            } else {
                simultaneous++;
            }
        }
        double[] hours = gaps.stream().mapToDouble(Double::doubleValue).toArray();
        return new SystemFit(
                name,
                hours.length,
                Arrays.stream(hours).average().orElse(Double.NaN),
                simultaneous,
                hours.length < FEWEST ? List.of() : Fit.all(hours));
    }

    /** Whether there are gaps enough to speak of a law. */
    public boolean isFitted() {
        return !fits.isEmpty();
    }

    /** The fit by one law. */
    Fit by(Family family) {
        return fits.stream().filter(fit -> fit.family() == family).findFirst().orElseThrow();
    }

    /** The shape of the likeliest Weibull law. */
    double shape() {
        return by(Family.WEIBULL).parameters().getFirst();
    }

    /** The standard error of that shape. */
    double shapeError() {
        return DEVIATION * shape() / Math.sqrt((double) gaps);
    }

    /** How likely the likeliest law lies as far off as the gaps do (A squared). */
    double goodness() {
        return fits.getFirst().goodness(DRAWS, CONFIDENCE).andersonP();
    }

    /** The share of the time that an exponential law promises to be useful, at Daly's interval. */
    double promised(Advice advice) {
        return CheckpointInterval.efficiency(
                advice.daly(),
                advice.checkpoint(),
                REBOOT_NANOS + advice.checkpoint(),
                meanHours() * HOUR_NANOS);
    }

    /** What the interval of an exponential law costs where failures follow the fitted one. */
    Advice advice() {
        return new Advisor(
                        new Need(
                                STATE_BYTES,
                                Double.POSITIVE_INFINITY,
                                Math.round(meanHours() * HOUR_NANOS),
                                shape(),
                                REBOOT_NANOS))
                .advise(FIVE_MINUTES, false);
    }
}
