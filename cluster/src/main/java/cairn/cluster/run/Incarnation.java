package cairn.cluster.run;

import cairn.cluster.control.Condition;
import cairn.cluster.control.Order;
import cairn.cluster.control.Pipe;
import cairn.cluster.control.Report;
import cairn.model.NodeId;
import cairn.model.Observation;

import org.jspecify.annotations.Nullable;

import java.io.IOException;

/**
 * One process of a place, and what is known of it. Used by the thread that steers the cluster, but
 * for its own thread, which hears what the process says.
 */
final class Incarnation {

    private final Process process;
    private final NodeId place;
    private final int number;
    private final Pipe pipe;
    private final ClockOffset clock = new ClockOffset();
    private long pid = -1;
    private boolean joined;
    private int seen;
    private boolean begun;
    private boolean stopped;
    private boolean killed;
    private @Nullable Process guard;
    private @Nullable String brokenBy;
    private volatile boolean booted;
    private volatile String reason = "ended by itself";

    /** Who is told what the process says, on a thread of its own. */
    interface Listener {

        /** Nanoseconds since the run began. */
        long now();

        void observed(Observation observation);

        /** Something else than an observation. */
        void reported(Report report);

        /** It ended, after all that it said. */
        void ended();
    }

    /**
     * A process that was started.
     *
     * @param number how many its place had before
     */
    Incarnation(Process process, NodeId place, int number) {
        this.process = process;
        this.place = place;
        this.number = number;
        this.pipe = new Pipe(process.getInputStream(), process.getOutputStream());
    }

    /** Hears what the process says from now on until it ends. */
    void listen(Listener listener) {
        Thread.ofPlatform()
                .daemon()
                .name("reports of " + place)
                .start(() -> {
                    hear(listener);
                    listener.ended();
                });
    }

    private void hear(Listener listener) {
        try {
            while (pipe.receive() instanceof Report report) {
                if (report instanceof Report.Seen(Observation observation)) {
                    if (observation instanceof Observation.Booted) {
                        booted = true;
                    }
                    listener.observed(observation);
                } else {
                    if (report instanceof Report.Pong(long theirs)) {
                        clock.answered(theirs, System.nanoTime());
                    }
                    listener.reported(report);
                }
            }
        } catch (IOException e) {
            // A pipe that breaks is that of a process that ended.
        }
        await(process);
        if (booted) {
            // After all that it said.
            listener.observed(new Observation.Ended(listener.now(), place, number, reason));
        }
    }

    // ---- what it said

    void started(long itsPid) {
        pid = itsPid;
    }

    void joined() {
        joined = true;
    }

    /** So many members are in the view that it has itself. */
    void sees(int members) {
        seen = members;
    }

    void halts(String why) {
        reason = why;
    }

    void breaks(String why) {
        brokenBy = why;
    }

    /** It said its last words, or is to say none. */
    void stopped() {
        stopped = true;
    }

    int number() {
        return number;
    }

    boolean hasStarted() {
        return pid >= 0;
    }

    boolean hasJoined() {
        return joined;
    }

    boolean hasBegun() {
        return begun;
    }

    int seen() {
        return seen;
    }

    boolean isKilled() {
        return killed;
    }

    boolean isStopped() {
        return stopped;
    }

    /** Whether its end was asked for. */
    boolean isToEnd() {
        return stopped || killed;
    }

    /** Why it could not go on; {@code null} if it could. */
    @Nullable String brokenBy() {
        return brokenBy;
    }

    /** How its host's monotonic clock differs from that of this one. */
    ClockOffset clock() {
        return clock;
    }

    /** How far it is, in a few words. */
    String state() {
        if (begun) {
            return "runs, and sees " + seen;
        }
        return joined ? "has joined" : pid < 0 ? "is being started" : "is joining";
    }

    /** With which code it ended. */
    int exitCode() {
        // Who waited for it was interrupted, and wants no more of it.
        return process.isAlive() ? 0 : process.exitValue();
    }

    // ---- what is asked of it

    void order(Order order) {
        try {
            pipe.send(order);
        } catch (IOException e) {
            // It is dead or dies; its end is reported by itself.
            return;
        }
    }

    /** A host's monotonic clock counts from when that host was started. */
    void askClock() {
        clock.asked(System.nanoTime());
        order(new Order.Ping());
    }

    /**
     * Lets its node begin.
     *
     * @param zeroNanos when the run began, by this host's monotonic clock
     * @param condition of its machine now
     */
    void begin(long zeroNanos, Condition condition) {
        begun = true;
        order(new Order.Go(zeroNanos + clock.aheadNanos(), condition));
    }

    /** Stops it by the operating system. */
    void pause(Machines machines) throws IOException {
        guard = machines.pause(place.index(), pid);
    }

    /** Lets it go on, if it was stopped. */
    void release() throws IOException {
        if (guard != null) {
            guard.getOutputStream().close();
            await(guard);
        }
    }

    /** Kills it, and returns when it is dead: what follows must not find it at work. */
    void kill(String why) {
        reason = why;
        killed = true;
        process.destroyForcibly();
        if (guard != null) {
            guard.destroyForcibly();
        }
        await(process);
    }

    private static void await(Process ending) {
        try {
            ending.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
