package cairn.experiment.campaign;

/**
 * The tool itself broke in a trial. The message names the command that shows it again; the cause is
 * what was thrown.
 */
public final class TrialFailure extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final String command;

    TrialFailure(String command, Throwable cause) {
        super(cause + " in " + command, cause);
        this.command = command;
    }

    /** The command that shows it again. */
    public String command() {
        return command;
    }
}
