package cairn.experiment.trial;

/**
 * What theories of the checkpoint interval know of a run: it works, takes a checkpoint, fails now
 * and then, restarts, and begins anew from its last checkpoint. Times in nanoseconds.
 *
 * @param interval work between two checkpoints
 * @param checkpoint what one takes
 * @param restart from a failure until work goes on
 * @param mtbf mean time between failures
 */
public record Renewal(double interval, double checkpoint, double restart, double mtbf) {

    public Renewal {
        if (!(interval > 0) || !(checkpoint > 0) || !(restart >= 0) || !(mtbf > 0)) {
            throw new IllegalArgumentException(
                    "interval, checkpoint and mtbf are above zero, a restart is not below: "
                            + interval
                            + ", "
                            + checkpoint
                            + ", "
                            + restart
                            + ", "
                            + mtbf);
        }
    }
}
