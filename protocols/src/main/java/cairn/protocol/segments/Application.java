package cairn.protocol.segments;

import cairn.model.Activity;
import cairn.model.Boot;
import cairn.model.Event;
import cairn.model.Fact;
import cairn.model.Node;
import cairn.model.NodeId;
import cairn.model.Outbox;
import cairn.model.service.Request;
import cairn.part.StateMachine;
import cairn.part.TimeAccount;
import cairn.part.replica.Copy;
import cairn.protocol.segments.SegmentsMessage.Alive;
import cairn.protocol.segments.SegmentsMessage.Beat;
import cairn.protocol.segments.SegmentsMessage.Denied;
import cairn.protocol.segments.SegmentsMessage.Deposed;
import cairn.protocol.segments.SegmentsMessage.Loaded;
import cairn.protocol.segments.SegmentsMessage.Register;
import cairn.protocol.segments.SegmentsMessage.ToApplication;
import cairn.protocol.segments.SegmentsMessage.ToLeader;

import org.jspecify.annotations.Nullable;

/**
 * A process of the protected application: it stands by, or leads. The first one registers the name
 * at the first start; which one leads later is decided by who asks first when the primary has
 * fallen silent. Whoever finds that another leads ends itself, and stands by when it is started
 * again.
 */
final class Application implements Node<SegmentsMessage> {

    private static final long TICK = 0;

    private final Setup setup;
    private final NodeId self;
    private final NodeId service;
    private final TimeAccount time = new TimeAccount();
    private final @Nullable Watch watch;
    private @Nullable Leader leader;
    private int incarnation;
    private boolean registering;

    Application(Setup setup, NodeId self) {
        this.setup = setup;
        this.self = self;
        service = setup.topology().serviceOf(self);
        watch = Watch.of(setup.settings(), Requester.APPLICATION, self.index());
    }

    @Override
    public void boot(Boot boot, Outbox<SegmentsMessage> out) {
        incarnation = boot.incarnation();
        registering = self.index() == 0 && incarnation == 0;
        tick(out);
    }

    @Override
    public void on(Event<SegmentsMessage> event, Outbox<SegmentsMessage> out) {
        switch (event) {
            case Event.Asked(Request request) -> asked(request, out);
            case Event.Fired<?> _ -> tick(out);
            case Event.Delivered(NodeId _, ToApplication message) -> told(message, out);
            case Event.Delivered(NodeId _, Alive(long term)) -> alive(term, out);
            case Event.Delivered<?> _,
                    Event.Answered<?> _,
                    Event.Computed<?> _,
                    Event.OfNic<?> _,
                    Event.OfDisk<?> _ ->
                    throw new IllegalStateException("not for an application: " + event);
        }
    }

    private void asked(Request request, Outbox<SegmentsMessage> out) {
        out.spend(setup.costs().messageNanos());
        if (leader == null) {
            out.answer(StateMachine.refusal(request));
        } else {
            leader.asked(request, out);
        }
    }

    private void tick(Outbox<SegmentsMessage> out) {
        out.arm(TICK, setup.settings().heartbeatNanos());
        Leader leading = leader;
        out.send(service, new Beat(leading == null ? 0 : leading.term(), incarnation));
        if (leading != null) {
            leading.tick(out);
        } else if (registering) {
            out.send(service, new Register(0));
        } else if (watch != null && watch.tick(out)) {
            // CS-5: the application on another node asks for its segments there.
            time.does(Activity.RESTART, out);
            out.send(service, new Register(watch.term()));
        }
    }

    private void alive(long term, Outbox<SegmentsMessage> out) {
        Leader leading = leader;
        if (leading != null && term > leading.term()) {
            stepDown(leading, term, out);
        } else if (leading == null) {
            anotherLeads(term, out);
        }
    }

    private void anotherLeads(long term, Outbox<SegmentsMessage> out) {
        registering = false;
        if (watch != null) {
            watch.heard(term);
        }
        time.does(Activity.DOWN, out);
    }

    private void told(ToApplication message, Outbox<SegmentsMessage> out) {
        out.spend(setup.costs().messageNanos());
        Leader leading = leader;
        switch (message) {
            case Loaded(int forIncarnation, Copy copy) -> {
                if (forIncarnation == incarnation) {
                    loaded(copy, out);
                }
            }
            case Denied(long term) -> {
                if (leading == null && term > 0) {
                    anotherLeads(term, out);
                }
            }
            case Deposed(long term) -> {
                if (leading != null && term != leading.term()) {
                    stepDown(leading, term, out);
                }
            }
            case ToLeader toLeader -> {
                if (leading != null && toLeader.term() == leading.term()) {
                    leading.told(toLeader, out);
                }
            }
        }
    }

    private void loaded(Copy copy, Outbox<SegmentsMessage> out) {
        Leader leading = leader;
        if (leading == null) {
            registering = false;
            leader = new Leader(setup, time, service, copy, out);
        } else if (copy.term() > leading.term()) {
            // The service was started again and asked for the name before it knew that this one
            // has it: what is stored under the former term gets safe no more.
            stepDown(leading, copy.term(), out);
        }
    }

    /** CS-13: this one may still run, but nothing that it stores gets safe any more. */
    private static void stepDown(Leader leading, long term, Outbox<SegmentsMessage> out) {
        out.claim(new Fact.SteppedDown(leading.term()));
        out.halt("the name is another's under term " + term);
    }

    @Override
    public String waitsFor() {
        return leader == null ? "the primary to fall silent" : leader.waitsFor();
    }
}
