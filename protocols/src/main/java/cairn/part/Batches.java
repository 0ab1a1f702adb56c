package cairn.part;

import cairn.model.Outbox;
import cairn.model.service.Request;
import cairn.model.service.Response;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/**
 * Requests that are executed batch by batch, and whose answers leave batch by batch: while those of
 * one are under way, until what they depend on is safe, the next one is gathered.
 */
public final class Batches {

    private final StateMachine service;
    private final int most;
    private final ArrayDeque<Request> backlog = new ArrayDeque<>();
    private List<Response> gathered = new ArrayList<>();
    private List<Response> underWay = new ArrayList<>();
    private long changesAtCut;

    /**
     * No requests yet.
     *
     * @param most how many a batch may have
     */
    public Batches(StateMachine service, int most) {
        this.service = service;
        this.most = most;
    }

    public void add(Request request) {
        backlog.add(request);
    }

    /** Executes what the next batch may contain of what has come. */
    public void gather(Outbox<?> out) {
        while (!backlog.isEmpty() && gathered.size() < most) {
            Response response = service.execute(backlog.remove(), out);
            if (response != null) {
                gathered.add(response);
            }
        }
    }

    /** Whether nobody waits for an answer of the next batch. */
    public boolean isEmpty() {
        return gathered.isEmpty();
    }

    /** The next batch is under way; returns whether it changed what the one before had left. */
    public boolean begin() {
        List<Response> answered = underWay;
        underWay = gathered;
        gathered = answered;
        boolean changes = service.changes() > changesAtCut;
        changesAtCut = service.changes();
        return changes;
    }

    /** The answers that are under way leave. */
    public void answer(Outbox<?> out) {
        underWay.forEach(out::answer);
        underWay.clear();
    }
}
