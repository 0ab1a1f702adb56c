package cairn.simulator;

import cairn.model.Acknowledgement;
import cairn.model.Boot;
import cairn.model.Epoch;
import cairn.model.Event;
import cairn.model.Fact;
import cairn.model.Hardware;
import cairn.model.Message;
import cairn.model.Node;
import cairn.model.NodeId;
import cairn.model.Outbox;
import cairn.model.Promise;
import cairn.model.Protocol;
import cairn.model.Seat;

import java.util.List;
import java.util.Map;

/** Machines that claim what their clocks show each time that a timer of 100 us runs out. */
final class Ticker implements Protocol<Ticker.Silence> {

    static final long TICK_NANOS = 100_000;

    /** Nothing is ever sent. */
    record Silence() implements Message {
        @Override
        public int bytes() {
            return 0;
        }
    }

    @Override
    public String name() {
        return "ticker";
    }

    @Override
    public List<Seat> seats() {
        return List.of(new Seat("one", Hardware.PLAIN), new Seat("other", Hardware.PLAIN));
    }

    @Override
    public Node<Silence> node(NodeId place) {
        return new Machine();
    }

    @Override
    public Promise promise() {
        return new Promise("nothing", Acknowledgement.RECEIVED, Map.of(), false);
    }

    @Override
    public List<NodeId> servers() {
        return List.of(new NodeId(0));
    }

    private static final class Machine implements Node<Silence> {

        @Override
        public void boot(Boot boot, Outbox<Silence> out) {
            out.arm(1, TICK_NANOS);
        }

        @Override
        public void on(Event<Silence> event, Outbox<Silence> out) {
            if (event instanceof Event.Fired<Silence>) {
                out.claim(new Fact.Cut(new Epoch(out.clockNanos())));
                out.arm(1, TICK_NANOS);
            }
        }

        @Override
        public String waitsFor() {
            return "its timer";
        }
    }
}
