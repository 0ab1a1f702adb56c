package cairn.experiment.interval;

/**
 * A computation that takes checkpoints and fails.
 *
 * @param workNanos how long it would take without either; 500 h
 * @param checkpointNanos what a checkpoint takes; 5 min
 * @param restartNanos what a restart takes, during which it may fail again; 10 min
 * @param mtbfNanos mean time between failures; 24 h
 * @param shape of the failure law, a Weibull law with that mean; 1 is exponential, below 1 failures
 *     cluster
 * @param rule who says how long to work between checkpoints
 * @param intervalNanos that time, where it is given; 2 h
 * @param times the time that the rule says is multiplied by this; 1
 */
public record RestartSettings(
        long workNanos,
        long checkpointNanos,
        long restartNanos,
        long mtbfNanos,
        double shape,
        Rule rule,
        long intervalNanos,
        double times) {

    private static final long MINUTE = 60_000_000_000L;
    private static final long HOUR = 60 * MINUTE;

    /** A day between failures, five minutes for a checkpoint (Daly 2006, figures 3 to 5). */
    public static final RestartSettings DEFAULT =
            new RestartSettings(
                    500 * HOUR, 5 * MINUTE, 10 * MINUTE, 24 * HOUR, 1, Rule.EXACT, 2 * HOUR, 1);

    /** Who says how long to work between two checkpoints. */
    public enum Rule {
        GIVEN,
        YOUNG,
        DALY,
        EXACT
    }

    public RestartSettings {
        if (workNanos < 1 || checkpointNanos < 1 || mtbfNanos < 1 || intervalNanos < 1) {
            throw new IllegalArgumentException(
                    "workNanos, checkpointNanos, mtbfNanos and intervalNanos are above zero: "
                            + workNanos
                            + ", "
                            + checkpointNanos
                            + ", "
                            + mtbfNanos
                            + ", "
                            + intervalNanos);
        }
        if (restartNanos < 0) {
            throw new IllegalArgumentException(
                    "restartNanos must not be negative: " + restartNanos);
        }
        if (!(shape >= 0.1 && shape <= 100)) {
            throw new IllegalArgumentException("shape lies in [0.1, 100]: " + shape);
        }
        if (!(times > 0 && times <= 1e6)) {
            throw new IllegalArgumentException("times lies in (0, 1e6]: " + times);
        }
    }

    /** Work between two checkpoints, in nanoseconds. */
    public long segmentNanos() {
        double checkpoint = (double) checkpointNanos;
        double mtbf = (double) mtbfNanos;
        double interval =
                switch (rule) {
                    case GIVEN -> (double) intervalNanos;
                    case YOUNG -> CheckpointInterval.young(checkpoint, mtbf);
                    case DALY -> CheckpointInterval.daly(checkpoint, mtbf);
                    case EXACT -> CheckpointInterval.exact(checkpoint, mtbf);
                };
        return Math.max(1, Math.round(times * interval));
    }
}
