package cairn.report.statistics;

import org.apache.commons.math3.distribution.RealDistribution;
import org.apache.commons.math3.random.MersenneTwister;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * A law fitted to positive observations by maximum likelihood, and how well it fits.
 *
 * @param parameters in the order of {@link Family#parameters()}
 * @param logLikelihood of the sample under the fitted law
 * @param kolmogorov the largest distance between the sample's distribution and the law's (D)
 * @param anderson the same with weight on the tails, where failures are (T. Anderson and D.
 *     Darling, 1954; A squared)
 * @param n how many observations
 */
public record Fit(
        Family family,
        List<Double> parameters,
        double logLikelihood,
        double kolmogorov,
        double anderson,
        int n) {

    public Fit {
        parameters = List.copyOf(parameters);
    }

    /**
     * Whether the sample can have come from the fitted law. Tables of the Kolmogorov-Smirnov
     * distribution do not hold once parameters were estimated from the same sample: the law lies
     * closer than a given one would, and everything seems to fit (H. Lilliefors, 1967). So samples
     * are drawn from the fitted law, fitted in turn, and their distances compared (W. Stute et al.,
     * 1993).
     *
     * @param kolmogorovP the share of drawn samples that lie as far off by D
     * @param andersonP the same by A squared
     * @param intervals of the parameters, from those of the drawn samples
     * @param draws how many samples were drawn
     */
    public record Goodness(
            double kolmogorovP, double andersonP, List<Estimate> intervals, int draws) {
        public Goodness {
            intervals = List.copyOf(intervals);
        }
    }

    /**
     * Fits a law.
     *
     * @throws IllegalArgumentException if an observation is not positive and finite, or if there
     *     are no two different ones
     */
    public static Fit of(Family family, double[] sample) {
        for (double value : sample) {
            if (!(value > 0) || Double.isInfinite(value)) {
                throw new IllegalArgumentException("not a duration that a law can have: " + value);
            }
        }
        if (Arrays.stream(sample).distinct().count() < 2) {
            throw new IllegalArgumentException(
                    "a law is fitted to two different observations or more");
        }
        double[] sorted = sample.clone();
        Arrays.sort(sorted);
        return ofSorted(family, sorted);
    }

    /** All laws, the one of the least information criterion first. */
    public static List<Fit> all(double[] sample) {
        return Stream.of(Family.values())
                .map(family -> of(family, sample))
                .sorted(Comparator.comparingDouble(Fit::criterion))
                .toList();
    }

    private static Fit ofSorted(Family family, double[] sorted) {
        double[] parameters = family.fit(sorted);
        RealDistribution law = family.law(parameters, null);
        int n = sorted.length;
        double likelihood = 0;
        double farthest = 0;
        double tails = 0;
        double[] below = new double[n];
        for (int i = 0; i < n; i++) {
            likelihood += Math.log(law.density(sorted[i]));
            // Held inside, for an observation that the law deems impossible.
            below[i] = Math.clamp(law.cumulativeProbability(sorted[i]), 1e-300, 1 - 1e-16);
            farthest =
                    Math.max(
                            farthest,
                            Math.max(below[i] - (double) i / n, (i + 1.0) / n - below[i]));
        }
        for (int i = 0; i < n; i++) {
            tails += (2 * i + 1) * (Math.log(below[i]) + Math.log1p(-below[n - 1 - i]));
        }
        return new Fit(
                family,
                Arrays.stream(parameters).boxed().toList(),
                likelihood,
                farthest,
                -n - tails / n,
                n);
    }

    /** Akaike's information criterion (1974): less is better; it charges for parameters. */
    public double criterion() {
        return 2 * parameters.size() - 2 * logLikelihood;
    }

    /** The share of observations that the law expects not to exceed a value. */
    public double below(double value) {
        return family.law(numbers(), null).cumulativeProbability(value);
    }

    /** The value that the law expects a share of observations not to exceed. */
    public double quantile(double share) {
        return family.law(numbers(), null).inverseCumulativeProbability(share);
    }

    /** Tests the fit with so many drawn samples; the same fit and number give the same answer. */
    public Goodness goodness(int draws, double confidence) {
        if (draws < 1) {
            throw new IllegalArgumentException("at least one sample is drawn: " + draws);
        }
        long seed = Double.doubleToLongBits(logLikelihood) * 31 + n;
        RealDistribution law = family.law(numbers(), new MersenneTwister(seed));
        double[][] drawn = new double[parameters.size()][draws];
        int fartherK = 0;
        int fartherA = 0;
        for (int draw = 0; draw < draws; draw++) {
            double[] sample = law.sample(n);
            Arrays.sort(sample);
            Fit again = ofSorted(family, sample);
            fartherK += again.kolmogorov >= kolmogorov ? 1 : 0;
            fartherA += again.anderson >= anderson ? 1 : 0;
            for (int p = 0; p < drawn.length; p++) {
                drawn[p][draw] = again.parameters.get(p);
            }
        }
        Estimate[] intervals = new Estimate[drawn.length];
        for (int p = 0; p < drawn.length; p++) {
            Arrays.sort(drawn[p]);
            double tail = (1 - confidence) / 2;
            intervals[p] =
                    new Estimate(
                            parameters.get(p),
                            Statistics.interpolated(Sample.of(drawn[p]), tail),
                            Statistics.interpolated(Sample.of(drawn[p]), 1 - tail),
                            n,
                            confidence);
        }
        return new Goodness(
                (fartherK + 1.0) / (draws + 1),
                (fartherA + 1.0) / (draws + 1),
                List.of(intervals),
                draws);
    }

    private double[] numbers() {
        return parameters.stream().mapToDouble(Double::doubleValue).toArray();
    }
}
