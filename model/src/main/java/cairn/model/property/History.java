package cairn.model.property;

import cairn.model.service.Operation;
import cairn.model.service.Request;

import java.util.Arrays;

/**
 * Operations as their clients saw them: when each was asked for and answered, with what result, and
 * in which order the servers say that they executed them. Operations and events are numbered from
 * zero.
 */
final class History {

    /** For an operation that was never answered, and for one of which no execution was claimed. */
    static final int NONE = -1;

    private Request[] requests = new Request[256];
    private long[] calledAt = new long[256];
    private long[] answeredAt = new long[256];
    private long[] results = new long[256];
    private int[] callEvent = new int[256];
    private int[] returnEvent = new int[256];
    private int[] place = new int[256];
    private int size;
    // Twice the operation, plus one for an answer.
    private int[] events = new int[512];
    private int eventCount;
    // Executions in the order in which they were claimed; only the last of an operation counts.
    private int[] executions = new int[256];
    private int executionCount;

    /** Notes that an operation was asked for, and returns its number. */
    int call(Request request, long at) {
        if (size == requests.length) {
            int room = 2 * size;
            requests = Arrays.copyOf(requests, room);
            calledAt = Arrays.copyOf(calledAt, room);
            answeredAt = Arrays.copyOf(answeredAt, room);
            results = Arrays.copyOf(results, room);
            callEvent = Arrays.copyOf(callEvent, room);
            returnEvent = Arrays.copyOf(returnEvent, room);
            place = Arrays.copyOf(place, room);
        }
        requests[size] = request;
        calledAt[size] = at;
        callEvent[size] = eventCount;
        returnEvent[size] = NONE;
        place[size] = NONE;
        event(2 * size);
        return size++;
    }

    /** Notes the answer to an operation. */
    void answer(int operation, long result, long at) {
        results[operation] = result;
        answeredAt[operation] = at;
        returnEvent[operation] = eventCount;
        event(2 * operation + 1);
    }

    private void event(int code) {
        if (eventCount == events.length) {
            events = Arrays.copyOf(events, 2 * eventCount);
        }
        events[eventCount++] = code;
    }

    /** Notes that a server claims to have executed an operation now. */
    void execute(int operation) {
        if (executionCount == executions.length) {
            executions = Arrays.copyOf(executions, 2 * executionCount);
        }
        executions[executionCount] = operation;
        place[operation] = executionCount++;
    }

    int size() {
        return size;
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

    int executions() {
        return executionCount;
    }

    int executedAs(int place) {
        return executions[place];
    }

    /** The place of an operation's last execution; {@link #NONE} if none was claimed. */
    int place(int operation) {
        return place[operation];
    }

    Operation operation(int operation) {
        return requests[operation].operation();
    }

    boolean isReadOnly(int operation) {
        return requests[operation].operation().isReadOnly();
    }

    boolean isAnswered(int operation) {
        return returnEvent[operation] != NONE;
    }

    int answerEvent(int operation) {
        return returnEvent[operation];
    }

    long result(int operation) {
        return results[operation];
    }

    long answeredAt(int operation) {
        return answeredAt[operation];
    }

    /** Whether an operation was open at any time while another one was. */
    boolean overlap(int one, int other) {
        return callEvent[one] < end(other) && callEvent[other] < end(one);
    }

    private int end(int operation) {
        return isAnswered(operation) ? returnEvent[operation] : Integer.MAX_VALUE;
    }

    /** One operation for a reader: who asked what, when, and what was answered. */
    String text(int operation, Declaration declaration) {
        String asked =
                declaration.role(requests[operation].client())
                        + " "
                        + requests[operation].operation()
                        + " asked "
                        + Words.at(calledAt[operation]);
        return isAnswered(operation)
                ? asked + ", answered " + results[operation] + " " + Words.at(answeredAt[operation])
                : asked + ", never answered";
    }
}
