package cairn.cluster.node;

import cairn.cluster.group.Kind;
import cairn.model.Observation;
import cairn.model.choice.Choices;
import cairn.model.fault.Moment;

import java.util.concurrent.ScheduledExecutorService;

/** Where a node runs: the time, the way to others, and those who watch. */
public interface Site {

    Timekeeper time();

    /** Runs what is due at some time; for short actions. */
    ScheduledExecutorService timers();

    Choices choices();

    /** What a disk is at. */
    enum Device {
        /** A call that does not wait for the device. */
        CALL,
        SYNC,
        DIRECTORY_SYNC,
        READ
    }

    /**
     * The time in nanoseconds that the disk takes beside the real one's: none, where time is real.
     */
    default long deviceNanos(Device work) {
        return 0;
    }

    /** Shorter waits of emulated hardware are over before a thread could wake up. */
    default long shortWaitNanos() {
        return 50_000;
    }

    /** Sends something from a place to another. */
    void send(Kind kind, int from, int to, Object content);

    /** Tells what happened; known for sure to those who watch after {@link #flush}. */
    void observe(Observation observation);

    /** Something happened that a fault may wait for. */
    void moment(Moment moment);

    /**
     * Called before anything leaves the process: whoever kills it then does not take away what it
     * claimed before.
     */
    void flush();

    /** The node wants to end. */
    void halt(String reason);

    /** The node threw what it should not. */
    void broken(Throwable thrown);
}
