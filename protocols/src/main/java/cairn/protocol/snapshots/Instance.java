package cairn.protocol.snapshots;

import cairn.model.Activity;
import cairn.model.Boot;
import cairn.model.Event;
import cairn.model.Fact;
import cairn.model.Node;
import cairn.model.NodeId;
import cairn.model.Outbox;
import cairn.model.choice.Choice;
import cairn.model.choice.Law;
import cairn.model.service.Request;
import cairn.part.StateMachine;
import cairn.part.snapshot.StorageMessage.Fenced;
import cairn.part.snapshot.StorageMessage.OfTerm;
import cairn.part.snapshot.StorageMessage.Restored;
import cairn.part.snapshot.StorageMessage.Take;
import cairn.part.snapshot.StorageMessage.ToWriter;
import cairn.protocol.snapshots.SnapshotsMessage.Alive;
import cairn.protocol.snapshots.SnapshotsMessage.Kill;
import cairn.protocol.snapshots.SnapshotsMessage.OfStorage;
import cairn.protocol.snapshots.SnapshotsMessage.Probe;
import cairn.protocol.snapshots.SnapshotsMessage.Start;
import cairn.protocol.snapshots.SnapshotsMessage.ToInstance;
import cairn.protocol.snapshots.SnapshotsMessage.ToLeader;

import org.jspecify.annotations.Nullable;

import java.util.ArrayDeque;

/**
 * An instance of the application in its process: idle, until its daemon starts it under a term and
 * the storage hands it the newest snapshot; then it leads until it dies or is replaced. It never
 * goes back to idle with memory that it has used: it ends, and another process begins.
 */
final class Instance implements Node<SnapshotsMessage> {

    private static final long HEARTBEAT = 1;
    private static final long REPEAT = 2;
    private static final long WATCHDOG = 3;
    private static final long REPEAT_NANOS = 2_000_000;

    private final Setup setup;
    private final NodeId daemon;
    private final ArrayDeque<Request> backlog = new ArrayDeque<>();
    private int incarnation;
    private @Nullable Choice hangs;
    private boolean hung;
    private long beats;
    private long term;
    private long refusedBy;
    private @Nullable Leadership leadership;

    Instance(Setup setup, NodeId self) {
        this.setup = setup;
        daemon = Topology.DAEMONS.get(Topology.computer(self));
    }

    @Override
    public void boot(Boot boot, Outbox<SnapshotsMessage> out) {
        incarnation = boot.incarnation();
        double probability = setup.settings().applicationHangProbability();
        if (probability > 0) {
            hangs = out.choice("application hangs", new Law.Chance(probability));
        }
        out.arm(HEARTBEAT, setup.settings().heartbeatNanos());
        out.arm(REPEAT, REPEAT_NANOS);
    }

    @Override
    public void on(Event<SnapshotsMessage> event, Outbox<SnapshotsMessage> out) {
        switch (event) {
            // The process answers for itself, whatever the application in it does.
            case Event.Delivered(NodeId _, Probe _) ->
                    out.send(daemon, new Alive(incarnation, beats, term, refusedBy));
            case Event.Delivered(NodeId _, Kill(int which)) -> {
                if (which == incarnation) {
                    out.halt("its daemon took it for failed");
                }
            }
            case Event.Computed(long token) -> {
                if (leadership != null) {
                    leadership.transfer().computed(token, out);
                }
            }
            case Event.Delivered<?> _, Event.Asked<?> _, Event.Fired<?> _ when hung -> {
                // Lost on an application that does not go on.
            }
            case Event.Delivered(NodeId _, ToInstance message) -> {
                out.spend(setup.costs().messageNanos());
                delivered(message, out);
            }
            case Event.Delivered(NodeId _, OfStorage(ToWriter message)) -> {
                out.spend(setup.costs().messageNanos());
                delivered(message, out);
            }
            case Event.Asked(Request request) -> {
                out.spend(setup.costs().messageNanos());
                asked(request, out);
            }
            case Event.Fired(long timer) -> fired(timer, out);
            case Event.Delivered<?> _, Event.Answered<?> _, Event.OfNic<?> _, Event.OfDisk<?> _ ->
                    throw new IllegalStateException("not for an instance: " + event);
        }
    }

    private void fired(long timer, Outbox<SnapshotsMessage> out) {
        if (timer == HEARTBEAT) {
            beats++;
            out.arm(HEARTBEAT, setup.settings().heartbeatNanos());
        } else if (timer == WATCHDOG) {
            if (leadership != null) {
                leadership.transfer().startAgain(out);
            }
        } else {
            if (leadership != null) {
                leadership.transfer().repeat(out);
            } else if (term > 0) {
                take(out);
            }
            out.arm(REPEAT, REPEAT_NANOS);
        }
    }

    private void delivered(ToInstance message, Outbox<SnapshotsMessage> out) {
        switch (message) {
            case Start(int which, long wanted) -> {
                if (which == incarnation && term == 0 && wanted > refusedBy) {
                    term = wanted;
                    out.claim(new Fact.Doing(Activity.RESTART));
                    take(out);
                }
            }
            case ToLeader toLeader -> {
                if (leadership != null && toLeader.term() == term) {
                    leadership.delivered(toLeader, out);
                }
            }
            case Probe _, Kill _ -> throw new IllegalStateException("for the process: " + message);
        }
    }

    private void delivered(ToWriter message, Outbox<SnapshotsMessage> out) {
        switch (message) {
            case Restored restored -> {
                if (leadership == null
                        && restored.term() == term
                        && restored.incarnation() == incarnation) {
                    leadership = new Leadership(setup, restored, WATCHDOG, out);
                    while (!backlog.isEmpty()) {
                        asked(backlog.remove(), out);
                    }
                }
            }
            case Fenced(long highest) -> fenced(highest, out);
            case OfTerm ofTerm -> {
                if (leadership != null && ofTerm.term() == term) {
                    leadership.delivered(ofTerm, out);
                }
            }
        }
    }

    private void take(Outbox<SnapshotsMessage> out) {
        setup.store().send(new Take(term, incarnation), out);
    }

    private void fenced(long highest, Outbox<SnapshotsMessage> out) {
        if (leadership != null) {
            if (highest > term) {
                out.claim(new Fact.SteppedDown(term));
                out.halt("was replaced");
            }
        } else if (term > 0 && highest >= term) {
            refusedBy = highest;
            term = 0;
            while (!backlog.isEmpty()) {
                out.answer(StateMachine.refusal(backlog.remove()));
            }
        }
    }

    private void asked(Request request, Outbox<SnapshotsMessage> out) {
        if (leadership != null) {
            boolean changed = leadership.asked(request, out);
            hung = changed && hangs != null && hangs.happens();
        } else if (term > 0) {
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
        return term > 0 ? "the newest snapshot, for term " + term : "nothing";
    }
}
