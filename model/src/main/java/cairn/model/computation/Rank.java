package cairn.model.computation;

import cairn.model.Activity;
import cairn.model.Fact;
import cairn.model.Hardware;
import cairn.model.Message;
import cairn.model.Outbox;
import cairn.model.memory.Memory;
import cairn.model.memory.PagedMemory;
import cairn.model.memory.Shifted;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * Executes one rank of a computation for the protocol that hosts it, in the memory of its machine,
 * and reports what it does.
 *
 * <p>Its memory begins with a head that counts outputs, receipts, and the messages sent to and
 * received from each other rank; so a restored image knows exactly which messages it contains
 * (DJ-12). The computation's own memory follows, aligned to a page.
 *
 * <pre>
 * bytes 0..7    outputs
 * bytes 8..15   receipts, inputs included
 * 16 + 16 r     messages sent to rank r
 * 24 + 16 r     the number of the last message received from rank r
 * </pre>
 *
 * <p>No rank sends to itself. What would count that counts its inputs, in both places: what the
 * outside world sent for it, and what it received.
 */
public final class Rank {

    private static final int OUTPUTS = 0;
    private static final int RECEIPTS = 8;
    private static final int CHANNELS = 16;
    private static final int CHANNEL_BYTES = 16;

    /** Marks the tokens of computing threads among those of the host. */
    private static final long MARK = 1L << 62;

    private static final int THREAD_BITS = 8;

    private final Computation computation;
    private final int index;
    private final long base;
    private final State[] states;
    private final long[] left;
    private final boolean byDevice;
    private boolean stopped = true;
    private boolean isStalled;
    private long generation;
    private @Nullable Memory view;

    /** What a thread is at. */
    private enum State {
        /** At its next step. */
        READY,
        COMPUTING,
        /** It was stopped while computing. */
        INTERRUPTED,
        /** Computed; the stores are to come. */
        COMPUTED,
        ENDED
    }

    /** A rank that does not run yet, and whose processor stores what it receives. */
    public Rank(Computation computation, int index) {
        this(computation, index, false);
    }

    /**
     * A rank that does not run yet.
     *
     * @param byDevice whether the network interface puts received messages into its memory, past
     *     all protection
     */
    public Rank(Computation computation, int index, boolean byDevice) {
        if (index < 0 || index >= computation.ranks()) {
            throw new IllegalArgumentException(
                    "not a rank of " + computation.name() + ": " + index);
        }
        this.computation = computation;
        this.index = index;
        this.byDevice = byDevice;
        // What one rank computed on a machine is not taken for what another one does there.
        this.generation = (long) index << 32;
        this.base = base(computation);
        this.states = new State[computation.threads()];
        this.left = new long[states.length];
        Arrays.fill(states, State.READY);
    }

    private static long base(Computation computation) {
        return pages(CHANNELS + (long) CHANNEL_BYTES * computation.ranks());
    }

    private static long pages(long bytes) {
        return (bytes + PagedMemory.PAGE_BYTES - 1)
                / PagedMemory.PAGE_BYTES
                * PagedMemory.PAGE_BYTES;
    }

    /** Bytes of memory that a rank needs, whole pages. */
    public static long memoryBytes(Computation computation) {
        return base(computation) + pages(computation.memoryBytes());
    }

    /** The machine that a rank needs: its memory, and a core for each thread. */
    public static Hardware hardware(Computation computation) {
        return Hardware.PLAIN.withMemory(memoryBytes(computation)).withCores(computation.threads());
    }

    public int index() {
        return index;
    }

    /** How many pages at the beginning of its memory count messages: without them it cannot run. */
    public int headPages() {
        return (int) (base / PagedMemory.PAGE_BYTES);
    }

    /** Writes the initial state into zeroed memory. */
    public void initialise(Memory memory) {
        computation.initialise(index, new Shifted(memory, base));
    }

    // ---- what the memory says

    /** How many messages it has sent to another rank. */
    public long sent(int to, Memory memory) {
        return memory.readLong(channel(to));
    }

    /** The number of the last message that it received from another rank. */
    public long received(int from, Memory memory) {
        return memory.readLong(channel(from) + Long.BYTES);
    }

