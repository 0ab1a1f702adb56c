package cairn.experiment.calibration;

import cairn.model.Activity;
import cairn.model.Boot;
import cairn.model.Epoch;
import cairn.model.Event;
import cairn.model.Fact;
import cairn.model.Node;
import cairn.model.Outbox;
import cairn.model.service.Request;
import cairn.model.service.Response;
import cairn.model.service.Sessions;
import cairn.model.verbs.Access;
import cairn.model.verbs.FlushType;
import cairn.model.verbs.Opcode;
import cairn.model.verbs.RemoteAddress;
import cairn.model.verbs.WorkCompletion;
import cairn.model.verbs.WorkRequest;

import org.jspecify.annotations.Nullable;

import java.util.ArrayDeque;
import java.util.EnumSet;
import java.util.Queue;

/**
 * Executes requests one after the other, each with one timed operation before its answer leaves. An
 * operation that a fault stops is done again on another connection, and takes the longer.
 */
final class Requester implements Node<Hello> {

    private static final long UNTIMED = 0;
    private static final long TIMED = 1;

    private static final long WATCH = 1;

    /** What is not answered for so long is tried again; the slowest operation takes far less. */
    private static final long PATIENCE_NANOS = 5_000_000;

    private final ProbeSettings settings;
    private final Sessions sessions;
    private final Queue<Request> waiting = new ArrayDeque<>();
    private @Nullable Connection connection;
    private @Nullable Response underWay;
    private boolean connected;
    private long session;
    private long watched;
    private int rkey;
    private long epoch;

    Requester(ProbeSettings settings, Sessions sessions) {
        this.settings = settings;
        this.sessions = sessions;
    }

    @Override
    public void boot(Boot boot, Outbox<Hello> out) {
        sessions.initialise(out.memory());
        out.claim(new Fact.Resumed(Epoch.ZERO));
        out.claim(new Fact.Leading(boot.incarnation() + 1L));
        out.claim(new Fact.Doing(Activity.USEFUL));
        connection = new Connection(settings.sizeBytes(), out);
        session = (long) boot.incarnation() << 32;
        greet(connection, out);
        out.arm(WATCH, PATIENCE_NANOS);
    }

    private void greet(Connection own, Outbox<Hello> out) {
        out.send(Probe.RESPONDER, new Hello(session, own.queuePair(), 0));
    }

    /** Whatever is wrong with the connection, another one is made. */
    private void reconnect(Connection own, Outbox<Hello> out) {
        own.renew(out);
        connected = false;
        session++;
        greet(own, out);
    }

    private void watch(Connection own, Outbox<Hello> out) {
        if (!connected) {
            greet(own, out);
        } else if (underWay != null && watched == epoch) {
            reconnect(own, out);
        }
        watched = epoch;
        out.arm(WATCH, PATIENCE_NANOS);
    }

    @Override
    public void on(Event<Hello> event, Outbox<Hello> out) {
        if (connection == null) {
            throw new IllegalStateException("an event before the start: " + event);
        }
        switch (event) {
            case Event.Delivered<Hello>(var peer, Hello(long about, int queuePair, int key))
                    when about == session && !connected -> {
                connection.connect(peer, queuePair, EnumSet.noneOf(Access.class), out);
                rkey = key;
                connected = true;
                if (underWay == null) {
                    next(connection, out);
                } else {
                    post(connection, out);
                }
            }
            // A second answer, or one about a connection that was given up.
            case Event.Delivered<Hello> _ -> {}
            case Event.Asked<Hello>(Request request) -> {
                waiting.add(request);
                next(connection, out);
            }
            case Event.Completed<Hello>(WorkCompletion completion) ->
                    completed(connection, completion, out);
            case Event.Fired<Hello> _ -> watch(connection, out);
            // What broke shows in the completions, or in their absence.
            case Event.Raised<Hello> _ -> {}
            case Event.Answered<Hello> _,
                    Event.Computed<Hello> _,
                    Event.Persisted<Hello> _,
                    Event.OfDisk<Hello> _ ->
                    throw new IllegalStateException("not for a requester: " + event);
        }
    }

    private void next(Connection own, Outbox<Hello> out) {
        if (!connected || underWay != null || waiting.isEmpty()) {
            return;
        }
        Request request = waiting.remove();
        out.spend(sessions.costNanos(request));
        long result =
                sessions.knows(request, out.memory())
                        ? sessions.result(request, out.memory())
                        : sessions.execute(request, out.memory());
        out.claim(new Fact.Applied(request.client(), request.number()));
        underWay = new Response(request.client(), request.number(), false, result);
        out.claim(new Fact.Cut(new Epoch(++epoch)));
        post(own, out);
    }

    private void post(Connection own, Outbox<Hello> out) {
        var target = new RemoteAddress(rkey, 0);
        switch (settings.operation()) {
            case SEND_ECHO -> own.post(new WorkRequest.Send(UNTIMED, own.payload()), out);
            case READ ->
                    own.post(
                            new WorkRequest.Read(TIMED, own.received(settings.sizeBytes()), target),
                            out);
            case WRITE -> own.post(new WorkRequest.Write(TIMED, own.payload(), target), out);
            case WRITE_READ -> {
                own.post(new WorkRequest.Write(UNTIMED, own.payload(), target, false, false), out);
                own.post(new WorkRequest.Read(TIMED, own.received(1), target), out);
            }
            case WRITE_FLUSH -> {
                own.post(new WorkRequest.Write(UNTIMED, own.payload(), target, false, false), out);
                own.post(
                        new WorkRequest.Flush(
                                TIMED, target, settings.sizeBytes(), FlushType.PERSISTENT),
                        out);
            }
        }
    }

    private void completed(Connection own, WorkCompletion completion, Outbox<Hello> out) {
        if (completion.queuePair() != own.queuePair()) {
            // Of a connection that was given up.
            return;
        }
        if (!completion.succeeded()) {
            if (connected) {
                reconnect(own, out);
            }
            return;
        }
        boolean echo = completion.opcode() == Opcode.RECEIVE;
        if (underWay == null || (completion.id() == UNTIMED && !echo)) {
            return;
        }
        out.claim(new Fact.Acknowledged(new Epoch(epoch)));
        out.answer(underWay);
        underWay = null;
        if (echo) {
            own.receive(out);
        }
        next(own, out);
    }

    @Override
    public String waitsFor() {
        return underWay == null ? "requests" : "the completion of e" + epoch;
    }
}
