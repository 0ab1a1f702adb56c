package cairn.cluster.run;

import cairn.model.Boot;
import cairn.model.Event;
import cairn.model.Message;
import cairn.model.Node;
import cairn.model.NodeId;
import cairn.model.Outbox;
import cairn.model.service.Operation;
import cairn.model.service.Request;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.concurrent.CompletableFuture;

/** A client that asks what it is told to: again and again, one server after another. */
final class Caller<M extends Message> implements Node<M> {

    private static final long TIMEOUT = 1;

    /** After a round of refusals nobody leads yet: it waits for this part of its timeout. */
    private static final long REFUSED_PART = 16;

    private final List<NodeId> servers;
    private final long timeoutNanos;
    private NodeId self = new NodeId(0);
    private @Nullable Request open;
    private CompletableFuture<Long> answer = new CompletableFuture<>();
    private int server;
    private int refusals;
    private long asked;

    Caller(List<NodeId> servers, long timeoutNanos) {
        this.servers = List.copyOf(servers);
        this.timeoutNanos = timeoutNanos;
    }

    /** Asks; what was asked before and has no answer is given up. Called in a turn of its own. */
    void ask(Operation operation, CompletableFuture<Long> answered, Outbox<M> out) {
        answer = answered;
        refusals = 0;
        Request request = new Request(self, ++asked, operation);
        open = request;
        send(request, out);
    }

    private void send(Request request, Outbox<M> out) {
        out.ask(servers.get(server), request, 0);
        out.arm(TIMEOUT, timeoutNanos);
    }

    private void repeat(Outbox<M> out) {
        if (open != null && !answer.isDone()) {
            server = (server + 1) % servers.size();
            send(open, out);
        }
    }

    @Override
    public void boot(Boot boot, Outbox<M> out) {
        self = boot.self();
    }

    @Override
    public void on(Event<M> event, Outbox<M> out) {
        switch (event) {
            case Event.Fired<M> _ -> repeat(out);
            case Event.Answered<M>(var response) -> {
                if (open == null || response.number() != open.number()) {
                    // A late answer to what was given up.
                    return;
                }
                if (!response.refused()) {
                    open = null;
                    out.disarm(TIMEOUT);
                    answer.complete(response.result());
                } else if (++refusals < servers.size()) {
                    repeat(out);
                } else {
                    refusals = 0;
                    out.arm(TIMEOUT, Math.max(1, timeoutNanos / REFUSED_PART));
                }
            }
            case Event.Delivered<M> _,
                    Event.Asked<M> _,
                    Event.Computed<M> _,
                    Event.OfNic<M> _,
                    Event.OfDisk<M> _ ->
                    throw new IllegalStateException("not for a client: " + event);
        }
    }

    @Override
    public String waitsFor() {
        return open == null ? "nothing" : "the answer to its request " + open.number();
    }
}
