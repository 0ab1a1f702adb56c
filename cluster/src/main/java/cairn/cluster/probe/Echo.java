package cairn.cluster.probe;

import cairn.model.Acknowledgement;
import cairn.model.Boot;
import cairn.model.Event;
import cairn.model.Hardware;
import cairn.model.Message;
import cairn.model.Node;
import cairn.model.NodeId;
import cairn.model.Outbox;
import cairn.model.Promise;
import cairn.model.Protocol;
import cairn.model.Seat;
import cairn.model.fault.FaultKind;
import cairn.model.service.Response;

import java.util.EnumMap;
import java.util.List;

/** One server that answers whatever it is asked, and promises nothing. */
final class Echo implements Protocol<Echo.Nothing> {

    /** Never sent. */
    record Nothing() implements Message {
        @Override
        public int bytes() {
            return 0;
        }
    }

    @Override
    public String name() {
        return "echo";
    }

    @Override
    public List<Seat> seats() {
        return List.of(new Seat("server", Hardware.PLAIN));
    }

    @Override
    public Node<Nothing> node(NodeId place) {
        return new Server();
    }

    @Override
    public Promise promise() {
        return new Promise(
                "Nothing.", Acknowledgement.RECEIVED, new EnumMap<>(FaultKind.class), false);
    }

    @Override
    public List<NodeId> servers() {
        return List.of(new NodeId(0));
    }

    private static final class Server implements Node<Nothing> {

        @Override
        public void boot(Boot boot, Outbox<Nothing> out) {
            // It has nothing to begin with.
        }

        @Override
        public void on(Event<Nothing> event, Outbox<Nothing> out) {
            if (event instanceof Event.Asked<Nothing>(var request)) {
                out.answer(new Response(request.client(), request.number(), false, 0));
            }
        }

        @Override
        public String waitsFor() {
            return "requests";
        }
    }
}