    /** How many messages it has received, and inputs it has read, in all. */
    public long receipts(Memory memory) {
        return memory.readLong(RECEIPTS);
    }

    /** How many outputs it has had. */
    public long outputs(Memory memory) {
        return memory.readLong(OUTPUTS);
    }

    private static long channel(int peer) {
        return CHANNELS + (long) CHANNEL_BYTES * peer;
    }

    // ---- running and stopping

    public boolean isStopped() {
        return stopped;
    }

    /** Whether it has come to its end. */
    public boolean isFinished() {
        return states[0] == State.ENDED;
    }

    /** Stops all threads where they are, one that computes too (DJ-3). */
    public void stop(Outbox<?> out) {
        if (stopped) {
            return;
        }
        stopped = true;
        for (int i = 0; i < states.length; i++) {
            if (states[i] == State.COMPUTING) {
                states[i] = State.INTERRUPTED;
                left[i] = out.interrupt(token(i));
            }
        }
        generation++;
    }

    /**
     * The memory is another one, as after a restore: the threads are where it says. Goes on with
     * {@link #start}.
     */
    public void reset() {
        stopped = true;
        isStalled = false;
        generation++;
        view = null;
        Arrays.fill(states, State.READY);
    }

    /**
     * How many nanoseconds each thread of a stopped rank has left to compute; -1 for one that does
     * not compute. With the memory it is all that a rank goes on from elsewhere.
     */
    public List<Long> unfinishedWork() {
        return IntStream.range(0, states.length)
                .mapToObj(i ->
                        switch (states[i]) {
                            case INTERRUPTED -> left[i];
                            case COMPUTED -> 0L;
                            case READY, COMPUTING, ENDED -> -1L;
                        })
                .toList();
    }

    /** After a {@link #reset}: threads have so much left to compute. */
    public void resumeWork(List<Long> unfinished) {
        for (int i = 0; i < states.length; i++) {
            left[i] = unfinished.get(i);
            states[i] = left[i] < 0 ? State.READY : State.INTERRUPTED;
        }
    }

    /** Lets it go on from where it stopped. */
    public <M extends Message> void start(Host<M> host, Outbox<M> out) {
        if (!stopped) {
            return;
        }
        stopped = false;
        for (int i = 0; i < states.length; i++) {
            if (states[i] == State.INTERRUPTED) {
                compute(i, left[i], out);
            }
        }
        run(host, out);
    }

    /**
     * Takes {@link cairn.model.Event.Computed}; false if the token is not one of a rank's. The
     * caller calls {@link #run} next.
     */
    public boolean computed(long token) {
        if ((token & MARK) == 0) {
            return false;
        }
        int thread = (int) (token & ((1L << THREAD_BITS) - 1));
        if ((token & ~MARK) >>> THREAD_BITS == generation && states[thread] == State.COMPUTING) {
            states[thread] = State.COMPUTED;
        }
        return true;
    }

    private void compute(int thread, long nanos, Outbox<?> out) {
        states[thread] = State.COMPUTING;
        out.compute(token(thread), nanos);
    }

    private long token(int thread) {
        return MARK | generation << THREAD_BITS | thread;
    }

    /** Goes on as far as possible: until all threads compute, wait for something, or have ended. */
    public <M extends Message> void run(Host<M> host, Outbox<M> out) {
        for (int thread = 0; thread < states.length; thread++) {
            while (!stopped && advance(thread, host, out)) {
                // Each round is one step.
            }
        }
    }

