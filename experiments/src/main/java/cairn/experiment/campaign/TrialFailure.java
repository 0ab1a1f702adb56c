package cairn.experiment.campaign;

/**
 * The tool itself broke in a trial. The message names the command that shows it again; the cause is
 * what was thrown.
 */
public final class TrialFailure extends RuntimeException {

    private static final long serialVersionUID = 1;

    TrialFailure(String command, Throwable cause) {
        super(cause + " in " + command, cause);
    }
}
