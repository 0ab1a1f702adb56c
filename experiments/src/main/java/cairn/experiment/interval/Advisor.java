package cairn.experiment.interval;

import cairn.experiment.interval.RestartSettings.Rule;
import cairn.experiment.trial.Outcome;
import cairn.fault.SeededChoices;

import java.util.ArrayList;
import java.util.List;

/**
 * Finds, for a state, a rate at which it is dirtied, a failure law and a level of storage, how long
 * to work between checkpoints: by Young, by Daly, and by simulation, which knows that an
 * incremental checkpoint grows with the interval and that failures may cluster.
 */
public final class Advisor {

    /** Enough failures in each run for a mean, and enough runs to see a difference. */
    private static final int FAILURES = 60;

    private static final int SEEDS = 40;

    /** A share of the time that is work, below which nobody would call it work. */
    public static final double HOPELESS = 0.001;

    private static final double STEP = Math.pow(2, 0.25);
    private static final int STEPS_BELOW = 24;
    private static final int STEPS_ABOVE = 8;

    private final Need need;

    /**
     * What is to be protected.
     *
     * @param stateBytes all of it
     * @param dirtyBytesPerNano how fast it is written to, counted once for each interval; infinity
     *     if checkpoints hold all of it
     * @param mtbfNanos mean time between failures
     * @param shape of the failure law, 1 for an exponential one
     * @param restartNanos what a restart takes beside reading the state
     */
    public record Need(
            double stateBytes,
            double dirtyBytesPerNano,
            long mtbfNanos,
            double shape,
            long restartNanos) {}

    /**
     * What is best at one level; times in nanoseconds.
     *
     * @param incremental whether a checkpoint holds what changed and not all
     * @param checkpoint what one takes at the simulated optimum
     * @param efficiency the share of the time that is work at the simulated optimum
     */
    public record Advice(
            StorageLevel level,
            boolean incremental,
            double checkpoint,
            double young,
            double daly,
            double simulated,
            double efficiency,
            double efficiencyOfYoung,
            double efficiencyOfDaly) {}

    public Advisor(Need need) {
        this.need = need;
    }

    /** Advice for a level, with checkpoints that hold all of the state or what changed. */
    public Advice advise(StorageLevel level, boolean incremental) {
        double mtbf = (double) need.mtbfNanos();
        // The formulas know one cost: that of a checkpoint at their own interval.
        double young = fixedPoint(level, incremental, true, mtbf);
        double daly = fixedPoint(level, incremental, false, mtbf);
        List<Double> intervals = new ArrayList<>(around(daly, incremental ? least(level) : daly));
        // Young's is no step of the search, and what is called best is no worse than it.
        intervals.add(young);
        if (efficiency(level, incremental, daly) < HOPELESS
                && efficiency(level, incremental, intervals.getFirst()) < HOPELESS) {
            // No interval in between is worth the many failures that it takes to say so.
            intervals.clear();
            intervals.add(daly);
        }
        double best = daly;
        double most = -1;
        for (double interval : intervals) {
            double efficiency = efficiency(level, incremental, interval);
            if (efficiency > most) {
                most = efficiency;
                best = interval;
            }
        }
        return new Advice(
                level,
                incremental,
                (double) checkpoint(level, incremental, best),
                young,
                daly,
                best,
                most,
                efficiency(level, incremental, young),
                efficiency(level, incremental, daly));
    }

    private double fixedPoint(
            StorageLevel level, boolean incremental, boolean byYoung, double mtbf) {
        double interval = mtbf / 10;
        for (int i = 0; i < 100; i++) {
            double cost = (double) checkpoint(level, incremental, interval);
            interval =
                    byYoung
                            ? CheckpointInterval.young(cost, mtbf)
                            : CheckpointInterval.daly(cost, mtbf);
        }
        return Math.max(1, interval);
    }

    /**
     * The shortest interval to try where a checkpoint is the smaller the sooner it comes: what each
     * one costs beside its bytes. It is never so short that a run would have more events than it
     * may.
     */
    private double least(StorageLevel level) {
        double counted = (double) need.mtbfNanos() * FAILURES / (CheckpointRestart.MOST_EVENTS / 2);
        return Math.max((double) level.nanos(0), counted);
    }

    /** Intervals around one and down to the least, each a step longer than the one before. */
    private static List<Double> around(double interval, double least) {
        var intervals = new ArrayList<Double>();
        int below = STEPS_BELOW;
        while (interval * Math.pow(STEP, -below) > least) {
            below++;
        }
        for (int i = -below; i <= STEPS_ABOVE; i++) {
            intervals.add(Math.max(1, interval * Math.pow(STEP, i)));
        }
        return intervals;
    }

    private long checkpoint(StorageLevel level, boolean incremental, double interval) {
        double changed =
                incremental
                        ? Math.min(need.stateBytes(), need.dirtyBytesPerNano() * interval)
                        : need.stateBytes();
        return level.nanos(changed);
    }

    /**
     * Under the same seeds for all intervals, so that they differ by nothing but the interval. Of
     * what is hopeless the first seed says enough: such a run has millions of failures.
     */
    private double efficiency(StorageLevel level, boolean incremental, double interval) {
        var model =
                new CheckpointRestart(
                        new RestartSettings(
                                Math.multiplyExact(need.mtbfNanos(), (long) FAILURES),
                                checkpoint(level, incremental, interval),
                                need.restartNanos() + level.nanos(need.stateBytes()),
                                need.mtbfNanos(),
                                need.shape(),
                                Rule.GIVEN,
                                Math.max(1, Math.round(interval)),
                                1));
        double useful = 0;
        double wall = 0;
        for (int seed = 1; seed <= SEEDS; seed++) {
            Outcome outcome = model.run(new SeededChoices(seed), null);
            useful += (double) outcome.breakdown().useful();
            wall += (double) outcome.breakdown().wall();
            if (useful < HOPELESS * wall) {
                break;
            }
        }
        return wall == 0 ? 0 : useful / wall;
    }
}
