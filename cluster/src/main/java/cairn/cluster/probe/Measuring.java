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

import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * A node that answers what it hears and says what its disk takes, and one that asks it: what is
 * measured is what protocols wait for, with the threads that this wakes.
 */
final class Measuring implements Protocol<Measuring.Word> {

    /** Bytes of what is sent, and of the files that are written. */
    static final int PING_BYTES = 1024;

    static final int SMALL_BYTES = 512;
    static final int LARGE_BYTES = 64 * 1024;
    private static final int SYNCED_BYTES = 16 * 1024;
    private static final int PERSISTED_BYTES = 4096;

    /** How often persistent memory is written at most, each time behind the last. */
    static final int MOST_STORES = 200;

    private static final NodeId SERVER = new NodeId(0);

    /** What the two say to each other. */
    sealed interface Word extends Message permits Ping, Pong, Store, Took {}

    /** Answer this. */
    static final class Ping implements Word {
        private final byte[] content = new byte[PING_BYTES];

        @Override
        public int bytes() {
            return content.length;
        }
    }

    /** An answer. */
    record Pong() implements Word {
        @Override
        public int bytes() {
            return Long.BYTES;
        }
    }

    /** Use the disk so many times. */
    record Store(int times) implements Word {
        @Override
        public int bytes() {
            return Long.BYTES;
        }
    }

    /** What each step took, in nanoseconds. */
    static final class Took implements Word {
        private final long[] nanos;

        Took(long[] nanos) {
            this.nanos = nanos.clone();
        }

        @Override
        public int bytes() {
            return nanos.length * Long.BYTES;
        }
    }

    /** What the disk is asked to do, again and again, as who replaces a file does. */
    enum Step {
        LARGE_WRITE,
        SMALL_WRITE,
        SYNC,
        RENAME,
        DIRECTORY_SYNC,
        PERSIST;

        private static final List<Step> ALL = List.of(values());

        /** What it took each time. */
        long[] of(long[] took) {
            long[] mine = new long[took.length / ALL.size()];
            Arrays.setAll(mine, i -> took[i * ALL.size() + number()]);
            return mine;
        }

        /** Its number, which is also its token. */
        private int number() {
            return ALL.indexOf(this);
        }

        /** Begins; {@code time} counts the times, since appended memory is new each time. */
        private void begin(int time, Outbox<Word> out) {
            switch (this) {
                case SMALL_WRITE -> out.disk().write(number(), "small", 0, new byte[SMALL_BYTES]);
                case LARGE_WRITE -> out.disk().write(number(), "large", 0, new byte[LARGE_BYTES]);
                case SYNC -> {
                    out.disk().write(ALL.size(), "new", 0, new byte[SYNCED_BYTES]);
                    out.disk().sync(number(), "new");
                }
                case RENAME -> out.disk().rename(number(), "new", "old");
                case DIRECTORY_SYNC -> out.disk().syncDirectory(number());
                case PERSIST -> {
                    long address = (long) time * PERSISTED_BYTES;
                    byte[] content = new byte[PERSISTED_BYTES];
                    // Other than what is there.
                    Arrays.fill(content, (byte) 1);
                    out.persistentMemory().write(address, content, 0, PERSISTED_BYTES);
                    out.persistentMemory().persist(address, PERSISTED_BYTES, number());
                }
            }
        }
    }

    @Override
    public String name() {
        return "measuring";
    }

    @Override
    public List<Seat> seats() {
        return List.of(
                new Seat(
                        "server",
                        Hardware.PLAIN
                                .withDisk()
                                .withPersistentMemory(MOST_STORES * PERSISTED_BYTES)));
    }

    @Override
    public Node<Word> node(NodeId place) {
        return new Server();
    }

    @Override
    public Promise promise() {
        return new Promise(
                "Nothing.", Acknowledgement.RECEIVED, new EnumMap<>(FaultKind.class), false);
    }

    @Override
    public List<NodeId> servers() {
        return List.of(SERVER);
    }

    private static final class Server implements Node<Word> {

        private static final long PAUSE = 1;

        /**
         * As clients think: a disk goes on working after it has answered, and so do its journals.
         */
        private static final long PAUSE_NANOS = 5_000_000;

        private long[] took = {};
        private int done;
        private long begun;
        private NodeId asker = SERVER;

        @Override
        public void boot(Boot boot, Outbox<Word> out) {
            // It is asked.
        }

        @Override
        public void on(Event<Word> event, Outbox<Word> out) {
            if (event instanceof Event.Delivered<Word>(NodeId origin, Ping _)) {
                out.send(origin, new Pong());
            } else if (event instanceof Event.Delivered<Word>(NodeId origin, Store(int times))) {
                asker = origin;
                took = new long[times * Step.ALL.size()];
                done = 0;
                next(out);
            } else if (event instanceof Event.Stored<Word>(long token)) {
                stored(token, out);
            } else if (event instanceof Event.Persisted<Word>(long token)) {
                stored(token, out);
            } else if (event instanceof Event.Fired<Word> _) {
                begin(out);
            }
        }

        private void stored(long token, Outbox<Word> out) {
            long now = out.clockNanos();
            if (token == Step.ALL.size()) {
                // The write before a sync: the disk does one after the other.
                begun = now;
                return;
            }
            took[done++] = now - begun;
            next(out);
        }

        private void next(Outbox<Word> out) {
            if (done == took.length) {
                out.send(asker, new Took(took));
            } else if (done % Step.ALL.size() == 0) {
                out.arm(PAUSE, PAUSE_NANOS);
            } else {
                begin(out);
            }
        }

        private void begin(Outbox<Word> out) {
            begun = out.clockNanos();
            Step.ALL.get(done % Step.ALL.size()).begin(done / Step.ALL.size(), out);
        }

        @Override
        public String waitsFor() {
            return "what it is asked";
        }
    }

    /**
     * What was measured, in nanoseconds.
     *
     * @param disk the steps of the first time, then those of the second
     */
    @SuppressWarnings("ArrayRecordComponent")
    record Samples(long[] trips, long[] disk) {}

    /** Who asks: first so many answers, then what the disk takes. */
    static final class Asker implements Node<Word> {

        private final long[] trips;
        private final int warmUp;
        private final int stores;
        private final CompletableFuture<Samples> measured;
        private int answers;
        private long asked;

        Asker(int times, int warmUp, int stores, CompletableFuture<Samples> measured) {
            this.trips = new long[times];
            this.warmUp = warmUp;
            this.stores = stores;
            this.measured = measured;
        }

        /** Begins; called in a turn of its own. */
        void ask(Outbox<Word> out) {
            asked = out.clockNanos();
            out.send(SERVER, new Ping());
        }

        @Override
        public void boot(Boot boot, Outbox<Word> out) {
            // It is told when to begin.
        }

        @Override
        public void on(Event<Word> event, Outbox<Word> out) {
            if (event instanceof Event.Delivered<Word>(NodeId _, Pong _)) {
                if (answers >= warmUp) {
                    trips[answers - warmUp] = out.clockNanos() - asked;
                }
                if (++answers < trips.length + warmUp) {
                    ask(out);
                } else {
                    out.send(SERVER, new Store(stores));
                }
            } else if (event instanceof Event.Delivered<Word>(NodeId _, Took took)) {
                measured.complete(new Samples(trips, took.nanos));
            }
        }

        @Override
        public String waitsFor() {
            return "answers";
        }
    }
}
