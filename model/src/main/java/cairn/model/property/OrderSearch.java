package cairn.model.property;

import java.util.Arrays;
import java.util.function.BooleanSupplier;

/**
 * Decides whether some order of operations, each at one instant between its call and its answer,
 * explains a history of an object whose states can be numbered. It is exhaustive, but for limits.
 *
 * <p>It walks the events of the history, and where an answer is due whose operation has no place
 * yet it tries to place open operations until that one is placed: the search of Wing and Gong with
 * Lowe's just-in-time rule and his memory of configurations ("Testing for linearizability", 2017).
 * A configuration is an event, a state and one bit for each open operation, so that its size
 * depends on how many are open and not on how long the history is. Three rules keep them few
 * without losing any order. An operation that reads is placed as soon as its answer fits, since it
 * is in nobody's way. Of several open operations of one kind, whose places could be exchanged, the
 * one whose answer comes first is placed first. And one that is never answered is placed only if
 * the next one notices: if that would have led to the same state without it, the order explains as
 * much when it is left out. So a write that crashed and is never read is never tried for long,
 * however long it stays open.
 *
 * <p>{@link Linearization} is for runs, which have a claimed order to follow and states of
 * megabytes that are walked forth and back; this is for histories of which nothing is known.
 * docs/decisions/0011-two-searches-for-an-order.md says why there are two.
 */
public final class OrderSearch {

    /** What a step answers that the object does not allow. */
    public static final int IMPOSSIBLE = -1;

    private static final int NONE = -1;
    private static final int LOOK_UP_EVERY = 1 << 10;
    private static final int UNNOTICED_BITS = 32;

    /** Of the order that leads to the deepest answer so many operations are kept, the last ones. */
    private static final int MOST_IN_PATH = 10;

    private final Calls calls;
    private final Transitions object;
    private final int words;
    private final ConfigurationSet failed;
    private final BooleanSupplier gaveUp;

    // Where the walk is: which operation is open in each slot, and which of those are placed. The
    // upper half of the last word is for what was placed unanswered and is not noticed yet: zero
    // for none, or one more than the state before it.
    private final int[] openIn;
    private final long[] placed;
    private final long[] fewer;
    private int event;
    private int state;

    // One frame for each answer that is due, or operation placed before it; grows together.
    private int depth;
    private int[] frameEvent = new int[256];
    private int[] frameState = new int[256];
    private int[] frameNext = new int[256];
    private int[] frameFirst = new int[256];
    private long[] framePlaced;
    private int[] candidates = new int[256];
    private int candidateCount;
    private final int[] kindSeen;
    private int kindStamp;

    private long tried;
    private int deepest = NONE;
    private int[] deepestPath = new int[0];
    private int deepestState;

    /** What an operation of a kind does to a numbered state; zero is the state at first. */
    @FunctionalInterface
    public interface Transitions {

        /** The state after it, or {@link #IMPOSSIBLE} if the object does not answer so here. */
        int next(int state, int kind);
    }

    /** How a search ends. */
    public enum Outcome {
        /** An order explains everything. */
        EXPLAINED,
        /** No order does. */
        IMPOSSIBLE,
        /** It was told to stop. */
        OUT_OF_TIME,
        /** It would have had to remember more configurations than it may. */
        OUT_OF_MEMORY
    }

    /**
     * A search.
     *
     * @param most how many configurations it may remember; each takes eight bytes for its event and
     *     state, and eight for up to 32 open operations and for every 64 more
     * @param gaveUp asked now and then whether to stop
     */
    public OrderSearch(Calls calls, Transitions object, int most, BooleanSupplier gaveUp) {
        this.calls = calls;
        this.object = object;
        this.gaveUp = gaveUp;
        calls.close();
        words = (calls.slots() + UNNOTICED_BITS + 63) / 64;
        failed = new ConfigurationSet(words, most);
        openIn = new int[calls.slots()];
        Arrays.fill(openIn, NONE);
        placed = new long[words];
        fewer = new long[words];
        framePlaced = new long[256 * words];
        kindSeen = new int[calls.kinds()];
    }

    /** How many placements were tried. */
    public long tried() {
        return tried;
    }

    /** The operation whose answer no order could explain, when all before it were. */
    public int deepest() {
        return deepest == NONE ? NONE : calls.operationAt(deepest);
    }

