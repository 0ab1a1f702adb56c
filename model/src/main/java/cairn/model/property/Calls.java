package cairn.model.property;

import java.util.Arrays;

/**
 * Operations as they were called and answered, each of a numbered kind: what is asked together with
 * what is answered. Operations are numbered in the order of their calls. One that is never answered
 * may have taken effect at any time after its call, or not at all.
 */
public final class Calls {

    private static final int NONE = -1;

    // Twice the operation, plus one for an answer.
    private int[] events = new int[512];
    private int eventCount;
    private int[] kinds = new int[256];
    private boolean[] reads = new boolean[256];
    private int[] answeredBy = new int[256];
    private int size;
    private int kindCount;
    // Open operations have different slots; a slot is used again.
    private int[] slots = new int[0];
    private int slotCount;

    /**
     * Notes a call and answers the operation's number.
     *
     * @param reads whether it changes no state that allows it
     */
    public int call(int kind, boolean reads) {
        if (size == kinds.length) {
            kinds = Arrays.copyOf(kinds, 2 * size);
            this.reads = Arrays.copyOf(this.reads, 2 * size);
            answeredBy = Arrays.copyOf(answeredBy, 2 * size);
        }
        kinds[size] = kind;
        this.reads[size] = reads;
        answeredBy[size] = NONE;
        kindCount = Math.max(kindCount, kind + 1);
        event(2 * size);
        return size++;
    }

    /** Notes the answer to an operation. */
    public void answer(int operation) {
        answeredBy[operation] = eventCount;
        event(2 * operation + 1);
    }

    private void event(int code) {
        if (eventCount == events.length) {
            events = Arrays.copyOf(events, 2 * eventCount);
        }
        events[eventCount++] = code;
    }

    /** Gives each operation the lowest slot that is free while it is open. */
    void close() {
        slots = new int[size];
        slotCount = 0;
        int[] free = new int[size];
        int freed = 0;
        for (int event = 0; event < eventCount; event++) {
            int operation = operationAt(event);
            if (isAnswerAt(event)) {
                free[freed++] = slots[operation];
            } else {
                slots[operation] = freed > 0 ? free[--freed] : slotCount++;
            }
        }
    }

    int slots() {
        return slotCount;
    }

    int slot(int operation) {
        return slots[operation];
    }

    int kinds() {
        return kindCount;
    }

    int kind(int operation) {
        return kinds[operation];
    }

    /** A read that was never answered read nothing, and does not count as one. */
    boolean reads(int operation) {
        return reads[operation];
    }

    boolean isAnswered(int operation) {
        return answeredBy[operation] != NONE;
    }

    int events() {
        return eventCount;
    }

    boolean isAnswerAt(int event) {
        return (events[event] & 1) == 1;
    }

    int operationAt(int event) {
        return events[event] >>> 1;
    }

    /**
     * The sooner its answer comes, the less; of those without an answer, the sooner it was called.
     */
    long urgency(int operation) {
        return answeredBy[operation] == NONE
                ? (long) Integer.MAX_VALUE + operation
                : answeredBy[operation];
    }
}
