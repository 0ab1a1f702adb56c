package cairn.rdma;

import cairn.model.verbs.WorkCompletion;

import org.jspecify.annotations.Nullable;

/** A ring of completions. One completion too many breaks it for good (IBV_EVENT_CQ_ERR). */
final class CompletionQueue {

    private final int number;
    private final @Nullable WorkCompletion[] ring;
    private int first;
    private int count;
    private boolean overrun;

    CompletionQueue(int number, int depth) {
        this.number = number;
        this.ring = new WorkCompletion[depth];
    }

    int number() {
        return number;
    }

    boolean isOverrun() {
        return overrun;
    }

    /** Returns whether there was room. */
    boolean add(WorkCompletion completion) {
        if (overrun || count == ring.length) {
            overrun = true;
            return false;
        }
        int at = first + count;
        ring[at >= ring.length ? at - ring.length : at] = completion;
        count++;
        return true;
    }

    @Nullable WorkCompletion poll() {
        if (overrun) {
            throw new IllegalStateException(
                    "completion queue " + number + " has overrun its " + ring.length + " places");
        }
        if (count == 0) {
            return null;
        }
        WorkCompletion oldest = ring[first];
        ring[first] = null;
        first = first + 1 == ring.length ? 0 : first + 1;
        count--;
        return oldest;
    }
}
