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
import cairn.model.service.Response;
import cairn.model.service.Sessions;

import java.util.List;
import java.util.Map;

/**
 * A server without any checkpoint, and a monitor that it tells about each request: enough to see
 * how machines behave.
 */
final class Volatile implements Protocol<Volatile.Word> {

    /** The server's word to the monitor. */
    record Word(long number) implements Message {
        @Override
        public int bytes() {
            return 64;
        }
    }

    static final NodeId SERVER = new NodeId(0);
    static final NodeId MONITOR = new NodeId(1);

    private final Sessions sessions;
    private final int clients;

    Volatile(int clients) {
        this.clients = clients;
        this.sessions = new Sessions(new Counter(), 2, clients);
    }

    @Override
    public String name() {
        return "volatile";
    }

    @Override
    public List<Seat> seats() {
        return List.of(
                new Seat("server", Hardware.PLAIN.withMemory(sessions.memoryBytes())),
                new Seat("monitor", Hardware.PLAIN));
    }

    @Override
    public Node<Word> node(NodeId place) {
        return place.equals(SERVER) ? new Server() : new Monitor();
    }

    @Override
    public Promise promise() {
        return new Promise("nothing", Acknowledgement.RECEIVED, Map.of(), false);
    }

    @Override
    public List<NodeId> servers() {
        return List.of(SERVER);
    }

    @Override
    public String toString() {
        return "volatile server for " + clients + " clients";
    }

    private final class Server implements Node<Word> {

        @Override
        public void boot(Boot boot, Outbox<Word> out) {
            out.claim(new Fact.Resumed(Epoch.ZERO));
        }

        @Override
        public void on(Event<Word> event, Outbox<Word> out) {
            if (event instanceof Event.Asked<Word>(var request)) {
                out.spend(sessions.costNanos(request));
                long result =
                        sessions.knows(request, out.memory())
                                ? sessions.result(request, out.memory())
                                : sessions.execute(request, out.memory());
                out.send(MONITOR, new Word(request.number()));
                out.spend(1_000);
                out.answer(new Response(request.client(), request.number(), false, result));
            }
        }

        @Override
        public String waitsFor() {
            return "requests";
        }
    }

    private static final class Monitor implements Node<Word> {

        @Override
        public void boot(Boot boot, Outbox<Word> out) {
            // Nothing to prepare.
        }

        @Override
        public void on(Event<Word> event, Outbox<Word> out) {
            // It only listens.
        }

        @Override
        public String waitsFor() {
            return "news";
        }
    }
}
