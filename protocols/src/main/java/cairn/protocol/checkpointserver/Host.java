package cairn.protocol.checkpointserver;

import cairn.model.Activity;
import cairn.model.Boot;
import cairn.model.CpuCosts;
import cairn.model.Event;
import cairn.model.Fact;
import cairn.model.Node;
import cairn.model.NodeId;
import cairn.model.Outbox;
import cairn.model.choice.Choice;
import cairn.model.choice.Law;
import cairn.model.service.Request;
import cairn.model.service.Sessions;
import cairn.part.StateMachine;
import cairn.part.view.Pulse;
import cairn.part.view.View;
import cairn.protocol.checkpointserver.CheckpointServerMessage.Alive;
import cairn.protocol.checkpointserver.CheckpointServerMessage.Fenced;
import cairn.protocol.checkpointserver.CheckpointServerMessage.Held;
import cairn.protocol.checkpointserver.CheckpointServerMessage.Poll;
import cairn.protocol.checkpointserver.CheckpointServerMessage.Replicate;
import cairn.protocol.checkpointserver.CheckpointServerMessage.Restored;
import cairn.protocol.checkpointserver.CheckpointServerMessage.Store;
import cairn.protocol.checkpointserver.CheckpointServerMessage.Stored;
import cairn.protocol.checkpointserver.CheckpointServerMessage.Take;

import org.jspecify.annotations.Nullable;

import java.util.ArrayDeque;

/**
 * A machine that can run the application. It stands by, holding what its style says, until the
 * replica manager's view makes it the primary; then it takes the term at the server and leads. One
 * that was replaced ends, and begins again as a host that holds nothing.
 */
final class Host implements Node<CheckpointServerMessage> {

    private static final long BEAT = 1;
    private static final long REPEAT = 2;
    private static final long START = 3;
    private static final long REPEAT_NANOS = 2_000_000;

    private final CheckpointServerSettings settings;
    private final Topology topology;
    private final CpuCosts costs;
    private final StateMachine service;
    private final ArrayDeque<Request> backlog = new ArrayDeque<>();
    private NodeId self = new NodeId(0);
    private int incarnation;
    private @Nullable Choice hangs;
    private boolean hung;
    private long beats;
    private View view = View.NONE;
    private @Nullable Checkpoint held;
    private long heldUnder;
    private boolean starting;
    private boolean taking;
    private @Nullable Leadership leadership;

    Host(CheckpointServerSettings settings, Topology topology, Sessions sessions, CpuCosts costs) {
        this.settings = settings;
        this.topology = topology;
        this.costs = costs;
        service = new StateMachine(sessions);
    }

    @Override
    public void boot(Boot boot, Outbox<CheckpointServerMessage> out) {
        self = boot.self();
        incarnation = boot.incarnation();
        if (settings.applicationHangProbability() > 0) {
            hangs =
                    out.choice(
                            "application hangs",
                            new Law.Chance(settings.applicationHangProbability()));
        }
        out.claim(Fact.Held.nothing(CheckpointStore.STATE));
        out.arm(BEAT, settings.heartbeatNanos());
        out.arm(REPEAT, REPEAT_NANOS);
    }

    @Override
    public void on(Event<CheckpointServerMessage> event, Outbox<CheckpointServerMessage> out) {
        switch (event) {
            // The process answers for itself, whatever the application in it does.
            case Event.Delivered<CheckpointServerMessage>(NodeId _, Poll(View newer)) -> {
                out.send(topology.manager(), new Alive(new Pulse(incarnation, beats)));
                if (newer.version() > view.version()) {
                    view = newer;
                    follow(out);
                }
            }
            case Event.Delivered<CheckpointServerMessage>(
                            NodeId origin,
                            CheckpointServerMessage message) -> {
                if (!hung) {
                    out.spend(costs.messageNanos());
                    delivered(origin, message, out);
                }
            }
            case Event.Asked<CheckpointServerMessage>(Request request) -> {
                if (!hung) {
                    out.spend(costs.messageNanos());
                    asked(request, out);
                }
            }
            case Event.Fired<CheckpointServerMessage>(long timer) -> {
                if (!hung) {
                    fired(timer, out);
                }
            }
            case Event.Computed<CheckpointServerMessage> _ -> {
                starting = false;
                taking = true;
                take(out);
            }
            case Event.Answered<CheckpointServerMessage> _,
                    Event.OfNic<CheckpointServerMessage> _,
                    Event.OfDisk<CheckpointServerMessage> _ ->
                    throw new IllegalStateException("not for a host: " + event);
        }
    }

