package cairn.experiment.command;

import cairn.report.Finding;

/** What a command's exit code says. */
public final class ExitCode {

    public static final int HOLDS = 0;
    public static final int VIOLATED = 1;
    public static final int WRONG_INPUT = 2;
    public static final int INCONCLUSIVE = 3;
    public static final int BROKEN = 70;
    public static final int INTERRUPTED = 130;

    private ExitCode() {}

    static int of(Finding finding) {
        return switch (finding) {
            case HOLDS -> HOLDS;
            case VIOLATED -> VIOLATED;
            case INCONCLUSIVE, NOT_PROMISED -> INCONCLUSIVE;
        };
    }
}
