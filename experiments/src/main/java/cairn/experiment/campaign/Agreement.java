package cairn.experiment.campaign;

import cairn.experiment.definition.Expected;
import cairn.experiment.file.Line;
import cairn.report.Finding;
import cairn.report.VariantResult;
import cairn.report.statistics.Estimate;
import cairn.report.statistics.Sample;
import cairn.report.statistics.Statistics;
import cairn.report.statistics.Unit;

import org.jspecify.annotations.Nullable;

/**
 * A simulated mean held against a published figure.
 *
 * @param simulated the mean with its interval; {@code null} if no trial has the figure
 * @param allowed how far from the published figure it may lie: the tolerance, or three standard
 *     errors if that is more
 */
public record Agreement(Expected.Published expected, @Nullable Estimate simulated, double allowed) {

    /** The agreement of a variant. */
    public static Agreement of(Expected.Published expected, VariantResult variant) {
        Sample sample = expected.measure().sample(variant);
        if (sample.size() == 0) {
            return new Agreement(expected, null, expected.tolerance());
        }
        double errors = 3 * Statistics.deviation(sample) / Math.sqrt(sample.size());
        return new Agreement(
                expected,
                Statistics.mean(sample, Statistics.CONFIDENCE),
                Math.max(expected.tolerance(), errors));
    }

    public Finding finding() {
        if (simulated == null) {
            return Finding.INCONCLUSIVE;
        }
        return Math.abs(simulated.value() - expected.published()) <= allowed
                ? Finding.HOLDS
                : Finding.VIOLATED;
    }

    /** By how much the simulated mean is larger, as a share of the published one. */
    public double deviation() {
        return simulated == null ? Double.NaN : simulated.value() / expected.published() - 1;
    }

    String text() {
        Unit unit = expected.measure().unit();
        return simulated == null
                ? "no trial has it"
                : Line.of("%s, %+.2f %%", unit.text(simulated.value()), 100 * deviation());
    }
}
