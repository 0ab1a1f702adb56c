package cairn.model.computation;

import cairn.model.memory.Memory;

/**
 * A deterministic computation of several ranks. All of a rank's state, program counters included,
 * is in its memory, so whoever restores the memory restores the rank. What it is not determined by
 * is the order in which messages of different senders are received, where it asks for any.
 *
 * <p>Objects are immutable: one serves all ranks, and all runs.
 */
public interface Computation {

    /** The name in experiment files. */
    String name();

    /** How many ranks, numbered from zero. */
    int ranks();

    /** How many threads each rank has, numbered from zero; the first one finishes the rank. */
    default int threads() {
        return 1;
    }

    /** Bytes of memory that each rank needs. */
    long memoryBytes();

    /** Where a thread keeps its control variables; every step may store there. */
    Span control(int thread);

    /** Writes a rank's initial state into zeroed memory. */
    void initialise(int rank, Memory memory);

    /** What a thread does next; a function of the memory, which it leaves as it is. */
    Step next(int rank, int thread, Memory memory);

    /**
     * Makes a step's stores, within its range and the thread's control variables. The content of a
     * message that was received is already in its place.
     *
     * @param from the sender, for a step that received; else -1
     */
    void perform(int rank, int thread, Step step, int from, Memory memory);

    /**
     * Whether the results of all ranks may be those of a run without failures.
     *
     * @param results what this run came to
     * @param reference what a run without failures came to
     */
    boolean accepts(long[] results, long[] reference);
}