    /** Takes one step of a thread; false if it cannot go on now. */
    private <M extends Message> boolean advance(int thread, Host<M> host, Outbox<M> out) {
        if (states[thread] != State.READY && states[thread] != State.COMPUTED) {
            return false;
        }
        PagedMemory memory = out.memory();
        if (!host.isWhole() && !findsItsPages(thread, host, out)) {
            return false;
        }
        Step step = computation.next(index, thread, view(memory));
        if (step instanceof Step.Compute(long nanos, Span _) && states[thread] == State.READY) {
            compute(thread, nanos, out);
            return false;
        }
        if (!mayStore(thread, step, host, out)) {
            return false;
        }
        switch (step) {
            case Step.Compute _ -> perform(thread, step, -1, memory);
            case Step.Send(int to, Span content) -> {
                Parcel parcel = parcel(to, content, memory);
                perform(thread, step, -1, memory);
                out.claim(new Fact.Sent(index, to, parcel.number(), parcel.digest()));
                host.send(parcel, out);
            }
            case Step.Receive(int from, Span into) -> {
                Parcel parcel = host.take(from, out);
                if (parcel == null) {
                    return false;
                }
                receive(thread, step, parcel, into, out);
            }
            case Step.Remap(Span range) -> {
                memory.remap(page(range.address()), page(range.address() + range.length() - 1));
                perform(thread, step, -1, memory);
            }
            case Step.Input(long address) -> {
                long number = received(index, memory) + 1;
                OptionalLong value = host.input(number, out);
                if (value.isEmpty()) {
                    return false;
                }
                memory.writeLong(base + address, value.getAsLong());
                memory.writeLong(channel(index), number);
                memory.writeLong(channel(index) + Long.BYTES, number);
                memory.writeLong(RECEIPTS, memory.readLong(RECEIPTS) + 1);
                perform(thread, step, -1, memory);
                out.claim(new Fact.Read(index, number, value.getAsLong()));
            }
            case Step.Output(long value) -> {
                long number = memory.readLong(OUTPUTS) + 1;
                memory.writeLong(OUTPUTS, number);
                perform(thread, step, -1, memory);
                out.claim(new Fact.Produced(index, number, value));
                host.output(number, value, out);
            }
            case Step.Finish(long result) -> {
                states[thread] = State.ENDED;
                out.claim(new Fact.Finished(index, result));
                return false;
            }
            case Step.Exit() -> {
                states[thread] = State.ENDED;
                return false;
            }
        }
        states[thread] = State.READY;
        return true;
    }

    /** Whether all pages are here that the next step touches; if not, the first one is fetched. */
    private <M extends Message> boolean findsItsPages(int thread, Host<M> host, Outbox<M> out) {
        var rehearsal = new Rehearsal(out.memory(), base, host::hasArrived);
        try {
            rehearse(thread, rehearsal, host);
            return true;
        } catch (Rehearsal.Absent absent) {
            host.fetch(absent.page(), out);
            return false;
        }
    }

    private void rehearse(int thread, Rehearsal rehearsal, Host<?> host) {
        Step step = computation.next(index, thread, rehearsal);
        rehearsal.touch(step.stores());
        rehearsal.touch(computation.control(thread));
        switch (step) {
            case Step.Compute _ -> {
                // What it touches is looked at when it has computed.
                if (states[thread] == State.COMPUTED) {
                    computation.perform(index, thread, step, -1, rehearsal);
                }
            }
            case Step.Send(int _, Span content) -> {
                rehearsal.touch(content);
                computation.perform(index, thread, step, -1, rehearsal);
            }
            case Step.Receive(int from, Span into) -> {
                Parcel parcel = host.peek(from);
                if (parcel != null) {
                    rehearsal.write(into.address(), parcel.raw(), 0, parcel.length());
                    computation.perform(index, thread, step, parcel.from(), rehearsal);
                }
            }
            case Step.Remap(Span range) -> {
                rehearsal.clear(range);
                computation.perform(index, thread, step, -1, rehearsal);
            }
            case Step.Input _, Step.Output _ ->
                    computation.perform(index, thread, step, -1, rehearsal);
            case Step.Finish _, Step.Exit _ -> {
                // Its value has been read.
            }
        }
    }

    private Memory view(PagedMemory memory) {
        Memory own = view;
        if (own == null) {
            own = new Shifted(memory, base);
            view = own;
        }
        return own;
    }

    private void perform(int thread, Step step, int from, PagedMemory memory) {
        computation.perform(index, thread, step, from, view(memory));
    }

    private Parcel parcel(int to, Span content, PagedMemory memory) {
        if (to == index || to < 0 || to >= computation.ranks()) {
            throw new IllegalStateException("rank " + index + " sends to rank " + to);
        }
        byte[] bytes = new byte[content.length()];
        memory.read(base + content.address(), bytes, 0, bytes.length);
        long number = sent(to, memory) + 1;
        memory.writeLong(channel(to), number);
        return new Parcel(index, to, number, bytes);
    }

