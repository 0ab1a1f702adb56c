package cairn.virtual;

import cairn.model.choice.Alternatives;
import cairn.model.choice.Choice;
import cairn.model.choice.Choices;
import cairn.model.choice.Law;
import cairn.simulator.kernel.Kernel;
import cairn.simulator.kernel.LogicalProcess;
import cairn.virtual.boot.Surroundings;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.WeakHashMap;

/**
 * The virtual world of one run: the calling thread carries the threads of all processes, one slice
 * at a time, and when none can go on moves time to the kernel's next event.
 *
 * <p>A slice is what a thread does from where it can go on to where it parks, waits, sleeps or
 * ends. It takes no virtual time. Slices run in the order in which they became possible, or, where
 * the choices order deliveries, in the order that is asked: then a search reaches every
 * interleaving of slices. Nothing preempts a slice.
 *
 * <p>One world at a time in a JVM, which has the agent; {@link #close} ends it.
 */
public final class World implements LogicalProcess, Alternatives, AutoCloseable {

    /** What the choice of the next slice is called, after the kernel's own of arrivals. */
    private static final String NEXT_SLICE = "slice arrives next";

    /** More slices than are ever possible at once. */
    private static final long OPTIONS = 1L << 32;

    /** Streams of one process; threads that share one still have numbers of their own. */
    private static final int STREAMS = 64;

    private static final int SLICE = 0;
    private static final int END = 1;

    private final Kernel kernel;
    private final Choices choices;
    private final int number;
    private final @Nullable Choice next;
    private final List<Slice> possible = new ArrayList<>();
    private final WeakHashMap<Runnable, Integer> threads = new WeakHashMap<>();
    private int processes;
    private long slices;
    private @Nullable VirtualProcess running;
    private volatile @Nullable String broken;

    /** A part of a thread's life that can run now. */
    record Slice(VirtualProcess process, Runnable part, int thread, long number) {}

    /** A world without processes. */
    public World(Kernel kernel, Choices choices) {
        this.kernel = kernel;
        this.choices = choices;
        this.number = kernel.register(this);
        this.next =
                choices.ordersDeliveries()
                        ? new Choice(NEXT_SLICE, new Law.Pick(OPTIONS), choices)
                        : null;
        Surroundings.enter(new Clockwork());
    }

    /** Ends the world; threads that are left never run again. */
    @Override
    public void close() {
        Surroundings.leave();
    }

    /** One more process, which has not started. */
    public VirtualProcess process(String name) {
        return new VirtualProcess(this, name, processes++);
    }

    /** Virtual time, and the events of the run. */
    public Kernel kernel() {
        return kernel;
    }

    Choices choices() {
        return choices;
    }

    /** How many slices ran so far. */
    public long slices() {
        return slices;
    }

    /**
     * Runs to a time, or until so many kernel events were dispatched in all.
     *
     * @throws IllegalStateException if something happened that makes the run worthless, such as a
     *     thread that runs in real time, or if the events do not suffice
     */
    public void run(long untilNanos, long mostEvents) {
        // So that it is that time afterwards, whether or not anything happens then.
        kernel.schedule(untilNanos, number, END, 0, null);
        while (kernel.nextTime() <= untilNanos) {
            if (kernel.dispatched() >= mostEvents) {
                throw new IllegalStateException(
                        mostEvents + " events did not suffice: stuck at " + kernel.now() + " ns");
            }
            kernel.step();
            if (broken != null) {
                throw new IllegalStateException(broken);
            }
        }
    }

    /** A thread of a process can go on. */
    Slice slice(VirtualProcess process, Runnable part) {
        if (!Surroundings.isInside()) {
            // Recorded, not thrown: that thread is one of the JVM's.
            broken =
                    "a thread outside virtual time woke one inside: "
                            + Thread.currentThread().getName();
        }
        int thread = next == null ? 0 : threads.computeIfAbsent(part, _ -> threads.size());
        return new Slice(process, part, thread, slices++);
    }

    void add(Slice slice) {
        possible.add(slice);
        kernel.schedule(kernel.now(), number, SLICE, 0, null);
    }

    /** Takes away, in their order, the slices of a process that stands still. */
    List<Slice> hold(VirtualProcess process) {
        List<Slice> held = possible.stream().filter(slice -> slice.process == process).toList();
        possible.removeAll(held);
        return held;
    }

    /** It is time for one slice, unless the process of this one stands still. */
    @Override
    public void on(int kind, long argument, @Nullable Object payload) {
        if (kind == END || possible.isEmpty()) {
            return;
        }
        Slice slice = possible.remove(next == null ? 0 : next.pick(this));
        kernel.fold(slice.process.index());
        kernel.fold(slice.number);
        as(slice.process, slice.part);
    }

    /** Does something in the time and with the dice of a process. */
    void as(VirtualProcess process, Runnable part) {
        running = process;
        try {
            part.run();
        } finally {
            running = null;
        }
    }

    @Override
    public int size() {
        return possible.size();
    }

    @Override
    public int stream(int index) {
        Slice slice = possible.get(index);
        return slice.process.index() * STREAMS + slice.thread % STREAMS;
    }

    @Override
    public long number(int index) {
        return possible.get(index).number;
    }

    @Override
    public int subject(int index) {
        return possible.get(index).process.index();
    }

    /** Clock and dice of the process whose slice is running. */
    private final class Clockwork implements Surroundings.World {

        /** Between slices; nothing that asks for dice should be there. */
        private final Random none = new Random(0);

        @Override
        public long nanoTime() {
            VirtualProcess process = running;
            return process == null ? kernel.now() : process.nanoTime();
        }

        @Override
        public long currentTimeMillis() {
            VirtualProcess process = running;
            return process == null ? 0 : process.currentTimeMillis();
        }

        @Override
        public Random random() {
            VirtualProcess process = running;
            return process == null ? none : process.random();
        }

        @Override
        public void broken(String what) {
            broken = what;
        }
    }
}
