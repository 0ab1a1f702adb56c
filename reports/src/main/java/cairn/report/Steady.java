package cairn.report;

import cairn.report.statistics.BatchMeans;
import cairn.report.statistics.Estimate;
import cairn.report.statistics.Statistics;
import cairn.report.statistics.Unit;
import cairn.report.statistics.WarmUp;

import java.util.Arrays;
import java.util.Optional;

/**
 * The throughput at which a single run settles: what it does while it warms up is left out, and the
 * interval is of batch means, because neighbouring steps of one run depend on each other.
 *
 * @param warmUpNanos how long it took to settle
 * @param throughput in requests per second; its n is the number of batches
 */
record Steady(double warmUpNanos, Estimate throughput) {

    /**
     * Of a run that no fault struck; empty if it does not settle, is too short, or its batches
     * still depend on each other, so that the interval would be too narrow.
     */
    static Optional<Steady> of(TrialResult trial) {
        Throughput course = trial.throughput();
        // The last step that the run filled; after it, clients stop one by one.
        int whole = (int) Math.min(course.buckets(), course.spanNanos() / course.bucketNanos());
        if (!trial.faults().isEmpty() || whole < 2 * BatchMeans.USUAL) {
            return Optional.empty();
        }
        double[] series = new double[whole];
        Arrays.setAll(series, course::perSecond);
        WarmUp warmUp = WarmUp.of(series);
        double[] settled = Arrays.copyOfRange(series, warmUp.drop(), whole);
        if (!warmUp.settled() || settled.length < BatchMeans.USUAL) {
            return Optional.empty();
        }
        BatchMeans means = BatchMeans.of(settled, BatchMeans.USUAL, Statistics.CONFIDENCE);
        double independent = 2 / Math.sqrt(BatchMeans.USUAL);
        // An interval that reaches below zero is of a run that had hardly begun to answer.
        return means.neighbours() > independent || means.mean().low() <= 0
                ? Optional.empty()
                : Optional.of(
                        new Steady((double) warmUp.drop() * course.bucketNanos(), means.mean()));
    }

    /** For a caption. */
    String text() {
        return Unit.PER_SECOND.text(throughput.value())
                + " ("
                + Unit.PER_SECOND.text(throughput.low())
                + " to "
                + Unit.PER_SECOND.text(throughput.high())
                + ", n = "
                + throughput.n()
                + " batches) after a warm-up of "
                + Unit.NANOSECONDS.text(warmUpNanos);
    }
}
