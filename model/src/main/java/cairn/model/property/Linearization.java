package cairn.model.property;

import cairn.model.service.Specification;
import cairn.model.service.Specification.State;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Searches for an order of operations that explains a history, exhaustively but for a cap.
 *
 * <p>It is the search of Wing and Gong, with the memory of configurations that Lowe added and his
 * just-in-time rule ("Testing for linearizability", 2017): an operation is placed only when its
 * answer is due, after others that are open if need be. Two rules keep the choices few without
 * losing any order that matters. An operation that only reads is placed as soon as its answer fits,
 * since it is in nobody's way. And before an answer that is due only those open operations are
 * tried that do not commute with it, directly or through others; the rest can come later.
 */
final class Linearization {

    private static final int CALL = 0;
    private static final int ANSWER = 1;
    private static final int STEP = 2;
    private static final int READ = 3;
    private static final int MOST_REMEMBERED = 1 << 16;

    private final History history;
    private final Specification specification;
    private final State state;
    private final boolean followsClaims;
    private final long mostStates;
    private long states;
    private int deepest = History.NONE;

    private final boolean[] placed;
    // Open operations in the order of their calls: a ring whose head is one past the last
    // operation.
    private final int[] previous;
    private final int[] next;
    private final int head;
    private int[] trail = new int[1024];
    private int trailSize;
    private final List<Choice> choices = new ArrayList<>();
    private final Set<Failed> failed = new LinkedHashSet<>();
    private final BitSet failedEvents = new BitSet();

    /** How a search ends. */
    enum Outcome {
        EXPLAINED,
        IMPOSSIBLE,
        UNKNOWN
    }

    /** An answer that is due, and what may be placed next. */
    private static final class Choice {
        private final int event;
        private final int trail;
        private final int preferred;
        private int[] others = new int[0];
        private int tried;

        private Choice(int event, int trail, int preferred) {
            this.event = event;
            this.trail = trail;
            this.preferred = preferred;
        }
    }

    /** A configuration from which nothing leads to the end. */
    private record Failed(int event, List<Integer> placedEarly, Object state) {}

    /**
     * A search that tries first what the servers claim to have executed first, or else always what
     * is due: the one finds an order sooner where many operations meet at one place, the other
     * proves sooner that there is none.
     */
    Linearization(
            History history, Specification specification, boolean followsClaims, long mostStates) {
        this.history = history;
        this.specification = specification;
        this.followsClaims = followsClaims;
        this.mostStates = mostStates;
        state = specification.start();
        head = history.size();
        placed = new boolean[head];
        previous = new int[head + 1];
        next = new int[head + 1];
        previous[head] = head;
        next[head] = head;
    }

    /** How many placements were tried. */
    long states() {
        return states;
    }

    /** The last answer that could be reached: everything before it can be explained. */
    int deepestAnswer() {
        return deepest;
    }

    /** Searches until an order is found, none is left, or the cap is reached. */
    Outcome search() {
        int event = 0;
        while (true) {
            event = forward(event);
            if (event == history.events()) {
                return Outcome.EXPLAINED;
            }
            deepest = Math.max(deepest, event);
            int due = history.operationAt(event);
            if (!isKnownToFail(event)) {
                choices.add(new Choice(event, trailSize, preferred(due)));
            }
            while (!choices.isEmpty() && !placeNext(choices.getLast())) {
                if (states >= mostStates) {
                    return Outcome.UNKNOWN;
                }
                remember(choices.removeLast());
            }
            if (choices.isEmpty()) {
                return Outcome.IMPOSSIBLE;
            }
            event = choices.getLast().event;
        }
    }

    /** Takes events until an answer is due whose operation has no place yet. */
    private int forward(int from) {
        int event = from;
        while (event < history.events()) {
            int operation = history.operationAt(event);
            if (history.isAnswerAt(event)) {
                if (!placed[operation]) {
                    return event;
                }
                next[previous[operation]] = next[operation];
                previous[next[operation]] = previous[operation];
                log(ANSWER, operation);
            } else {
                previous[operation] = previous[head];
                next[operation] = head;
                next[previous[head]] = operation;
                previous[head] = operation;
                log(CALL, operation);
                placeIfItReads(operation);
            }
            event++;
        }
        return event;
    }

