package cairn.model.computation;

import cairn.model.Outbox;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** What the threads of a rank are at, and how much those that compute have left. */
final class Threads {

    /** Marks the tokens of computing threads among those of the host. */
    private static final long MARK = 1L << 62;

    private static final int THREAD_BITS = 8;

    private final State[] states;
    private final long[] left;
    private long generation;

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

    Threads(int count, int rank) {
        // What one rank computed on a machine is not taken for what another one does there.
        generation = (long) rank << 32;
        states = new State[count];
        left = new long[count];
        Arrays.fill(states, State.READY);
    }

    int count() {
        return states.length;
    }

    /** Whether a thread can take a step: it does not compute, and has not ended. */
    boolean canStep(int thread) {
        return states[thread] == State.READY || hasComputed(thread);
    }

    boolean hasComputed(int thread) {
        return states[thread] == State.COMPUTED;
    }

    boolean hasEnded(int thread) {
        return states[thread] == State.ENDED;
    }

    /** A step was taken. */
    void ready(int thread) {
        states[thread] = State.READY;
    }

    void end(int thread) {
        states[thread] = State.ENDED;
    }

    // ---- computing

    void compute(int thread, long nanos, Outbox<?> out) {
        states[thread] = State.COMPUTING;
        out.compute(token(thread), nanos);
    }

    private long token(int thread) {
        return MARK | generation << THREAD_BITS | thread;
    }

    /** Takes {@link cairn.model.Event.Computed}; false if the token is not one of a thread's. */
    boolean computed(long token) {
        if ((token & MARK) == 0) {
            return false;
        }
        int thread = (int) (token & ((1L << THREAD_BITS) - 1));
        if ((token & ~MARK) >>> THREAD_BITS == generation && states[thread] == State.COMPUTING) {
            states[thread] = State.COMPUTED;
        }
        return true;
    }

    // ---- stopping

    /** Stops those that compute where they are. */
    void interrupt(Outbox<?> out) {
        for (int i = 0; i < states.length; i++) {
            if (states[i] == State.COMPUTING) {
                states[i] = State.INTERRUPTED;
                left[i] = out.interrupt(token(i));
            }
        }
        generation++;
    }

    /** Lets those that were interrupted compute what was left. */
    void goOn(Outbox<?> out) {
        for (int i = 0; i < states.length; i++) {
            if (states[i] == State.INTERRUPTED) {
                compute(i, left[i], out);
            }
        }
    }

    /** All are at their next steps. */
    void reset() {
        generation++;
        Arrays.fill(states, State.READY);
    }

    /** How many nanoseconds each has left to compute; -1 for one that does not compute. */
    List<Long> unfinishedWork() {
        return IntStream.range(0, states.length)
                .mapToObj(i ->
                        switch (states[i]) {
                            case INTERRUPTED -> left[i];
                            case COMPUTED -> 0L;
                            case READY, COMPUTING, ENDED -> -1L;
                        })
                .toList();
    }

    void resumeWork(List<Long> unfinished) {
        for (int i = 0; i < states.length; i++) {
            left[i] = unfinished.get(i);
            states[i] = left[i] < 0 ? State.READY : State.INTERRUPTED;
        }
    }
}