    private void receive(int thread, Step step, Parcel parcel, Span into, Outbox<?> out) {
        PagedMemory memory = out.memory();
        if (parcel.length() > into.length()) {
            throw new IllegalStateException(parcel + " does not fit into " + into);
        }
        if (byDevice) {
            memory.writeByDevice(base + into.address(), parcel.raw(), 0, parcel.length());
        } else {
            memory.write(base + into.address(), parcel.raw(), 0, parcel.length());
        }
        memory.writeLong(channel(parcel.from()) + Long.BYTES, parcel.number());
        memory.writeLong(RECEIPTS, memory.readLong(RECEIPTS) + 1);
        perform(thread, step, parcel.from(), memory);
        out.claim(new Fact.Received(index, parcel.from(), parcel.number(), parcel.digest()));
    }

    // ---- protection

    /** Has every page unprotected that the step stores to; false if it must wait for that. */
    private <M extends Message> boolean mayStore(
            int thread, Step step, Host<M> host, Outbox<M> out) {
        Span control = computation.control(thread);
        return mayChange(step, host, out)
                && mayStore(base + control.address(), control.length(), host, out)
                && mayCount(step, host, out);
    }

    /** The range that the step itself changes. */
    private <M extends Message> boolean mayChange(Step step, Host<M> host, Outbox<M> out) {
        if (step instanceof Step.Remap(Span range)) {
            return allOf(range, page -> host.admitRemap(page, out));
        }
        if (byDevice && step instanceof Step.Receive(int _, Span into)) {
            return allOf(into, page -> host.admitDevice(page, out));
        }
        return mayStore(base + step.stores().address(), step.stores().length(), host, out);
    }

    private boolean allOf(Span range, IntPredicate admitted) {
        return range.length() == 0
                || IntStream.rangeClosed(
                                page(range.address()), page(range.address() + range.length() - 1))
                        .allMatch(admitted);
    }

    /** The page of an address of the computation. */
    private int page(long address) {
        return (int) ((base + address) / PagedMemory.PAGE_BYTES);
    }

    /** The counters in the head that the step changes. */
    private <M extends Message> boolean mayCount(Step step, Host<M> host, Outbox<M> out) {
        return switch (step) {
            case Step.Send(int to, Span _) -> mayStore(channel(to), CHANNEL_BYTES, host, out);
            // Whoever it is from.
            case Step.Receive(int from, Span _) when from == Step.Receive.ANY ->
                    mayStore(0, (int) base, host, out);
            case Step.Receive(int from, Span _) ->
                    mayStore(RECEIPTS, Long.BYTES, host, out)
                            && mayStore(channel(from), CHANNEL_BYTES, host, out);
            case Step.Input _ ->
                    mayStore(RECEIPTS, Long.BYTES, host, out)
                            && mayStore(channel(index), CHANNEL_BYTES, host, out);
            case Step.Output _ -> mayStore(OUTPUTS, Long.BYTES, host, out);
            case Step.Compute _, Step.Remap _, Step.Finish _, Step.Exit _ -> true;
        };
    }

    private <M extends Message> boolean mayStore(
            long address, int length, Host<M> host, Outbox<M> out) {
        if (length == 0) {
            return true;
        }
        int last = (int) ((address + length - 1) / PagedMemory.PAGE_BYTES);
        for (int page = (int) (address / PagedMemory.PAGE_BYTES); page <= last; page++) {
            if (out.memory().stops(page)) {
                isStalled = true;
                out.claim(new Fact.Doing(index, Activity.FAULT_STALL));
                if (!host.unprotect(page, out)) {
                    return false;
                }
            }
        }
        if (isStalled) {
            // Also where the page was unprotected meanwhile, and the store met no fault any more.
            isStalled = false;
            out.claim(new Fact.Doing(index, Activity.USEFUL));
        }
        return true;
    }

    /** What it waits for, in a clause. */
    public String waitsFor() {
        return isFinished() ? "nothing" : stopped ? "being let go on" : "its next step";
    }
}
