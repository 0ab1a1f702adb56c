package cairn.experiment.campaign;

import cairn.experiment.definition.Target;
import cairn.experiment.file.Line;
import cairn.report.Expectation;
import cairn.report.Finding;
import cairn.report.VariantResult;
import cairn.report.statistics.Estimate;
import cairn.report.statistics.Sample;
import cairn.report.statistics.Statistics;
import cairn.report.statistics.Unit;

import java.util.List;

/**
 * Decides whether a mean is known well enough, at looks after more and more seeds.
 *
 * <p>Two corrections. An interval that is looked at again and again until it is narrow misses the
 * truth more often than it says; so of an allowed miss of a, each of the K looks that there can be
 * spends a/K, and all together at most a (the union bound; spending an error over looks is from Lan
 * and DeMets, Biometrika 70, 1983). And the error is relative to a mean that is itself estimated: a
 * half-width of g/(1+g) times the estimate is one of at most g times the truth (Law, Simulation
 * Modeling and Analysis, 5th ed., 9.4.1).
 */
final class Precision {

    /** Each look has half as many seeds again as the one before. */
    private static final double GROWTH = 1.5;

    private final Target target;
    private final int most;
    private final int looks;
    private int look;

    /** Looks at so many seeds at the most. */
    Precision(Target target, int most) {
        this.target = target;
        this.most = most;
        int count = 1;
        for (int seeds = first(); seeds < most; seeds = next(seeds)) {
            count++;
        }
        this.looks = count;
    }

    /** How many seeds the first look needs. */
    int first() {
        return Math.min(most, target.least());
    }

    /** How many seeds the next look needs. */
    int next(int seeds) {
        return (int) Math.min(most, Math.max(seeds + 1L, Math.round(GROWTH * seeds)));
    }

    /** Looks once more: whether every variant's mean is known well enough. */
    boolean isEnough(List<VariantResult> variants) {
        look++;
        return variants.stream().allMatch(variant -> error(variant) <= target.within());
    }

    /** The relative error that this look is sure of; infinite if there is none. */
    private double error(VariantResult variant) {
        Sample sample = target.measure().sample(variant);
        if (sample.size() < 2) {
            return Double.POSITIVE_INFINITY;
        }
        double miss = (1 - target.confidence()) / looks;
        Estimate mean = Statistics.mean(sample, 1 - miss);
        double half = (mean.high() - mean.low()) / 2;
        double relative = half / Math.abs(mean.value());
        // Of an error g' relative to the estimate, g = g' / (1 - g') relative to the truth.
        if (half == 0) {
            return 0;
        }
        return relative < 1 ? relative / (1 - relative) : Double.POSITIVE_INFINITY;
    }

    /** What came of it. */
    Expectation verdict(List<VariantResult> variants, int seeds) {
        double worst = variants.stream().mapToDouble(this::error).max().orElse(0);
        return new Expectation(
                target.text(),
                worst <= target.within() ? Finding.HOLDS : Finding.INCONCLUSIVE,
                Line.of(
                        "within %s after %d seeds and %d looks",
                        Double.isInfinite(worst) ? "no bound" : Unit.SHARE.text(worst),
                        seeds,
                        look));
    }
}
