package cairn.virtual;

import cairn.model.choice.Choice;
import cairn.model.choice.Law;
import cairn.model.choice.Mix;
import cairn.simulator.Clock;
import cairn.simulator.kernel.Kernel;
import cairn.simulator.kernel.LogicalProcess;
import cairn.virtual.World.Slice;
import cairn.virtual.jdk.ProcessScheduler;

import org.jspecify.annotations.Nullable;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Random;
import java.util.concurrent.Delayed;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A process of a virtual world: its threads, its clock, its dice, and what arrives for it.
 *
 * <p>A kill drops the continuations of all its threads between two slices: no finally block runs,
 * no lock is released, as with a real kill. A pause holds them; timers go on and wake what is held.
 * What arrives for a process that stands still waits in its receive buffer, which is unbounded;
 * what arrives for one that is down is gone.
 */
public final class VirtualProcess implements LogicalProcess {

    /** The time of day at virtual time zero: 15 June 2026, 00:00 UTC. */
    private static final long FIRST_MILLIS = 1_781_481_600_000L;

    /**
     * What {@link System#nanoTime} shows inside at virtual time zero, since some code takes a
     * reading of zero for none.
     */
    public static final long FIRST_NANOS = 3_600_000_000_000L;

    private static final long NANOS_PER_MILLI = 1_000_000;

    private final World world;
    private final Kernel kernel;
    private final String name;
    private final int index;
    private final int number;
    private final Choice dice;
    private final Clock clock = new Clock();
    private final Deque<Slice> held = new ArrayDeque<>();
    private Random random = new Random(0);
    private int incarnation;
    private boolean paused;
    private @Nullable Life life;

    VirtualProcess(World world, String name, int index) {
        this.world = world;
        this.kernel = world.kernel();
        this.name = name;
        this.index = index;
        this.number = kernel.register((_, _, timer) -> fire((Timer) timer));
        this.dice = new Choice("dice " + name, new Law.Pick(1L << 32), world.choices());
    }

    public String name() {
        return name;
    }

    /** Its number in the world, from zero. */
    public int index() {
        return index;
    }

    /** How many times it was started. */
    public int incarnation() {
        return incarnation;
    }

    public boolean isUp() {
        return life != null;
    }

    /** Whether it is up and does not stand still. */
    public boolean isRunning() {
        return life != null && !paused;
    }

    /** Its clock, for those who set it wrong. */
    public Clock clock() {
        return clock;
    }

    /** Starts it, with its first thread; all threads that this one makes are of the process. */
    public void start(Runnable main) {
        if (life != null) {
            throw new IllegalStateException(name + " is up");
        }
        incarnation++;
        random = new Random(Mix.fold(Mix.fold(dice.ask(), index), incarnation));
        Life begun = new Life();
        life = begun;
        world.as(this, () -> begun.scheduler.thread(name, main).start());
    }

    /** Starts another thread in it, if it is up; while it stands still, the thread does, too. */
    public void run(Runnable part) {
        Life now = life;
        if (now != null) {
            world.as(this, () -> now.scheduler.thread(name, part).start());
        }
    }

    /** Does something in its name, at its time, outside of its threads; it must not wait. */
    public void as(Runnable part) {
        world.as(this, part);
    }

    /** Kills it, also while it stands still. */
    public void kill() {
        life = null;
        paused = false;
        world.hold(this);
        held.clear();
    }

    /** Lets it stand still, if it is up. */
    public void pause() {
        if (life != null && !paused) {
            paused = true;
            held.addAll(world.hold(this));
        }
    }

    /** Lets it go on. */
    public void resume() {
        paused = false;
        while (!held.isEmpty()) {
            world.add(held.poll());
        }
    }

    /** What {@link System#nanoTime} shows in it. */
    public long nanoTime() {
        return FIRST_NANOS + clock.reading(kernel.now());
    }

    long currentTimeMillis() {
        return FIRST_MILLIS + clock.reading(kernel.now()) / NANOS_PER_MILLI;
    }

    Random random() {
        return random;
    }

    /** Something has arrived from the network. */
    @Override
    public void on(int kind, long argument, @Nullable Object payload) {
        Life now = life;
        if (now != null && payload != null) {
            now.buffer.add(payload);
            Thread reader = now.reader;
            if (reader != null) {
                world.as(this, () -> LockSupport.unpark(reader));
            }
        }
    }

    /**
     * What arrived next; the calling thread, the only one that reads, waits for it. In a process
     * that is no longer, it waits for ever.
     */
    public Object receive() {
        Life now = life;
        if (now == null) {
            throw new IllegalStateException(name + " is down");
        }
        now.reader = Thread.currentThread();
        while (true) {
            Object arrived = now.buffer.poll();
            if (arrived != null) {
                return arrived;
            }
            LockSupport.park(this);
        }
    }

    private void fire(@Nullable Timer timer) {
        if (timer != null && timer.life == life) {
            world.as(this, timer.wake);
        }
    }

    /** From a start to a kill. */
    private final class Life implements ProcessScheduler.Captured {

        private final ProcessScheduler scheduler = new ProcessScheduler(this);
        private final Deque<Object> buffer = new ArrayDeque<>();
        private @Nullable Thread reader;

        @Override
        public void runnable(Runnable part) {
            if (life != this) {
                // A thread of the dead, woken by one that outlived it, such as a timer.
                return;
            }
            if (paused) {
                held.add(world.slice(VirtualProcess.this, part));
            } else {
                world.add(world.slice(VirtualProcess.this, part));
            }
        }

        @Override
        public ScheduledFuture<?> after(Runnable wake, long nanos) {
            Timer timer = new Timer(this, wake, kernel);
            long wait = Math.max(0, clock.virtual(nanos));
            long at = kernel.now() + wait;
            // What would wait for longer than a run can take waits for ever.
            if (at > 0 && at < Long.MAX_VALUE) {
                timer.ticket = kernel.schedule(at, number, 0, 0, timer);
            }
            return timer;
        }
    }

    /** A timed park, wait or sleep; a virtual thread cancels it and asks nothing else of it. */
    private static final class Timer implements ScheduledFuture<@Nullable Object> {

        private final Life life;
        private final Runnable wake;
        private final Kernel kernel;
        private long ticket;

        Timer(Life life, Runnable wake, Kernel kernel) {
            this.life = life;
            this.wake = wake;
            this.kernel = kernel;
        }

        @Override
        public boolean cancel(boolean mayInterruptIfRunning) {
            return kernel.cancel(ticket);
        }

        @Override
        public boolean isCancelled() {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean isDone() {
            throw new UnsupportedOperationException();
        }

        @Override
        public @Nullable Object get() {
            throw new UnsupportedOperationException();
        }

        @Override
        public @Nullable Object get(long timeout, TimeUnit unit) {
            throw new UnsupportedOperationException();
        }

        @Override
        public long getDelay(TimeUnit unit) {
            throw new UnsupportedOperationException();
        }

        @Override
        public int compareTo(Delayed other) {
            throw new UnsupportedOperationException();
        }
    }
}
