package cairn.experiment.toy;

import cairn.model.Boot;
import cairn.model.Event;
import cairn.model.Node;
import cairn.model.NodeId;
import cairn.model.Outbox;
import cairn.model.Promise;
import cairn.model.Protocol;
import cairn.model.Seat;
import cairn.model.service.Service;

import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** The forgetful server as it must not be: it depends on more than its choices, or throws. */
final class Careless implements Protocol<Forgetful.Word> {

    /** What the server does and should not; it shows from the fifth request on. */
    record Settings(Leak leak) {
        static final Settings DEFAULT = new Settings(Leak.COUNTER);
    }

    /** What is wrong with it. */
    enum Leak {
        /** A counter that all runs share decides what a message says. */
        COUNTER,
        /** An object's identity decides how long a request takes. */
        IDENTITY,
        /**
         * A counter that all runs share decides whether it throws: in no two runs one after the
         * other.
         */
        THROWS,
        /** Its own assertion fails, in each run. */
        ASSERTS,
        /** It calls itself without end, in each run. */
        RECURS,
        /** It finds no memory, in each run. */
        HOARDS
    }

    private static final AtomicLong SHARED = new AtomicLong(1_000_000);
    private static final long CAREFUL = 4;

    private final Leak leak;
    private final Protocol<Forgetful.Word> careful;

    Careless(Settings settings, Service service, int clients) {
        this.leak = settings.leak();
        this.careful = new Forgetful(ForgetfulSettings.DEFAULT, service, clients);
    }

    @Override
    public String name() {
        return "careless";
    }

    @Override
    public List<Seat> seats() {
        return careful.seats();
    }

    @Override
    public Node<Forgetful.Word> node(NodeId place) {
        return new Leaking(careful.node(place));
    }

    @Override
    public Promise promise() {
        return careful.promise();
    }

    @Override
    public List<NodeId> servers() {
        return careful.servers();
    }

    private final class Leaking implements Node<Forgetful.Word> {

        private final Node<Forgetful.Word> inner;
        private long requests;
        private boolean told;

        private Leaking(Node<Forgetful.Word> inner) {
            this.inner = inner;
        }

        @Override
        public void boot(Boot boot, Outbox<Forgetful.Word> out) {
            inner.boot(boot, out);
        }

        @Override
        public void on(Event<Forgetful.Word> event, Outbox<Forgetful.Word> out) {
            if (event instanceof Event.Asked<Forgetful.Word> && ++requests > CAREFUL) {
                switch (leak) {
                    case COUNTER ->
                            out.send(new NodeId(1), new Forgetful.Word(SHARED.incrementAndGet()));
                    case IDENTITY -> out.spend(System.identityHashCode(this) & 0xffff);
                    case THROWS -> {
                        if (!told && SHARED.incrementAndGet() % 2 == 0) {
                            throw new IllegalStateException("every other time");
                        }
                        told = true;
                    }
                    case ASSERTS -> throw new AssertionError("more than it can count");
                    case HOARDS -> throw new OutOfMemoryError("Java heap space");
                    case RECURS -> out.spend(recur(requests));
                }
            }
            inner.on(event, out);
        }

        private long recur(long depth) {
            return depth < 0 ? 0 : recur(depth + 1) + 1;
        }

        @Override
        public String waitsFor() {
            return inner.waitsFor();
        }
    }
}
