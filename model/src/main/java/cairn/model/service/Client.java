package cairn.model.service;

import cairn.model.Boot;
import cairn.model.Event;
import cairn.model.Message;
import cairn.model.Node;
import cairn.model.NodeId;
import cairn.model.Outbox;
import cairn.model.choice.Choice;
import cairn.model.choice.Law;
import cairn.model.service.Workload.Loop;

import org.jspecify.annotations.Nullable;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;

/**
 * A client of a service: asks one thing at a time, repeats it under the same number until it is
 * answered, and goes on to the next server when one refuses or stays silent.
 */
public final class Client<M extends Message> implements Node<M> {

    /** The timer that has the client ask for its next operation. */
    public static final long NEXT = 1;

    private static final long TIMEOUT = 2;

    /** After refusals a client waits for this part of its timeout. */
    private static final long REFUSED_PART = 16;

    private final Workload workload;
    private final OperationSource operations;
    private final List<NodeId> servers;
    private final long share;
    private final Queue<Long> waitingSince = new ArrayDeque<>();
    private NodeId self = new NodeId(0);
    private @Nullable Choice gap;
    private @Nullable Request open;
    private long openSince;
    private int server;
    private long arrived;
    private long asked;
    private int refusals;

    /** A client that asks for {@code share} operations in all. */
    public Client(Workload workload, OperationSource operations, List<NodeId> servers, long share) {
        this.workload = workload;
        this.operations = operations;
        this.servers = List.copyOf(servers);
        this.share = share;
    }

    @Override
    public void boot(Boot boot, Outbox<M> out) {
        self = boot.self();
        if (workload.loop() instanceof Loop.Open(double perSecond)) {
            double meanGapNanos = 1e9 * workload.clients() / perSecond;
            gap = out.choice("arrival", new Law.Exponential(0, meanGapNanos));
        }
        awaitArrival(out);
    }

    @Override
    public void on(Event<M> event, Outbox<M> out) {
        switch (event) {
            case Event.Fired<M>(long timer) when timer == NEXT -> {
                if (workload.loop() instanceof Loop.Directed) {
                    open = null;
                }
                arrived++;
                waitingSince.add(out.clockNanos());
                awaitArrivalOfOpenLoop(out);
                askNext(out);
            }
            // Silence means nothing: the request may or may not have been executed, so it is
            // repeated as it was.
            case Event.Fired<M> _ -> repeat(out);
            case Event.Answered<M>(Response response) -> answered(response, out);
            case Event.Delivered<M> _,
                    Event.Asked<M> _,
                    Event.Computed<M> _,
                    Event.OfNic<M> _,
                    Event.OfDisk<M> _ ->
                    throw new IllegalStateException("not for a client: " + event);
        }
    }

    private void awaitArrival(Outbox<M> out) {
        if (arrived == share) {
            return;
        }
        switch (workload.loop()) {
            case Loop.Closed(long thinkNanos) -> out.arm(NEXT, thinkNanos);
            case Loop.Open _ -> {
                if (gap != null) {
                    out.arm(NEXT, gap.ask());
                }
            }
            case Loop.Directed _ -> {
                // Whoever directs it says when.
            }
        }
    }

    private void awaitArrivalOfOpenLoop(Outbox<M> out) {
        if (gap != null) {
            awaitArrival(out);
        }
    }

    private void askNext(Outbox<M> out) {
        if (open != null || waitingSince.isEmpty()) {
            return;
        }
        openSince = waitingSince.remove();
        open = new Request(self, ++asked, operations.next());
        refusals = 0;
        send(open, out);
    }

    private void send(Request request, Outbox<M> out) {
        out.ask(servers.get(server), request, out.clockNanos() - openSince);
        out.arm(TIMEOUT, workload.timeoutNanos());
    }

    private void repeat(Outbox<M> out) {
        if (open != null) {
            server = (server + 1) % servers.size();
            send(open, out);
        }
    }

    private void answered(Response response, Outbox<M> out) {
        if (open == null || response.number() != open.number()) {
            // A late answer to an earlier attempt.
            return;
        }
        if (response.refused()) {
            // After one round of refusals nobody leads yet: wait a part of the timeout, then ask
            // again.
            if (++refusals < servers.size()) {
                repeat(out);
            } else {
                refusals = 0;
                out.arm(TIMEOUT, Math.max(1, workload.timeoutNanos() / REFUSED_PART));
            }
            return;
        }
        open = null;
        out.disarm(TIMEOUT);
        if (workload.loop() instanceof Loop.Closed) {
            awaitArrival(out);
        }
        askNext(out);
    }

    @Override
    public String waitsFor() {
        if (open != null) {
            return "the answer of " + servers.get(server) + " to its request " + open.number();
        }
        return arrived < share ? "its next request" : "nothing";
    }
}
