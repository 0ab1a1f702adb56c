package cairn.protocol.segments;

import cairn.model.Boot;
import cairn.model.Event;
import cairn.model.Node;
import cairn.model.NodeId;
import cairn.model.Outbox;
import cairn.protocol.segments.SegmentsMessage.Alive;
import cairn.protocol.segments.SegmentsMessage.Register;

/**
 * The monitoring agent (CS-5): watches the application, and has its segments loaded on another node
 * when it is silent, in turn among those that can run it (CS-9).
 */
final class Agent implements Node<SegmentsMessage> {

    private static final long TICK = 0;

    private final SegmentsSettings settings;
    private final Topology topology;
    private final Watch watch;
    private int next = 1;

    Agent(SegmentsSettings settings, Topology topology) {
        this.settings = settings;
        this.topology = topology;
        watch = new Watch(settings, 0);
    }

    @Override
    public void boot(Boot boot, Outbox<SegmentsMessage> out) {
        out.arm(TICK, settings.heartbeatNanos());
    }

    @Override
    public void on(Event<SegmentsMessage> event, Outbox<SegmentsMessage> out) {
        switch (event) {
            case Event.Fired<?> _ -> {
                out.arm(TICK, settings.heartbeatNanos());
                if (watch.tick(out)) {
                    NodeId able = topology.services().get(next++ % settings.ableNodes());
                    out.send(able, new Register(watch.term()));
                }
            }
            case Event.Delivered(NodeId _, Alive(long term)) -> watch.heard(term);
            case Event.Delivered(NodeId _, SegmentsMessage.Denied(long term)) -> watch.heard(term);
            case Event.Delivered<?> _,
                    Event.Asked<?> _,
                    Event.Answered<?> _,
                    Event.Computed<?> _,
                    Event.OfNic<?> _,
                    Event.OfDisk<?> _ ->
                    throw new IllegalStateException("not for an agent: " + event);
        }
    }

    @Override
    public String waitsFor() {
        return "the application to fall silent";
    }
}
