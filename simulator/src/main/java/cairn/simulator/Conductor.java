package cairn.simulator;

/**
 * Somebody outside of a run who decides, at simulated moments, what its clients ask and what goes
 * wrong: a test harness. Called on the thread of the run; what it decides must follow from what it
 * was told and from answers to choices, or the run cannot be repeated.
 */
public interface Conductor {

    /** The run begins: all machines have been started, and no time has passed. */
    void begin(Stage stage);

    /** A moment has come that was asked for with {@link Stage#wakeAt}. */
    void woken(long token);

    /** A client has the answer to what it was last told to ask. */
    void answered(int client, long result);

    /** Whether nothing more will be decided: everything is healed then, settles, and ends. */
    boolean isOver();
}
