package cairn.experiment.models;

import cairn.experiment.trial.Outcome;
import cairn.report.Breakdown;
import cairn.report.Counts;
import cairn.report.DurationHistogram;
import cairn.report.Finding;
import cairn.report.PropertyOutcome;
import cairn.report.Throughput;
import cairn.simulator.kernel.Kernel;

import java.util.HexFormat;
import java.util.List;
import java.util.function.BooleanSupplier;

/** What a model counts while it runs. */
final class Tally {

    private final DurationHistogram.Recorder latencies = new DurationHistogram.Recorder();
    private long requests;
    private long checkpoints;
    private long stableBytes;
    private long networkBytes;

    void request(long nanos) {
        requests++;
        latencies.record(nanos);
    }

    void checkpoint(long bytes) {
        checkpoints++;
        stableBytes += bytes;
    }

    void sent(long bytes) {
        networkBytes += bytes;
    }

    /** Runs until nothing is left to do; it is live if all was answered then. */
    Outcome run(Kernel kernel, BooleanSupplier isFinished) {
        while (kernel.step()) {
            // All happens in events.
        }
        return outcome(kernel, isFinished.getAsBoolean());
    }

    /** The outcome of a run that has nothing left to do; it is live if all was answered. */
    Outcome outcome(Kernel kernel, boolean finished) {
        return new Outcome(
                HexFormat.of().toHexDigits(kernel.digest()),
                kernel.now(),
                new Counts(kernel.dispatched(), requests, checkpoints, stableBytes, networkBytes),
                List.of(
                        finished
                                ? new PropertyOutcome("LIVE", Finding.HOLDS, 1, "")
                                : new PropertyOutcome(
                                        "LIVE",
                                        Finding.VIOLATED,
                                        0,
                                        "only " + requests + " were answered")),
                latencies.toHistogram(),
                DurationHistogram.EMPTY,
                DurationHistogram.EMPTY,
                Throughput.NONE,
                List.of(),
                Breakdown.NONE);
    }
}
