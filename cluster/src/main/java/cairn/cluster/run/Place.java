package cairn.cluster.run;

import cairn.cluster.control.Condition;
import cairn.cluster.control.DiskTrouble;
import cairn.cluster.control.Holdings;
import cairn.cluster.control.Order;
import cairn.cluster.control.Past;
import cairn.cluster.control.Report;
import cairn.cluster.node.NodeProcess;
import cairn.model.Fact;
import cairn.model.Hardware;
import cairn.model.NodeId;
import cairn.model.Observation;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/**
 * One place of the protocol, what is wrong with its machine, and the process that is it now. Used
 * by the thread that steers the cluster alone; only reports that say what was observed are taken
 * where they arrive.
 */
final class Place {

    private final int index;
    private final Hardware hardware;
    private final Steering steering;
    private @Nullable Incarnation running;
    private int incarnation = -1;
    private int downCauses;
    private int pauseCauses;
    private int shortages;

    /** What an earlier run left in the folder is not this one's. */
    private Past past = Past.BLANK;

    private Condition condition = Condition.WELL;
    private long clockErrorNanos;
    private Order.Links links = new Order.Links(0, Map.of());
    private Report.@Nullable Stopped last;
    private boolean measuring;

    /** Whether a process of it claimed that receipts are logged; known to all its threads. */
    private volatile boolean logs;

    private @Nullable Holdings holdings;

    /** What a place needs of the cluster. */
    interface Steering {

        Machines machines();

        /** Starts a process for a place. */
        Process start(int place) throws IOException;

        /** Where the standard error of a place's processes goes. */
        Path log(int place);

        Order.Enrol enrolment(
                int place, int incarnation, Past past, boolean logs, Order.Links links);

        /** When the run began; negative while it has not. */
        long zeroNanos();

        /** Nanoseconds since the run began. */
        long now();

        void observe(Observation observation);

        /** A report, as it arrives; handed on to the thread that steers. */
        void reported(Place place, Incarnation from, Report report);

        /** The process of a place ended; handed on to the thread that steers. */
        void ended(Place place, Incarnation from);

        /** Does something after a delay, on the thread that steers. */
        void later(long delayNanos, Runnable action);

        /** How long after it ended by itself a process is started again. */
        long restartNanos();

        /** The run cannot go on. */
        void fail(String reason);
    }

    Place(int index, Hardware hardware, Steering steering) {
        this.index = index;
        this.hardware = hardware;
        this.steering = steering;
    }

    int index() {
        return index;
    }

    Hardware hardware() {
        return hardware;
    }

    boolean hasJoined() {
        return running != null && running.hasJoined();
    }

    /** How many members are in the view that its process has itself. */
    int seen() {
        return running == null ? 0 : running.seen();
    }

    /** Whether it has a process that was not killed. */
    boolean hasProcess() {
        return running != null && !running.isKilled();
    }

    /** Whether its node runs, for all that is known. */
    boolean isUp() {
        return running != null && running.hasBegun();
    }

    /** How far it is, in a few words. */
    String state() {
        if (running == null) {
            return downCauses > 0 ? "is held down" : "is to be started";
        }
        return running.state();
    }

    Report.@Nullable Stopped lastWords() {
        return last;
    }

    // ---- processes

    /** Starts a process, unless something keeps the place down. */
    void start() {
        if (downCauses > 0 || running != null) {
            return;
        }
        if (shortages > 0) {
            steering.later(Math.max(steering.restartNanos(), 100_000_000L), this::start);
            return;
        }
        try {
            incarnation++;
            Incarnation fresh =
                    new Incarnation(steering.start(index), new NodeId(index), incarnation);
            running = fresh;
            fresh.listen(new Listening(fresh));
        } catch (IOException e) {
            steering.fail("n" + index + " cannot be started: " + e.getMessage());
        }
    }

    /** What a process says, handed on. */
    private final class Listening implements Incarnation.Listener {

        private final Incarnation from;

        Listening(Incarnation from) {
            this.from = from;
        }

        @Override
        public long now() {
            return steering.now();
        }

        @Override
        public void observed(Observation observation) {
            if (observation instanceof Observation.Claimed claimed
                    && claimed.fact() instanceof Fact.Logged) {
                logs = true;
            }
            steering.observe(observation);
        }

        @Override
        public void reported(Report report) {
            steering.reported(Place.this, from, report);
        }

        @Override
        public void ended() {
            steering.ended(Place.this, from);
        }
    }

    /** Something that a process said; of a former process, nothing is wanted. */
    void reported(Incarnation from, Report report) {
        if (from != running) {
            return;
        }
        switch (report) {
            case Report.Started(long pid) -> {
                from.started(pid);
                order(steering.enrolment(index, from.number(), past, logs, links));
            }
            case Report.Joined _ -> {
                if (from.isKilled()) {
                    // What has struck since is for the next process to find.
                    return;
                }
                past = Past.KEPT;
                if (steering.machines().isLocal()) {
                    joined(from);
                } else {
                    from.askClock();
                }
            }
            case Report.Pong _ -> {
                if (from.clock().isKnown()) {
                    joined(from);
                } else {
                    from.askClock();
                }
            }
            case Report.Halting(String reason) -> from.halts(reason);
            case Report.Broken(String reason) -> from.breaks(reason);
            case Report.Held(Holdings now) -> {
                measuring = false;
                holdings = now;
            }
            case Report.Stopped stopped -> {
                last = stopped;
                from.stopped();
            }
            case Report.Viewed(long _, var members) -> from.sees(members.size());
            case Report.Seen _, Report.Reached _, Report.Spoilt _ -> {
                // Others want these.
            }
        }
    }

