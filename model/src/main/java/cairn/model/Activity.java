package cairn.model;

/**
 * What a protected application spends a nanosecond on. Each nanosecond of a run counts as exactly
 * one of these; the sum is the wall time.
 */
public enum Activity {
    /** It does, or stands ready to do, what it is there for. */
    USEFUL,
    /** It is stopped so that a checkpoint can be taken. */
    CHECKPOINT_PAUSE,
    /** It is stopped at a store to a protected page. */
    FAULT_STALL,
    /** It waits for a log. */
    LOGGING,
    /** It was useful until a failure undid it. */
    LOST,
    /** Its state is fetched and rebuilt. */
    RESTART,
    /** No instance of it runs. */
    DOWN
}