    /**
     * The operations in an order that explains what comes before {@link #deepest}, the last few.
     */
    public int[] deepestPath() {
        return deepestPath.clone();
    }

    /** The state after {@link #deepestPath}. */
    public int deepestState() {
        return deepestState;
    }

    /** Searches until an order is found, none is left, or a limit is reached. */
    public Outcome search() {
        while (true) {
            if (forward()) {
                return Outcome.EXPLAINED;
            }
            if (event > deepest) {
                deepest = event;
                rememberPath();
            }
            if (!failed.contains(event, state, placed) && !isOutdone()) {
                push();
            }
            while (!placeNext()) {
                if (depth == 0) {
                    return Outcome.IMPOSSIBLE;
                }
                restore(depth - 1);
                if (!failed.add(event, state, placed)) {
                    return Outcome.OUT_OF_MEMORY;
                }
                depth--;
                candidateCount = frameFirst[depth];
            }
            if (++tried % LOOK_UP_EVERY == 0 && gaveUp.getAsBoolean()) {
                return Outcome.OUT_OF_TIME;
            }
        }
    }

    /** Takes events until an answer is due whose operation has no place; true at the end. */
    private boolean forward() {
        for (; event < calls.events(); event++) {
            int operation = calls.operationAt(event);
            int slot = calls.slot(operation);
            if (calls.isAnswerAt(event)) {
                if (!isPlaced(slot)) {
                    return false;
                }
                openIn[slot] = NONE;
                placed[slot >> 6] &= ~(1L << slot);
            } else {
                openIn[slot] = operation;
                if (calls.reads(operation)
                        && object.next(state, calls.kind(operation)) != IMPOSSIBLE) {
                    placed[slot >> 6] |= 1L << slot;
                }
            }
        }
        return true;
    }

    /**
     * Whether the same configuration fails that has fewer operations placed which were never
     * answered: those are free to come later or never, so having placed more of them is no help.
     * Nor is having to notice one.
     */
    private boolean isOutdone() {
        int before = unnoticed();
        if (before == NONE) {
            return isOutdoneByFewer();
        }
        setUnnoticed(NONE);
        boolean outdone = failed.contains(event, state, placed) || isOutdoneByFewer();
        setUnnoticed(before);
        return outdone;
    }

    private boolean isOutdoneByFewer() {
        System.arraycopy(placed, 0, fewer, 0, words);
        boolean any = false;
        for (int slot = 0; slot < openIn.length; slot++) {
            if (isPlaced(slot) && !calls.isAnswered(openIn[slot])) {
                any = true;
                placed[slot >> 6] ^= 1L << slot;
                boolean fails = failed.contains(event, state, placed);
                placed[slot >> 6] ^= 1L << slot;
                if (fails) {
                    return true;
                }
                fewer[slot >> 6] ^= 1L << slot;
            }
        }
        return any && failed.contains(event, state, fewer);
    }

    private boolean isPlaced(int slot) {
        return (placed[slot >> 6] & 1L << slot) != 0;
    }

    /** The state before what was placed last, if that is not answered and not noticed yet. */
    private int unnoticed() {
        return (int) (placed[words - 1] >>> UNNOTICED_BITS) - 1;
    }

    private void setUnnoticed(int before) {
        long others = placed[words - 1] & ((1L << UNNOTICED_BITS) - 1);
        placed[words - 1] = others | ((long) (before + 1) << UNNOTICED_BITS);
    }

    private void push() {
        if (depth == frameEvent.length) {
            int room = 2 * depth;
            frameEvent = Arrays.copyOf(frameEvent, room);
            frameState = Arrays.copyOf(frameState, room);
            frameNext = Arrays.copyOf(frameNext, room);
            frameFirst = Arrays.copyOf(frameFirst, room);
            framePlaced = Arrays.copyOf(framePlaced, room * words);
        }
        frameEvent[depth] = event;
        frameState[depth] = state;
        frameNext[depth] = NONE;
        frameFirst[depth] = candidateCount;
        System.arraycopy(placed, 0, framePlaced, depth * words, words);
        depth++;
    }

