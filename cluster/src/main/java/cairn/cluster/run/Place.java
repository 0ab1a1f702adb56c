package cairn.cluster.run;

import cairn.cluster.control.Condition;
import cairn.cluster.control.DiskTrouble;
import cairn.cluster.control.Holdings;
import cairn.cluster.control.Order;
import cairn.cluster.control.Past;
import cairn.cluster.control.Pipe;
import cairn.cluster.control.Report;
import cairn.cluster.node.NodeProcess;
import cairn.model.Hardware;
import cairn.model.NodeId;
import cairn.model.Observation;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/**
 * One place of the protocol, and the process that is it now. Used by the thread that steers the
 * cluster alone; only reports that say what was observed are taken where they arrive.
 */
final class Place {

    private final int index;
    private final Hardware hardware;
    private final Steering steering;
    private @Nullable Running running;
    private int incarnation = -1;
    private int downCauses;
    private int pauseCauses;
    private int shortages;

    /** What an earlier run left in the folder is not this one's. */
    private Past past = Past.BLANK;

    private DiskTrouble disk = DiskTrouble.NONE;
    private long clockNanos;
    private long clockErrorNanos;
    private long clockGain;
    private Order.Links links = new Order.Links(0, Map.of());
    private Report.@Nullable Stopped last;
    private boolean measuring;
    private @Nullable Holdings holdings;

    /** What a place needs of the cluster. */
    interface Steering {

        Machines machines();

        /** Where the standard error of a place's processes goes. */
        Path log(int place);

        Order.Enrol enrolment(int place, int incarnation, Past past, Condition condition);

        /** When the run began; negative while it has not. */
        long zeroNanos();

        /** Nanoseconds since the run began. */
        long now();

        void observe(Observation observation);

        /** A report, as it arrives; handed on to the thread that steers. */
        void reported(Place place, Running from, Report report);

        /** The process of a place ended; handed on to the thread that steers. */
        void ended(Place place, Running from);

        /** Does something after a delay, on the thread that steers. */
        void later(long delayNanos, Runnable action);

        /** How long after it ended by itself a process is started again. */
        long restartNanos();

        /** The run cannot go on. */
        void fail(String reason);
    }

    /** One process and what is known of it. */
    static final class Running {
        private final Process process;
        private final Pipe pipe;
        private final int incarnation;
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

        Running(Process process, int incarnation) {
            this.process = process;
            this.incarnation = incarnation;
            this.pipe = new Pipe(process.getInputStream(), process.getOutputStream());
        }
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
        return running != null && running.joined;
    }

    /** How many members are in the view that its process has itself. */
    int seen() {
        return running == null ? 0 : running.seen;
    }

    /** Whether it has a process that was not killed. */
    boolean hasProcess() {
        return running != null && !running.killed;
    }

    /** Whether its node runs, for all that is known. */
    boolean isUp() {
        return running != null && running.begun;
    }

    /** Whether nothing holds it down and it is not up yet. */
    boolean isComing() {
        return downCauses == 0 && !isUp();
    }

