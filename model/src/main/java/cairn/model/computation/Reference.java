package cairn.model.computation;

import cairn.model.memory.PagedMemory;
import cairn.model.memory.Shifted;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * What a computation comes to when nothing fails: its ranks take steps in turn, and each message is
 * there at once; the outside world says zero.
 */
public final class Reference {

    private final long[] results;
    private final boolean receivesAll;

    private Reference(long[] results, boolean receivesAll) {
        this.results = results;
        this.receivesAll = receivesAll;
    }

    /** Whether its ranks receive all that is sent to them before they come to their end. */
    public boolean receivesAll() {
        return receivesAll;
    }

    /** The result of each rank. */
    public long[] results() {
        return results.clone();
    }

    /** Runs a computation to its end; throws if it has none, because all ranks wait. */
    public static Reference of(Computation computation) {
        var run = new Run(computation);
        while (!run.isFinished()) {
            if (!run.round()) {
                throw new IllegalArgumentException(
                        "all ranks of " + computation.name() + " wait for messages");
            }
        }
        return new Reference(run.results, run.arrived.stream().allMatch(Deque::isEmpty));
    }

    /** The ranks on their way. */
    private static final class Run {

        private final Computation computation;
        private final List<PagedMemory> memories = new ArrayList<>();
        private final List<Deque<Parcel>> arrived = new ArrayList<>();
        private final boolean[] ended;
        private final long[] results;
        private int finished;

        Run(Computation computation) {
            this.computation = computation;
            ended = new boolean[computation.ranks() * computation.threads()];
            results = new long[computation.ranks()];
            for (int rank = 0; rank < computation.ranks(); rank++) {
                var memory = new PagedMemory(computation.memoryBytes());
                computation.initialise(rank, memory);
                memories.add(memory);
                arrived.add(new ArrayDeque<>());
            }
        }

        boolean isFinished() {
            return finished == computation.ranks();
        }

        /** Lets each thread take a step; false if none could. */
        boolean round() {
            boolean moved = false;
            for (int rank = 0; rank < computation.ranks(); rank++) {
                for (int thread = 0; thread < computation.threads(); thread++) {
                    moved |= step(rank, thread);
                }
            }
            return moved || isFinished();
        }

        private boolean step(int rank, int thread) {
            int slot = rank * computation.threads() + thread;
            if (ended[slot]) {
                return false;
            }
            PagedMemory memory = memories.get(rank);
            var view = new Shifted(memory, 0);
            Step step = computation.next(rank, thread, view);
            switch (step) {
                case Step.Compute _, Step.Output _ ->
                        computation.perform(rank, thread, step, -1, view);
                case Step.Remap(Span range) -> {
                    memory.remap(page(range.address()), page(range.address() + range.length() - 1));
                    computation.perform(rank, thread, step, -1, view);
                }
                case Step.Send(int to, Span content) -> {
                    byte[] bytes = new byte[content.length()];
                    memory.read(content.address(), bytes, 0, bytes.length);
                    arrived.get(to).add(new Parcel(rank, to, 0, bytes));
                    computation.perform(rank, thread, step, -1, view);
                }
                case Step.Receive(int from, Span into) -> {
                    int sender = receive(rank, from, into, memory);
                    if (sender < 0) {
                        return false;
                    }
                    computation.perform(rank, thread, step, sender, view);
                }
                case Step.Input(long address) -> {
                    memory.writeLong(address, 0);
                    computation.perform(rank, thread, step, -1, view);
                }
                case Step.Finish(long result) -> {
                    ended[slot] = true;
                    results[rank] = result;
                    finished++;
                }
                case Step.Exit() -> ended[slot] = true;
            }
            return true;
        }

        private static int page(long address) {
            return (int) (address / PagedMemory.PAGE_BYTES);
        }

        private int receive(int rank, int from, Span into, PagedMemory memory) {
            for (var waiting = arrived.get(rank).iterator(); waiting.hasNext(); ) {
                Parcel parcel = waiting.next();
                if (from == Step.Receive.ANY || from == parcel.from()) {
                    waiting.remove();
                    memory.write(into.address(), parcel.raw(), 0, parcel.length());
                    return parcel.from();
                }
            }
            return -1;
        }
    }
}
