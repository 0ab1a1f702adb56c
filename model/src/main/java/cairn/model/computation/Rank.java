package cairn.model.computation;

import cairn.model.Fact;
import cairn.model.Hardware;
import cairn.model.Message;
import cairn.model.Outbox;
import cairn.model.memory.Memory;
import cairn.model.memory.PagedMemory;
import cairn.model.memory.Shifted;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.OptionalLong;

/**
 * Executes one rank of a computation for the protocol that hosts it, in the memory of its machine,
 * and reports what it does.
 *
 * <p>Its memory begins with a head that counts outputs, receipts, and the messages sent to and
 * received from each other rank; so a restored image knows exactly which messages it contains
 * (DJ-12). The computation's own memory follows, aligned to a page. {@link Head} says where what
 * is.
 */
public final class Rank {

    private final Computation computation;
    private final int index;
    private final long base;
    private final boolean byDevice;
    private final Threads threads;
    private final Protection protection;
    private boolean stopped = true;
    private @Nullable Memory view;

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
        this.base = Head.bytes(computation);
        this.threads = new Threads(computation.threads(), index);
        this.protection = new Protection(computation, index, base, byDevice);
    }

    /** Bytes of memory that a rank needs, whole pages. */
    public static long memoryBytes(Computation computation) {
        return Head.bytes(computation) + Head.pages(computation.memoryBytes());
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
        return Head.sent(to, memory);
    }

    /** The number of the last message that it received from another rank. */
    public long received(int from, Memory memory) {
        return Head.received(from, memory);
    }

    /** How many messages it has received, and inputs it has read, in all. */
    public long receipts(Memory memory) {
        return memory.readLong(Head.RECEIPTS);
    }

    /** How many outputs it has had. */
    public long outputs(Memory memory) {
        return memory.readLong(Head.OUTPUTS);
    }

    // ---- running and stopping

    public boolean isStopped() {
        return stopped;
    }

    /** Whether it has come to its end. */
    public boolean isFinished() {
        return threads.hasEnded(0);
    }

    /** Stops all threads where they are, one that computes too (DJ-3). */
    public void stop(Outbox<?> out) {
        if (stopped) {
            return;
        }
        stopped = true;
        threads.interrupt(out);
    }

    /**
     * The memory is another one, as after a restore: the threads are where it says. Goes on with
     * {@link #start}.
     */
    public void reset() {
        stopped = true;
        protection.reset();
        view = null;
        threads.reset();
    }

    /**
     * How many nanoseconds each thread of a stopped rank has left to compute; -1 for one that does
     * not compute. With the memory it is all that a rank goes on from elsewhere.
     */
    public List<Long> unfinishedWork() {
        return threads.unfinishedWork();
    }

    /** After a {@link #reset}: threads have so much left to compute. */
    public void resumeWork(List<Long> unfinished) {
        threads.resumeWork(unfinished);
    }

    /** Lets it go on from where it stopped. */
    public <M extends Message> void start(Host<M> host, Outbox<M> out) {
        if (!stopped) {
            return;
        }
        stopped = false;
        threads.goOn(out);
        run(host, out);
    }

    /**
     * Takes {@link cairn.model.Event.Computed}; false if the token is not one of a rank's. The
     * caller calls {@link #run} next.
     */
    public boolean computed(long token) {
        return threads.computed(token);
    }

    /** Goes on as far as possible: until all threads compute, wait for something, or have ended. */
    public <M extends Message> void run(Host<M> host, Outbox<M> out) {
        for (int thread = 0; thread < threads.count(); thread++) {
            while (!stopped && advance(thread, host, out)) {
                // Each round is one step.
            }
        }
    }

    /** Takes one step of a thread; false if it cannot go on now. */
    private <M extends Message> boolean advance(int thread, Host<M> host, Outbox<M> out) {
        if (!threads.canStep(thread)) {
            return false;
        }
        PagedMemory memory = out.memory();
        if (!host.isWhole() && !findsItsPages(thread, host, out)) {
            return false;
        }
        Step step = computation.next(index, thread, view(memory));
        if (step instanceof Step.Compute(long nanos, Span _) && !threads.hasComputed(thread)) {
            threads.compute(thread, nanos, out);
            return false;
        }
        if (!protection.mayStore(thread, step, host, out)) {
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
                memory.remap(protection.firstPage(range), protection.lastPage(range));
                perform(thread, step, -1, memory);
            }
            case Step.Input(long address) -> {
                long number = received(index, memory) + 1;
                OptionalLong value = host.input(number, out);
                if (value.isEmpty()) {
                    return false;
                }
                memory.writeLong(base + address, value.getAsLong());
                Head.countSent(index, number, memory);
                Head.countReceived(index, number, memory);
                perform(thread, step, -1, memory);
                out.claim(new Fact.Read(index, number, value.getAsLong()));
            }
            case Step.Output(long value) -> {
                long number = outputs(memory) + 1;
                memory.writeLong(Head.OUTPUTS, number);
                perform(thread, step, -1, memory);
                out.claim(new Fact.Produced(index, number, value));
                host.output(number, value, out);
            }
            case Step.Finish(long result) -> {
                threads.end(thread);
                out.claim(new Fact.Finished(index, result));
                return false;
            }
            case Step.Exit() -> {
                threads.end(thread);
                return false;
            }
        }
        threads.ready(thread);
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
                if (threads.hasComputed(thread)) {
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
        Head.countSent(to, number, memory);
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
        Head.countReceived(parcel.from(), parcel.number(), memory);
        perform(thread, step, parcel.from(), memory);
        out.claim(new Fact.Received(index, parcel.from(), parcel.number(), parcel.digest()));
    }

    /** What it waits for, in a clause. */
    public String waitsFor() {
        return isFinished() ? "nothing" : stopped ? "being let go on" : "its next step";
    }
}