    /** Takes the walk back to where a frame was made. */
    private void restore(int frame) {
        for (int to = frameEvent[frame]; event > to; ) {
            event--;
            int operation = calls.operationAt(event);
            openIn[calls.slot(operation)] = calls.isAnswerAt(event) ? operation : NONE;
        }
        state = frameState[frame];
        System.arraycopy(framePlaced, frame * words, placed, 0, words);
    }

    /** Places the next candidate of the last frame; false if none is left. */
    private boolean placeNext() {
        if (depth == 0) {
            return false;
        }
        int frame = depth - 1;
        restore(frame);
        int due = calls.operationAt(event);
        if (frameNext[frame] == NONE) {
            frameNext[frame] = 0;
            if (place(due)) {
                return true;
            }
        }
        if (frameNext[frame] == 0) {
            collect(due);
        }
        while (frameFirst[frame] + frameNext[frame] < candidateCount) {
            int candidate = candidates[frameFirst[frame] + frameNext[frame]++];
            if (place(candidate)) {
                return true;
            }
        }
        return false;
    }

    /**
     * Places an operation if the object allows it and it notices what has to be, and then all open
     * ones that read what is.
     */
    private boolean place(int operation) {
        int kind = calls.kind(operation);
        int next = object.next(state, kind);
        if (next == IMPOSSIBLE) {
            return false;
        }
        int unnoticed = unnoticed();
        if (unnoticed != NONE && object.next(unnoticed, kind) == next) {
            return false;
        }
        boolean answered = calls.isAnswered(operation);
        if (!answered && !isNoticeable(operation, next)) {
            return false;
        }
        int before = state;
        state = next;
        int slot = calls.slot(operation);
        placed[slot >> 6] |= 1L << slot;
        boolean read = next != before && placeReads();
        setUnnoticed(answered || read ? NONE : before);
        return true;
    }

    /** Whether an open operation would notice that another led to a state. */
    private boolean isNoticeable(int operation, int next) {
        for (int slot = 0; next != state && slot < openIn.length; slot++) {
            int other = openIn[slot];
            if (other != NONE && other != operation && !isPlaced(slot)) {
                int after = object.next(next, calls.kind(other));
                if (after != IMPOSSIBLE && after != object.next(state, calls.kind(other))) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Places the open operations that read the state; whether there were any. */
    private boolean placeReads() {
        boolean any = false;
        for (int slot = 0; slot < openIn.length; slot++) {
            int reader = openIn[slot];
            if (reader != NONE
                    && calls.reads(reader)
                    && !isPlaced(slot)
                    && object.next(state, calls.kind(reader)) != IMPOSSIBLE) {
                placed[slot >> 6] |= 1L << slot;
                any = true;
            }
        }
        return any;
    }

    /** The open operations that may be placed before what is due: of each kind the most urgent. */
    private void collect(int due) {
        int first = candidateCount;
        for (int slot = 0; slot < openIn.length; slot++) {
            int operation = openIn[slot];
            if (operation == NONE
                    || operation == due
                    || isPlaced(slot)
                    || calls.reads(operation)
                    || calls.kind(operation) == calls.kind(due)) {
                continue;
            }
            if (candidateCount == candidates.length) {
                candidates = Arrays.copyOf(candidates, 2 * candidateCount);
            }
            // Few are open, so they are sorted as they come.
            int at = candidateCount++;
            long urgency = calls.urgency(operation);
            for (; at > first && calls.urgency(candidates[at - 1]) > urgency; at--) {
                candidates[at] = candidates[at - 1];
            }
            candidates[at] = operation;
        }
        kindStamp++;
        int kept = first;
        for (int i = first; i < candidateCount; i++) {
            int kind = calls.kind(candidates[i]);
            if (kindSeen[kind] != kindStamp) {
                kindSeen[kind] = kindStamp;
                candidates[kept++] = candidates[i];
            }
        }
        candidateCount = kept;
    }

    private void rememberPath() {
        // What was placed in a frame is what the next one has more, reads apart; the due ones do.
        int from = Math.max(0, depth - MOST_IN_PATH);
        deepestPath = new int[depth - from];
        for (int frame = from; frame < depth; frame++) {
            int next = frameNext[frame];
            deepestPath[frame - from] =
                    next <= 0
                            ? calls.operationAt(frameEvent[frame])
                            : candidates[frameFirst[frame] + next - 1];
        }
        deepestState = state;
    }
}
