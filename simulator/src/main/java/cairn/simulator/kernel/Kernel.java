package cairn.simulator.kernel;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;

/**
 * Virtual time, in nanoseconds from 0, and the events of a run in their total order: by time, and
 * at one time in the order in which they were scheduled.
 *
 * <p>Time moves only by dispatching, and never backwards. The kernel keeps a digest of all that it
 * dispatched: two runs with one digest took the same course. It is for one thread.
 */
public final class Kernel {
    private static final long TIME_FACTOR = 0x9E3779B97F4A7C15L;
    private static final long ADDRESS_FACTOR = 0xC2B2AE3D27D4EB4FL;
    private static final long ARGUMENT_FACTOR = 0x165667B19E3779F9L;
    private static final long FOLD_FACTOR = 0xD6E8FEB86659FD93L;

    private final Slots slots = new Slots();
    private final Ladder ladder = new Ladder(slots);
    private LogicalProcess[] processes = new LogicalProcess[0];
    private int registered;
    private long now;
    private long dispatched;
    private int pending;
    private long digest;

    /**
     * Makes a process known. Answers its number; numbers count from 0 in the order of the calls.
     */
    public int register(LogicalProcess process) {
        if (registered == processes.length) {
            processes = Arrays.copyOf(processes, Math.max(16, 2 * registered));
        }
        processes[registered] = process;
        return registered++;
    }

    /** The time of the event that is being, or was last, dispatched; 0 before the first. */
    public long now() {
        return now;
    }

    /**
     * Schedules an event and answers its ticket, which is positive and is never given again.
     *
     * @throws IllegalArgumentException if {@code time} is before {@link #now()} or is {@link
     *     Long#MAX_VALUE}, which stands for never, or if no process has this number
     */
    public long schedule(
            long time, int process, int kind, long argument, @Nullable Object payload) {
        if (time < now || time == Long.MAX_VALUE || process < 0 || process >= registered) {
            throw refused(time, process);
        }
        long ticket = slots.take(process, kind, argument, payload);
        ladder.add(time, ticket);
        pending++;
        return ticket;
    }

    /** Cancels a pending event; false if it was dispatched or cancelled before. */
    public boolean cancel(long ticket) {
        if (!slots.holds(ticket)) {
            return false;
        }
        slots.release(ticket);
        pending--;
        ladder.cancelled(pending);
        return true;
    }

    /** Dispatches the next event; false if there is none. */
    public boolean step() {
        if (!ladder.seek()) {
            return false;
        }
        dispatch();
        return true;
    }

    /**
     * Dispatches events up to and including {@code untilTime}, but not more than {@code
     * mostEvents}. Answers how many. Time stays at the last event, also where {@code untilTime} is
     * later.
     */
    public long run(long untilTime, long mostEvents) {
        long before = dispatched;
        while (dispatched - before < mostEvents && ladder.seek() && ladder.time() <= untilTime) {
            dispatch();
        }
        return dispatched - before;
    }

    /** How many events were dispatched since the beginning. */
    public long dispatched() {
        return dispatched;
    }

    /** How many events are scheduled and neither dispatched nor cancelled. */
    public int pending() {
        return pending;
    }

    /** The time of the next event; {@link Long#MAX_VALUE} if there is none. */
    public long nextTime() {
        return ladder.seek() ? ladder.time() : Long.MAX_VALUE;
    }

    /**
     * The trace hash so far: of time, process, kind and argument of every dispatched event, in
     * order, and of what was given to {@link #fold}. Payloads are not in it.
     */
    public long digest() {
        return digest;
    }

    /** Folds a value into the digest: what a run did that no event's argument shows. */
    public void fold(long value) {
        long mixed = (digest ^ value) * FOLD_FACTOR;
        digest = mixed ^ (mixed >>> 32);
    }

    private void dispatch() {
        long time = ladder.time();
        long ticket = ladder.remove();
        long argument = slots.argument(ticket);
        long address = slots.address(ticket);
        Object payload = slots.release(ticket);
        now = time;
        pending--;
        dispatched++;
        fold((time * TIME_FACTOR) ^ (address * ADDRESS_FACTOR) ^ (argument * ARGUMENT_FACTOR));
        processes[(int) (address >>> 32)].on((int) address, argument, payload);
    }

    private IllegalArgumentException refused(long time, int process) {
        if (process < 0 || process >= registered) {
            return new IllegalArgumentException(
                    "process " + process + " is not one of the " + registered + " registered");
        }
        return new IllegalArgumentException(
                "an event at " + time + " ns cannot be scheduled at " + now + " ns");
    }
}
