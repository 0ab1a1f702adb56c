package cairn.protocol.dirtypages;

import cairn.model.Boot;
import cairn.model.Event;
import cairn.model.Node;
import cairn.model.NodeId;
import cairn.model.Outbox;
import cairn.protocol.dirtypages.DirtyPagesMessage.Halted;
import cairn.protocol.dirtypages.DirtyPagesMessage.Preempt;
import cairn.protocol.dirtypages.DirtyPagesMessage.Release;
import cairn.protocol.dirtypages.DirtyPagesMessage.Runs;

/**
 * Wants the nodes for another computation now and then. It repeats what it wants, so whoever has
 * lost its memory learns it again; one that has started anew lets the computation run.
 */
final class Scheduler implements Node<DirtyPagesMessage> {

    private static final long TICK = 1;
    private static final long TURN = 2;

    /** More requests than one incarnation ever makes. */
    private static final int BITS = 24;

    private final DirtyPagesSettings settings;
    private final NodeId coordinator;
    private Want want = Want.RUN;
    private boolean isTimed;
    private long request;

    private enum Want {
        RUN,
        /** That it halts. */
        HALT,
        /** That it stays halted. */
        STAY
    }

    Scheduler(DirtyPagesSettings settings, Layout layout) {
        this.settings = settings;
        this.coordinator = layout.coordinator();
    }

    @Override
    public void boot(Boot boot, Outbox<DirtyPagesMessage> out) {
        request = (boot.incarnation() + 1L) << BITS;
        say(out);
    }

    @Override
    public void on(Event<DirtyPagesMessage> event, Outbox<DirtyPagesMessage> out) {
        switch (event) {
            case Event.Delivered<DirtyPagesMessage>(NodeId _, Halted(long which)) -> {
                if (which == request && want == Want.HALT) {
                    want = Want.STAY;
                    out.arm(TURN, settings.preemptForNanos());
                }
            }
            case Event.Delivered<DirtyPagesMessage>(NodeId _, Runs(long which)) -> {
                if (which == request && want == Want.RUN && !isTimed) {
                    isTimed = true;
                    out.arm(TURN, settings.preemptEveryNanos());
                }
            }
            case Event.Fired<DirtyPagesMessage>(long timer) -> {
                if (timer == TURN) {
                    turn();
                }
                say(out);
            }
            case Event.Delivered<DirtyPagesMessage> _,
                    Event.Asked<DirtyPagesMessage> _,
                    Event.Answered<DirtyPagesMessage> _,
                    Event.Computed<DirtyPagesMessage> _,
                    Event.OfNic<DirtyPagesMessage> _,
                    Event.OfDisk<DirtyPagesMessage> _ ->
                    throw new IllegalStateException("not for a scheduler: " + event);
        }
    }

    private void turn() {
        request++;
        if (want == Want.RUN) {
            want = Want.HALT;
        } else {
            want = Want.RUN;
            isTimed = false;
        }
    }

    private void say(Outbox<DirtyPagesMessage> out) {
        out.send(coordinator, want == Want.RUN ? new Release(request) : new Preempt(request));
        out.arm(TICK, settings.retryNanos());
    }

    @Override
    public String waitsFor() {
        return switch (want) {
            case RUN, STAY -> "its time";
            case HALT -> "the computation to halt";
        };
    }
}
