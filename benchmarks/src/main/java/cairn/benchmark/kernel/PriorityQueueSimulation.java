package cairn.benchmark.kernel;

import cairn.simulator.kernel.LogicalProcess;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;

/**
 * The baseline: what one writes first. Events are objects in a {@link PriorityQueue}, by time and
 * then sequence; a cancelled event stays in the queue until its time, because removing it would
 * search the queue. It keeps no digest.
 */
public final class PriorityQueueSimulation implements Simulation {
    private static final class Event implements Comparable<Event> {
        private final long time;
        private final long sequence;
        private final LogicalProcess process;
        private final int kind;
        private final long argument;
        private boolean cancelled;

        Event(long time, long sequence, LogicalProcess process, int kind, long argument) {
            this.time = time;
            this.sequence = sequence;
            this.process = process;
            this.kind = kind;
            this.argument = argument;
        }

        @Override
        public int compareTo(Event other) {
            int byTime = Long.compare(time, other.time);
            return byTime != 0 ? byTime : Long.compare(sequence, other.sequence);
        }
    }

    private final PriorityQueue<Event> queue = new PriorityQueue<>();
    private final List<LogicalProcess> processes = new ArrayList<>();
    private final @Nullable Event[] timers;
    private long now;
    private long sequence;

    /** For so many processes. */
    public PriorityQueueSimulation(int processes) {
        timers = new @Nullable Event[processes];
    }

    @Override
    public int register(LogicalProcess process) {
        processes.add(process);
        return processes.size() - 1;
    }

    @Override
    public long now() {
        return now;
    }

    @Override
    public void send(long time, int process, int kind, long argument) {
        queue.add(new Event(time, sequence++, processes.get(process), kind, argument));
    }

    @Override
    public void arm(long time, int process, int kind) {
        Event timer = new Event(time, sequence++, processes.get(process), kind, 0);
        timers[process] = timer;
        queue.add(timer);
    }

    @Override
    public void disarm(int process) {
        Event timer = timers[process];
        if (timer != null) {
            timer.cancelled = true;
        }
    }

    @Override
    public void run(long events) {
        long left = events;
        while (left > 0) {
            Event event = queue.poll();
            if (event == null) {
                throw new IllegalStateException("the simulation ran dry at " + now + " ns");
            }
            if (!event.cancelled) {
                now = event.time;
                event.process.on(event.kind, event.argument, null);
                left--;
            }
        }
    }
}