    private void placeIfItReads(int operation) {
        if (history.isReadOnly(operation)
                && history.isAnswered(operation)
                && state.step(history.operation(operation), history.result(operation))) {
            state.undo();
            placed[operation] = true;
            log(READ, operation);
        }
    }

    /** What the servers claim to have executed next, if that is known; else what is due. */
    private int preferred(int due) {
        if (!followsClaims) {
            return due;
        }
        int best = due;
        int bestPlace = history.place(due);
        for (int open = next[head]; open != head; open = next[open]) {
            int place = history.place(open);
            if (!placed[open]
                    && !history.isReadOnly(open)
                    && place != History.NONE
                    && place < bestPlace) {
                best = open;
                bestPlace = place;
            }
        }
        return best;
    }

    /** Places the next candidate of a choice; false if none is left or the cap is reached. */
    private boolean placeNext(Choice choice) {
        undoTo(choice.trail);
        while (true) {
            if (states >= mostStates) {
                return false;
            }
            int candidate;
            if (choice.tried == 0) {
                candidate = choice.preferred;
            } else {
                if (choice.tried == 1) {
                    choice.others = others(choice);
                }
                if (choice.tried > choice.others.length) {
                    return false;
                }
                candidate = choice.others[choice.tried - 1];
            }
            choice.tried++;
            if (place(candidate)) {
                return true;
            }
        }
    }

    private boolean place(int operation) {
        if (history.isReadOnly(operation)) {
            // It would have been placed as soon as it fitted.
            return false;
        }
        states++;
        if (!history.isAnswered(operation)) {
            state.step(history.operation(operation));
        } else if (!state.step(history.operation(operation), history.result(operation))) {
            return false;
        }
        placed[operation] = true;
        log(STEP, operation);
        for (int open = next[head]; open != head; open = next[open]) {
            if (!placed[open] && history.isReadOnly(open) && !commute(open, operation)) {
                placeIfItReads(open);
            }
        }
        return true;
    }

    private boolean commute(int one, int other) {
        return specification.commute(history.operation(one), history.operation(other));
    }

    /** The open operations that could make a difference to what is due, the due one first. */
    private int[] others(Choice choice) {
        int due = history.operationAt(choice.event);
        int[] queue = new int[1 + openCount()];
        int size = 1;
        queue[0] = due;
        for (int open = next[head]; open != head; open = next[open]) {
            if (!placed[open] && open != due) {
                queue[size++] = open;
            }
        }
        // What was reached stands before what was not; commuting keeps the rest apart.
        int reached = 1;
        for (int from = 0; from < reached; from++) {
            for (int i = reached; i < size; i++) {
                if (!commute(queue[from], queue[i])) {
                    int found = queue[i];
                    queue[i] = queue[reached];
                    queue[reached++] = found;
                }
            }
        }
        return Arrays.stream(queue, 0, reached)
                .filter(one -> one != choice.preferred && !history.isReadOnly(one))
                .toArray();
    }

    private int openCount() {
        int count = 0;
        for (int open = next[head]; open != head; open = next[open]) {
            count++;
        }
        return count;
    }

    private void log(int kind, int operation) {
        if (trailSize == trail.length) {
            trail = Arrays.copyOf(trail, 2 * trailSize);
        }
        trail[trailSize++] = operation << 2 | kind;
    }

    private void undoTo(int size) {
        while (trailSize > size) {
            int entry = trail[--trailSize];
            int operation = entry >>> 2;
            switch (entry & 3) {
                case CALL -> {
                    next[previous[operation]] = next[operation];
                    previous[next[operation]] = previous[operation];
                }
                case ANSWER -> {
                    next[previous[operation]] = operation;
                    previous[next[operation]] = operation;
                }
                case STEP -> {
                    state.undo();
                    placed[operation] = false;
                }
                default -> placed[operation] = false;
            }
        }
    }

    private boolean isKnownToFail(int event) {
        return failedEvents.get(event) && failed.contains(configuration(event));
    }

    private void remember(Choice choice) {
        if (failed.size() < MOST_REMEMBERED) {
            undoTo(choice.trail);
            failedEvents.set(choice.event);
            failed.add(configuration(choice.event));
        }
    }

    private Failed configuration(int event) {
        List<Integer> early = new ArrayList<>();
        for (int open = next[head]; open != head; open = next[open]) {
            if (placed[open]) {
                early.add(open);
            }
        }
        return new Failed(event, early, state.snapshot());
    }
}