    /** How far it is, in a few words. */
    String state() {
        if (running == null) {
            return downCauses > 0 ? "is held down" : "is to be started";
        }
        if (running.begun) {
            return "runs, and sees " + running.seen;
        }
        return running.joined ? "has joined" : running.pid < 0 ? "is being started" : "is joining";
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
            Running fresh =
                    new Running(
                            steering.machines()
                                    .start(index, NodeProcess.class, steering.log(index)),
                            incarnation);
            running = fresh;
            Thread.ofPlatform().daemon().name("reports of n" + index).start(() -> read(fresh));
        } catch (IOException e) {
            steering.fail("n" + index + " cannot be started: " + e.getMessage());
        }
    }

    private void read(Running from) {
        try {
            while (from.pipe.receive() instanceof Report report) {
                if (report instanceof Report.Seen(Observation observation)) {
                    if (observation instanceof Observation.Booted) {
                        from.booted = true;
                    }
                    steering.observe(observation);
                } else {
                    if (report instanceof Report.Pong(long theirs)) {
                        from.clock.answered(theirs, System.nanoTime());
                    }
                    steering.reported(this, from, report);
                }
            }
        } catch (IOException e) {
            // A pipe that breaks is that of a process that ended.
        }
        try {
            from.process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (from.booted) {
            // After all that it said.
            steering.observe(
                    new Observation.Ended(
                            steering.now(), new NodeId(index), from.incarnation, from.reason));
        }
        steering.ended(this, from);
    }

    /** Something that a process said; of a former process, nothing is wanted. */
    void reported(Running from, Report report) {
        if (from != running) {
            return;
        }
        switch (report) {
            case Report.Started(long pid) -> {
                from.pid = pid;
                order(
                        steering.enrolment(
                                index,
                                from.incarnation,
                                past,
                                new Condition(disk, clockNanos, clockGain, links)));
            }
            case Report.Joined _ -> {
                past = Past.KEPT;
                if (steering.machines().isLocal()) {
                    joined(from);
                } else {
                    askClock(from);
                }
            }
            case Report.Pong _ -> {
                if (from.clock.isKnown()) {
                    joined(from);
                } else {
                    askClock(from);
                }
            }
            case Report.Halting(String reason) -> from.reason = reason;
            case Report.Broken(String reason) -> from.brokenBy = reason;
            case Report.Held(Holdings now) -> {
                measuring = false;
                holdings = now;
            }
            case Report.Stopped stopped -> {
                last = stopped;
                from.stopped = true;
            }
            case Report.Viewed(long _, var members) -> from.seen = members.size();
            case Report.Seen _, Report.Reached _, Report.Spoilt _ -> {
                // Others want these.
            }
        }
    }

    private void joined(Running from) {
        from.joined = true;
        clockErrorNanos = Math.max(clockErrorNanos, from.clock.errorNanos());
        begin();
    }

    /** A host's monotonic clock counts from when that host was started. */
    private void askClock(Running from) {
        from.clock.asked(System.nanoTime());
        order(new Order.Ping());
    }

    /** How far what its processes say of the time may be off at most; zero on this machine. */
    long clockErrorNanos() {
        return clockErrorNanos;
    }

    /** Lets the node begin, once the process has joined and the run has begun. */
    void begin() {
        if (running != null && running.joined && !running.begun && steering.zeroNanos() >= 0) {
            running.begun = true;
            order(new Order.Go(steering.zeroNanos() + running.clock.aheadNanos()));
            if (measuring) {
                order(new Order.Measure());
            }
            if (pauseCauses > 0) {
                standStill(true);
            }
        }
    }

    /** The process ended: it is started again unless it is to stay down. */
    void ended(Running from) {
        if (from != running) {
            return;
        }
        running = null;
        String cause = from.brokenBy;
        boolean asked = from.stopped || from.killed;
        // Who waited for it was interrupted, and wants no more of it.
        int code = from.process.isAlive() ? 0 : from.process.exitValue();
        if (cause != null) {
            steering.fail("n" + index + " ended with code " + code + ": " + cause);
        } else if (!asked && (!from.joined || code != NodeProcess.HALTED)) {
            steering.fail(
                    "n"
                            + index
                            + " ended with code "
                            + code
                            + (from.joined ? "" : " before it joined")
                            + ": see "
                            + steering.log(index));
        } else if (!from.stopped && downCauses == 0) {
            steering.later(steering.restartNanos(), this::start);
        }
    }

    private void kill(String reason) {
        if (running != null) {
            running.reason = reason;
            running.killed = true;
            running.process.destroyForcibly();
            if (running.guard != null) {
                running.guard.destroyForcibly();
            }
            try {
                // What follows the kill must not find the process at work.
                running.process.waitFor();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void order(Order order) {
        if (running != null) {
            try {
                running.pipe.send(order);
            } catch (IOException e) {
                // It is dead or dies; its end is reported by itself.
                return;
            }
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
        if (running == null || !running.begun) {
            return;
        }
        if (hardware.persistentBytes() > 0) {
            order(new Order.Hold(still));
            return;
        }
        try {
            if (still) {
                running.guard = steering.machines().pause(index, running.pid);
            } else if (running.guard != null) {
                release(running.guard);
            }
        } catch (IOException e) {
            steering.fail("n" + index + ": " + e.getMessage());
        }
    }

    /** Lets a process go on that was stopped. */
    private static void release(Process guard) throws IOException {
        guard.getOutputStream().close();
        try {
            guard.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    void trouble(DiskTrouble now) {
        disk = now;
        orderIfBegun(new Order.DiskState(now));
    }

    DiskTrouble trouble() {
        return disk;
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
        clockNanos += nanos;
        orderIfBegun(new Order.ClockState(nanos, clockGain));
    }

    void drift(long gainPartsPerMillion) {
        clockGain = gainPartsPerMillion;
        orderIfBegun(new Order.ClockState(0, gainPartsPerMillion));
    }

    void links(Order.Links now) {
        links = now;
        if (running != null && running.pid >= 0) {
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
            running.stopped = true;
        }
        kill("the run is over");
    }
}
