package cairn.experiment.interval;

/**
 * The best time of work between two checkpoints, by three formulas, and what any such time costs.
 * All times are in the same unit, whichever; work excludes the checkpoint itself.
 *
 * <p>The cost of a checkpoint is d, the mean time between failures is M, and failures are
 * exponential. They may strike during work, checkpoints and restarts alike.
 */
public final class CheckpointInterval {

    private CheckpointInterval() {}

    /**
     * The first-order optimum sqrt(2 d M); J. W. Young, A first order approximation to the optimum
     * checkpoint interval, CACM 17(9), 1974.
     */
    public static double young(double checkpoint, double mtbf) {
        check(checkpoint, mtbf);
        return Math.sqrt(2 * checkpoint * mtbf);
    }

    /**
     * The higher-order optimum sqrt(2 d M) (1 + sqrt(d / 2M) / 3 + (d / 2M) / 9) - d for d below 2
     * M, and M from there on; J. T. Daly, A higher order estimate of the optimum checkpoint
     * interval for restart dumps, FGCS 22, 2006, equation 37.
     */
    public static double daly(double checkpoint, double mtbf) {
        check(checkpoint, mtbf);
        if (checkpoint >= 2 * mtbf) {
            return mtbf;
        }
        double ratio = checkpoint / (2 * mtbf);
        return Math.sqrt(2 * checkpoint * mtbf) * (1 + Math.sqrt(ratio) / 3 + ratio / 9)
                - checkpoint;
    }

    /**
     * The minimum of {@link #runTime}: M (1 + W(-exp(-d / M - 1))), W being Lambert's; from setting
     * the derivative of the run time to zero.
     */
    public static double exact(double checkpoint, double mtbf) {
        check(checkpoint, mtbf);
        return mtbf * (1 + LambertW.of(-Math.exp(-checkpoint / mtbf - 1)));
    }

    /**
     * The expected time until so much work is done, M exp(R/M) (exp((t + d)/M) - 1) Ts / t (Daly
     * 2006), with a restart of R after each failure.
     */
    public static double runTime(
            double work, double interval, double checkpoint, double restart, double mtbf) {
        check(checkpoint, mtbf);
        if (!(work > 0) || !(interval > 0) || !(restart >= 0)) {
            throw new IllegalArgumentException(
                    "work and interval are above zero, a restart is not below: "
                            + work
                            + ", "
                            + interval
                            + ", "
                            + restart);
        }
        return mtbf
                * Math.exp(restart / mtbf)
                * Math.expm1((interval + checkpoint) / mtbf)
                * work
                / interval;
    }

    /** The share of the run time that is work. */
    public static double efficiency(
            double interval, double checkpoint, double restart, double mtbf) {
        return 1 / runTime(1, interval, checkpoint, restart, mtbf);
    }

    private static void check(double checkpoint, double mtbf) {
        if (!(checkpoint > 0) || !(mtbf > 0)) {
            throw new IllegalArgumentException(
                    "a checkpoint and the time between failures are above zero: "
                            + checkpoint
                            + ", "
                            + mtbf);
        }
    }
}
