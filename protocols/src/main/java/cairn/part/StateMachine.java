package cairn.part;

import cairn.model.Fact;
import cairn.model.Outbox;
import cairn.model.service.Request;
import cairn.model.service.Response;
import cairn.model.service.Sessions;

import org.jspecify.annotations.Nullable;

/**
 * The protected service on a node's memory: executes each request once, says so, and knows the
 * answers to what it executed. When an answer may leave is for the protocol to decide.
 */
public final class StateMachine {

    private final Sessions sessions;
    private final Stores stores;
    private long changes;

    /** What watches the service's stores to memory, and holds it up. */
    public interface Stores {

        /** The application stands still for what its stores have cost since the last call. */
        void stall(Outbox<?> out);
    }

    /** A service whose stores nobody pays for here. */
    public StateMachine(Sessions sessions) {
        this(sessions, _ -> {});
    }

    public StateMachine(Sessions sessions, Stores stores) {
        this.sessions = sessions;
        this.stores = stores;
    }

    /** Writes the initial state into zeroed memory. */
    public void initialise(Outbox<?> out) {
        sessions.initialise(out.memory());
    }

    /**
     * Executes a request, unless the memory contains it already, and returns its answer; null for
     * one whose client has long asked for more and so has had its answer.
     */
    public @Nullable Response execute(Request request, Outbox<?> out) {
        if (!sessions.knows(request, out.memory())) {
            long result = sessions.execute(request, out.memory());
            out.spend(sessions.costNanos(request));
            stores.stall(out);
            changes += request.operation().isReadOnly() ? 0 : 1;
            out.claim(new Fact.Applied(request.client(), request.number()));
            return new Response(request.client(), request.number(), false, result);
        }
        Request later = new Request(request.client(), request.number() + 1, request.operation());
        return sessions.knows(later, out.memory())
                ? null
                : new Response(
                        request.client(),
                        request.number(),
                        false,
                        sessions.result(request, out.memory()));
    }

    /** How many requests that change the state were executed on this object. */
    public long changes() {
        return changes;
    }

    /** The answer of a node that does not lead. */
    public static Response refusal(Request request) {
        return new Response(request.client(), request.number(), true, 0);
    }
}
