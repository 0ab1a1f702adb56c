package cairn.experiment.toy;

/** Settings of every kind that a record can have. */
public record ForgetfulSettings(Answer answer, long pauseNanos, boolean loud, int logBytes) {

    /** When the answer leaves. */
    public enum Answer {
        AT_ONCE,
        AFTER_PAUSE
    }

    public static final ForgetfulSettings DEFAULT =
            new ForgetfulSettings(Answer.AT_ONCE, 1_500, true, 4_096);

    public ForgetfulSettings {
        if (pauseNanos < 0 || pauseNanos > 1_000_000) {
            throw new IllegalArgumentException(
                    "pauseNanos is at most a millisecond: " + pauseNanos);
        }
    }
}
