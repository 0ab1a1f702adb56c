package cairn.part;

import cairn.model.Outbox;
import cairn.model.service.Request;
import cairn.model.service.Response;

import org.jspecify.annotations.Nullable;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/**
 * Output commit for a service: requests are executed ahead in batches, and the answers of a batch
 * wait until a checkpoint that contains it is safe. Where somebody else may lead by now, those of a
 * batch that only read may wait for a proof besides: that nobody did after they were read.
 */
public final class Batches {

    private final StateMachine service;
    private final int most;
    private final ArrayDeque<Request> backlog = new ArrayDeque<>();
    private final ArrayDeque<Batch> closed = new ArrayDeque<>();
    private List<Response> open = new ArrayList<>();

    /** Answers that wait for the checkpoint of a number, or a later one, and for a proof. */
    private record Batch(long number, long proof, List<Response> responses) {}

    /**
     * Batches of a service.
     *
     * @param most how many requests one may contain
     */
    public Batches(StateMachine service, int most) {
        this.service = service;
        this.most = most;
    }

    /** A request came; it waits for its turn. */
    public void ask(Request request) {
        backlog.add(request);
    }

    /** Executes what waits, as far as it fits into the open batch. */
    public void gather(Outbox<?> out) {
        while (!backlog.isEmpty() && open.size() < most) {
            add(service.execute(backlog.remove(), out));
        }
    }

    /** An answer belongs to the open batch, unless there is none to give. */
    public void add(@Nullable Response response) {
        if (response != null) {
            open.add(response);
        }
    }

    /** Whether no answer is in the open batch. */
    public boolean isEmpty() {
        return open.isEmpty();
    }

    /** Whether a closed batch has not been answered. */
    public boolean isWaiting() {
        return !closed.isEmpty();
    }

    /** The open batch is contained in the checkpoint of a number; the next one is opened. */
    public void close(long number) {
        close(number, 0);
    }

    /** The same, and its answers wait for the proof of a number too; zero for none. */
    public void close(long number, long proof) {
        closed.add(new Batch(number, proof, open));
        open = new ArrayList<>();
    }

    /** What was closed and not yet answered is in the open batch again: its checkpoint is none. */
    public void reopen() {
        while (!closed.isEmpty()) {
            open.addAll(0, closed.removeLast().responses());
        }
    }

    /** The checkpoint of a number is safe, and all before it. */
    public void release(long upTo, Outbox<?> out) {
        release(upTo, 0, out);
    }

    /** The same, and there are the proofs up to a number; whether anything was answered. */
    public boolean release(long upTo, long proven, Outbox<?> out) {
        int before = closed.size();
        while (!closed.isEmpty()
                && closed.element().number() <= upTo
                && closed.element().proof() <= proven) {
            closed.remove().responses().forEach(out::answer);
        }
        return closed.size() < before;
    }
}
