package cairn.experiment.toy;

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
import cairn.model.service.Service;
import cairn.model.service.Sessions;

import java.util.List;
import java.util.Map;

/**
 * A server that keeps its state in volatile memory alone, and a monitor that hears of each request.
 */
final class Forgetful implements Protocol<Forgetful.Word> {

    /** The server's word to the monitor. */
    record Word(long number) implements Message {
        @Override
        public int bytes() {
            return 64;
        }
    }

    private static final NodeId SERVER = new NodeId(0);
    private static final NodeId MONITOR = new NodeId(1);

    private final ForgetfulSettings settings;
    private final Sessions sessions;

    Forgetful(ForgetfulSettings settings, Service service, int clients) {
        this.settings = settings;
        this.sessions = new Sessions(service, 2, clients);
    }

    @Override
    public String name() {
        return "forgetful";
    }

    @Override
    public List<Seat> seats() {
        return List.of(
                new Seat("server", Hardware.PLAIN.withMemory(sessions.memoryBytes())),
                new Seat("monitor", Hardware.PLAIN));
    }

    @Override
    public Node<Word> node(NodeId place) {
        return new Role(place.equals(SERVER));
    }

    @Override
    public Promise promise() {
        return new Promise("it promises nothing", Acknowledgement.RECEIVED, Map.of(), false);
    }

    @Override
    public List<NodeId> servers() {
        return List.of(SERVER);
    }

    private final class Role implements Node<Word> {

        private final boolean serves;
        private long epoch;

        private Role(boolean serves) {
            this.serves = serves;
        }

        @Override
        public void boot(Boot boot, Outbox<Word> out) {
            if (serves) {
                out.claim(new Fact.Resumed(Epoch.ZERO));
                out.claim(new Fact.Leading(boot.incarnation() + 1L));
            }
        }

        @Override
        public void on(Event<Word> event, Outbox<Word> out) {
            if (event instanceof Event.Asked<Word>(var request)) {
                out.claim(new Fact.Cut(new Epoch(++epoch)));
                boolean known = sessions.knows(request, out.memory());
                long result =
                        known
                                ? sessions.result(request, out.memory())
                                : sessions.execute(request, out.memory());
                out.spend(sessions.costNanos(request));
                if (settings.loud()) {
                    out.send(MONITOR, new Word(request.number()));
                }
                if (settings.answer() == ForgetfulSettings.Answer.AFTER_PAUSE) {
                    out.spend(settings.pauseNanos());
                }
                out.claim(new Fact.Acknowledged(new Epoch(epoch)));
                out.answer(new Response(request.client(), request.number(), false, result));
            }
        }

        @Override
        public String waitsFor() {
            return "requests";
        }
    }
}