    private void joined(Incarnation from) {
        from.joined();
        clockErrorNanos = Math.max(clockErrorNanos, from.clock().errorNanos());
        begin();
    }

    /** How far what its processes say of the time may be off at most; zero on this machine. */
    long clockErrorNanos() {
        return clockErrorNanos;
    }

    /** Lets the node begin, once the process has joined and the run has begun. */
    void begin() {
        if (running != null
                && running.hasJoined()
                && !running.hasBegun()
                && steering.zeroNanos() >= 0) {
            running.begin(steering.zeroNanos(), condition);
            if (measuring) {
                order(new Order.Measure());
            }
            if (pauseCauses > 0) {
                standStill(true);
            }
        }
    }

    /** The process ended: it is started again unless it is to stay down. */
    void ended(Incarnation from) {
        if (from != running) {
            return;
        }
        running = null;
        int code = from.exitCode();
        if (from.brokenBy() != null) {
            steering.fail("n" + index + " ended with code " + code + ": " + from.brokenBy());
        } else if (!from.isToEnd() && (!from.hasJoined() || code != NodeProcess.HALTED)) {
            steering.fail(
                    "n"
                            + index
                            + " ended with code "
                            + code
                            + (from.hasJoined() ? "" : " before it joined")
                            + ": see "
                            + steering.log(index));
        } else if (!from.isStopped() && downCauses == 0) {
            steering.later(steering.restartNanos(), this::start);
        }
    }

    private void kill(String reason) {
        if (running != null) {
            running.kill(reason);
        }
    }

    private void order(Order order) {
        if (running != null) {
            running.order(order);
        }
    }

    private void orderIfBegun(Order order) {
        if (isUp()) {
            order(order);
        }
    }

    // ---- what goes wrong

    void crash(String reason, Past since) {
        downCauses++;
        past = past.compareTo(since) < 0 ? since : past;
        kill(reason);
    }

    void revive() {
        if (--downCauses == 0) {
            // Not before the former process was found dead: its end starts the next one.
            if (running == null) {
                start();
            }
        }
    }

    void starve() {
        shortages++;
        kill("out of memory");
    }

    void feed() {
        shortages--;
    }

    void pause() {
        if (pauseCauses++ == 0) {
            standStill(true);
        }
    }

    void resume() {
        if (--pauseCauses == 0) {
            standStill(false);
        }
    }

    /**
     * A process is stopped by the operating system; but where its RDMA interface serves the memory
     * of this machine to others, only its node stands still, as the interface goes on.
     */
    private void standStill(boolean still) {
        if (running == null || !running.hasBegun()) {
            return;
        }
        if (hardware.persistentBytes() > 0) {
            order(new Order.Hold(still));
            return;
        }
        try {
            if (still) {
                running.pause(steering.machines());
            } else {
                running.release();
            }
        } catch (IOException e) {
            steering.fail("n" + index + ": " + e.getMessage());
        }
    }

    void trouble(DiskTrouble now) {
        condition = condition.with(now);
        orderIfBegun(new Order.DiskState(now));
    }

    DiskTrouble trouble() {
        return condition.disk();
    }

    void rotDisk() {
        orderIfBegun(new Order.RotDisk());
    }

    void truncateFile() {
        orderIfBegun(new Order.TruncateFile());
    }

    void rotMemory(long address, long length) {
        orderIfBegun(new Order.RotMemory(address, length));
    }

    void resetNic() {
        if (hardware.nic()) {
            orderIfBegun(new Order.ResetNic());
        }
    }

    void jumpClock(long nanos) {
        condition = condition.jumpedBy(nanos);
        orderIfBegun(new Order.ClockState(nanos, condition.clockGain()));
    }

    void drift(long gainPartsPerMillion) {
        condition = condition.gaining(gainPartsPerMillion);
        orderIfBegun(new Order.ClockState(0, gainPartsPerMillion));
    }

    void links(Order.Links now) {
        links = now;
        if (running != null && running.hasStarted()) {
            order(now);
        }
    }

    // ---- what its process holds

    /** Asks its process, or the next one if it ends before it answers. */
    void measure() {
        measuring = true;
        holdings = null;
        orderIfBegun(new Order.Measure());
    }

    /** What its process said that it holds since it was last asked. */
    @Nullable Holdings holdings() {
        return holdings;
    }

    // ---- the end

    /** Asks for its last words. */
    void stop() {
        if (isUp()) {
            order(new Order.Stop());
        }
    }

    /** Ends the process for good. */
    void close() {
        downCauses++;
        if (running != null) {
            running.stopped();
        }
        kill("the run is over");
    }
}