    private void fired(long timer, Outbox<CheckpointServerMessage> out) {
        if (timer == BEAT) {
            beats++;
            out.arm(BEAT, settings.heartbeatNanos());
            return;
        }
        if (leadership != null) {
            leadership.repeat(out);
        } else if (taking) {
            take(out);
        }
        out.arm(REPEAT, REPEAT_NANOS);
    }

    // ---- what the manager decides

    private boolean standsBy() {
        return leadership == null && !taking && !starting;
    }

    private void follow(Outbox<CheckpointServerMessage> out) {
        boolean leads = view.isLedBy(self, incarnation);
        if (!standsBy() && !leads) {
            end("was replaced", out);
        } else if (leadership != null && !hung) {
            leadership.follow(view, out);
        } else if (leads && standsBy()) {
            begin(out);
        }
    }

    /** The application is not run on from memory that it has used. */
    private void end(String why, Outbox<CheckpointServerMessage> out) {
        if (leadership != null) {
            out.claim(new Fact.SteppedDown(view.term()));
        }
        out.halt(why);
    }

    private void begin(Outbox<CheckpointServerMessage> out) {
        out.claim(new Fact.Doing(Activity.RESTART));
        if (settings.style() == Style.COLD) {
            // The host goes on meanwhile: it is the application's process that has to be started.
            starting = true;
            out.compute(START, costs.processStartNanos());
        } else {
            taking = true;
            take(out);
        }
    }

    private void take(Outbox<CheckpointServerMessage> out) {
        Checkpoint own = held;
        out.send(
                topology.server(),
                new Take(
                        view.term(),
                        own == null ? 0 : own.term(),
                        own == null ? 0 : own.epoch().number()));
    }

    // ---- what others say

    private void delivered(
            NodeId origin, CheckpointServerMessage message, Outbox<CheckpointServerMessage> out) {
        switch (message) {
            case Restored restored -> {
                if (taking && restored.term() == view.term()) {
                    resume(restored, out);
                }
            }
            case Stored(long term, long round) -> {
                if (leadership != null) {
                    leadership.stored(term, round, out);
                }
            }
            case Held holds -> {
                if (leadership != null) {
                    leadership.held(origin, holds, out);
                }
            }
            case Replicate(long term, Checkpoint checkpoint) ->
                    replicate(origin, term, checkpoint, out);
            case Fenced(long highest) -> {
                if (highest > view.term() && (taking || leadership != null)) {
                    end("was replaced", out);
                }
            }
            case Poll _, Alive _, Take _, Store _ ->
                    throw new IllegalStateException("not for a host: " + message);
        }
    }

    private void resume(Restored restored, Outbox<CheckpointServerMessage> out) {
        Checkpoint from = restored.isHeld() ? held : restored.checkpoint();
        if (from == null) {
            // What it may hold never was a checkpoint of the server's.
            out.memory().clear();
            service.initialise(out);
        } else if (!restored.isHeld()) {
            from.image().restoreInto(out.memory());
            out.spend(
                    costs.checksumNanos(from.image().size())
                            + costs.memcpyNanos(from.image().size()));
        }
        taking = false;
        leadership = new Leadership(settings, costs, topology.server(), service, view, from, out);
        while (!backlog.isEmpty()) {
            leadership.asked(backlog.remove(), out);
        }
    }

    /** A backup takes a checkpoint of the newest primary that it knows of, unless it is older. */
    private void replicate(
            NodeId origin, long term, Checkpoint checkpoint, Outbox<CheckpointServerMessage> out) {
        if (!standsBy() || term < view.term() || term < heldUnder) {
            return;
        }
        Checkpoint own = held;
        if (own == null
                || term > heldUnder
                || (term == heldUnder && checkpoint.epoch().isAfter(own.epoch()))) {
            checkpoint.image().restoreInto(out.memory());
            out.spend(costs.memcpyNanos(checkpoint.image().size()));
            own = checkpoint;
            held = checkpoint;
            heldUnder = term;
            long digest = out.memory().digest();
            out.claim(new Fact.Held(CheckpointStore.STATE, checkpoint.epoch(), digest));
        }
        out.send(origin, new Held(term, own.term(), own.epoch().number()));
    }

    private void asked(Request request, Outbox<CheckpointServerMessage> out) {
        if (leadership != null) {
            long before = service.changes();
            leadership.asked(request, out);
            hung = service.changes() > before && hangs != null && hangs.happens();
        } else if (taking || starting) {
            backlog.add(request);
        } else {
            out.answer(StateMachine.refusal(request));
        }
    }

    @Override
    public String waitsFor() {
        if (hung) {
            return "the end of a loop in its application that has none";
        }
        if (leadership != null) {
            return leadership.waitsFor();
        }
        return taking || starting
                ? "the state, for term " + view.term()
                : "a failure of the primary";
    }
}
