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

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * A node that answers what it hears and says what its disk takes, and one that asks it: what is
 * measured is what protocols wait for, with the threads that this wakes.
 *
 * <p>Everything is asked as clients ask, after thinking: threads that have slept for a while, and
 * processors that have, take longer to begin than those that have just stopped.
 */
final class Measuring implements Protocol<Measuring.Word> {

    /** Bytes of what is sent, and of the files that are written. */
    static final int PING_BYTES = 1024;

    /** Bytes of each of the messages that are sent at once. */
    static final int PIECE_BYTES = 4096;

    static final int SMALL_PIECE_BYTES = 64;

    /** How many are sent at once. */
    static final int PIECES = 8;

    /** How long clients think. */
    static final long THINK_NANOS = 5_000_000;

    static final int SMALL_BYTES = 512;
    static final int LARGE_BYTES = 64 * 1024;
    private static final int SYNCED_BYTES = 16 * 1024;
    private static final int PERSISTED_BYTES = 4096;

    /** How often persistent memory is written behind the last time before it begins again. */
    private static final int MOST_STORES = 16_384;

    /** How many processes are measured: most of it by the first. */
    static final int SERVERS = 2;

    private static final NodeId SERVER = new NodeId(0);
    private static final NodeId OTHER = new NodeId(1);

    /** What the two say to each other. */
    sealed interface Word extends Message permits Ping, Pong, Piece, Flush, Store, Took {}

    /** Answer this. */
    static final class Ping implements Word {
        private final boolean accounted;
        private final byte[] content = new byte[PING_BYTES];

        Ping(boolean accounted) {
            this.accounted = accounted;
        }

        @Override
        public int bytes() {
            return content.length;
        }
    }

    /** An answer; if it is asked for, with what processors worked since that was asked for last. */
    record Pong(long processorNanos) implements Word {
        @Override
        public int bytes() {
            return Long.BYTES;
        }
    }

    /** One of those that are sent at once; the last is answered. */
    static final class Piece implements Word {
        private final boolean last;
        private final byte[] content;

        Piece(boolean last, int bytes) {
            this.last = last;
            content = new byte[bytes];
        }

        @Override
        public int bytes() {
            return content.length;
        }
    }

    /** Answer this, after a sync of what is new if it is to be durable. */
    record Flush(boolean durable) implements Word {
        @Override
        public int bytes() {
            return 1;
        }
    }

    /** Use the disk so many times, after a warm-up without pauses. */
    record Store(int warmUp, int times) implements Word {
        @Override
        public int bytes() {
            return 2 * Integer.BYTES;
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
        CREATE,
        SYNC,
        RENAME,
        DIRECTORY_SYNC,
        PERSIST,
        LARGE_WRITE,
        SMALL_WRITE;

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
                case CREATE -> out.disk().write(number(), "new", 0, new byte[SMALL_BYTES]);
                case SMALL_WRITE -> out.disk().write(number(), "small", 0, new byte[SMALL_BYTES]);
                case LARGE_WRITE -> out.disk().write(number(), "large", 0, new byte[LARGE_BYTES]);
                case SYNC -> {
                    out.disk().write(ALL.size(), "new", 0, new byte[SYNCED_BYTES]);
                    out.disk().sync(number(), "new");
                }
                case RENAME -> out.disk().rename(number(), "new", "old");
                case DIRECTORY_SYNC -> out.disk().syncDirectory(number());
                case PERSIST -> {
                    long address = (long) (time % MOST_STORES) * PERSISTED_BYTES;
                    byte[] content = new byte[PERSISTED_BYTES];
                    // Other than what is there.
                    Arrays.fill(content, (byte) (1 + time / MOST_STORES));
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
                                .withPersistentMemory(MOST_STORES * PERSISTED_BYTES)),
                new Seat("other", Hardware.PLAIN.withDisk()));
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

        private static final String FLUSHED_FILE = "flushed";
        private static final long BEFORE_FLUSH = Step.ALL.size() + 1L;
        private static final long FLUSHED = BEFORE_FLUSH + 1;
        private static final long FORGOTTEN = FLUSHED + 1;

        private long[] took = {};
        private int done;
        private int rounds;
        private final Map<Long, Long> worked = new HashMap<>();
        private long begun;
        private NodeId asker = SERVER;

        @Override
        public void boot(Boot boot, Outbox<Word> out) {
            // It is asked.
        }

        @Override
        public void on(Event<Word> event, Outbox<Word> out) {
            if (event instanceof Event.Delivered<Word>(NodeId origin, Ping ping)) {
                out.send(origin, new Pong(ping.accounted ? processorNanos() : 0));
            } else if (event instanceof Event.Delivered<Word>(NodeId origin, Piece piece)) {
                if (piece.last) {
                    out.send(origin, new Pong(0));
                }
            } else if (event instanceof Event.Delivered<Word>(NodeId origin, Flush flush)) {
                if (flush.durable) {
                    asker = origin;
                    out.disk().write(BEFORE_FLUSH, FLUSHED_FILE, 0, new byte[SYNCED_BYTES]);
                    out.disk().sync(FLUSHED, FLUSHED_FILE);
                } else {
                    out.send(origin, new Pong(0));
                }
            } else if (event instanceof Event.Delivered<Word>(NodeId origin, Store store)) {
                asker = origin;
                took = new long[store.times * Step.ALL.size()];
                done = -store.warmUp * Step.ALL.size();
                next(out);
            } else if (event instanceof Event.Stored<Word>(long token)) {
                stored(token, out);
            } else if (event instanceof Event.Persisted<Word>(long token)) {
                stored(token, out);
            } else if (event instanceof Event.Fired<Word> _) {
                begin(out);
            }
        }

        /**
         * How long processors have worked for the threads of this process since it was asked last.
         * What the process as a whole took is counted in ticks, which are too long here.
         */
        private long processorNanos() {
            Map<Long, Long> before = Map.copyOf(worked);
            worked.clear();
            ThreadMXBean threads = ManagementFactory.getThreadMXBean();
            for (long thread : threads.getAllThreadIds()) {
                long nanos = threads.getThreadCpuTime(thread);
                if (nanos >= 0) {
                    worked.put(thread, nanos);
                }
            }
            return worked.entrySet().stream()
                    .mapToLong(each -> each.getValue() - before.getOrDefault(each.getKey(), 0L))
                    .sum();
        }

        private void stored(long token, Outbox<Word> out) {
            if (token == FLUSHED) {
                out.send(asker, new Pong(0));
                // The next one is of a new file, too.
                out.disk().delete(FORGOTTEN, FLUSHED_FILE);
                return;
            }
            if (token > Step.ALL.size()) {
                return;
            }
            long now = out.clockNanos();
            if (token == Step.ALL.size()) {
                // The write before a sync: the disk does one after the other.
                begun = now;
                return;
            }
            if (done >= 0) {
                took[done] = now - begun;
            }
            done++;
            next(out);
        }

        private void next(Outbox<Word> out) {
            if (done == took.length) {
                out.send(asker, new Took(took));
            } else if (done >= 0 && done % Step.ALL.size() == 0) {
                // A disk goes on working after it has answered, and so do its journals.
                out.arm(PAUSE, THINK_NANOS);
            } else {
                begin(out);
            }
        }

        private void begin(Outbox<Word> out) {
            begun = out.clockNanos();
            int step = Math.floorMod(done, Step.ALL.size());
            rounds += step == 0 ? 1 : 0;
            Step.ALL.get(step).begin(rounds, out);
        }

        @Override
        public String waitsFor() {
            return "what it is asked";
        }
    }

    /**
     * What was measured, in nanoseconds.
     *
     * @param trips of each kind of asking, by its number
     * @param processor what a message takes of a core at either end
     * @param disk the steps of the first time, then those of the second
     */
    @SuppressWarnings("ArrayRecordComponent")
    record Samples(long[][] trips, long processor, long[] disk) {}

    /** What is sent until an answer is waited for. */
    enum Asking {
        PING,
        PIECE,
        PIECES,
        SMALL_PIECE,
        SMALL_PIECES,
        SYNC_ONE,
        SYNC_BOTH;

        private static final List<Asking> ALL = List.of(values());

        /** What each took. */
        long[] of(Samples samples) {
            return samples.trips[ALL.indexOf(this)];
        }

        private void send(boolean accounted, Outbox<Word> out) {
            switch (this) {
                case PING -> out.send(SERVER, new Ping(accounted));
                case PIECE -> pieces(1, PIECE_BYTES, out);
                case PIECES -> pieces(Measuring.PIECES, PIECE_BYTES, out);
                case SMALL_PIECE -> pieces(1, SMALL_PIECE_BYTES, out);
                case SMALL_PIECES -> pieces(Measuring.PIECES, SMALL_PIECE_BYTES, out);
                case SYNC_ONE -> flushes(false, out);
                case SYNC_BOTH -> flushes(true, out);
            }
        }

        private static void flushes(boolean both, Outbox<Word> out) {
            out.send(SERVER, new Flush(true));
            out.send(OTHER, new Flush(both));
        }

        /** How many answers come. */
        private int answers() {
            return this == SYNC_ONE || this == SYNC_BOTH ? SERVERS : 1;
        }

        private static void pieces(int count, int bytes, Outbox<Word> out) {
            for (int i = 1; i <= count; i++) {
                out.send(SERVER, new Piece(i == count, bytes));
            }
        }
    }

    /** Who asks: in all ways in turn for answers, then for what the disk takes. */
    static final class Asker implements Node<Word> {

        private static final long THOUGHT = 1;

        private final long[][] trips;
        private final int times;
        private final int warmUp;
        private final CompletableFuture<Samples> measured;
        private int answers;
        private int missing;
        private long asked;
        private long processor;

        /** Measures each kind so many times, after so many answers that nobody waited with. */
        Asker(int times, int warmUp, CompletableFuture<Samples> measured) {
            this.trips = new long[Asking.ALL.size()][times];
            this.times = times;
            this.warmUp = warmUp;
            this.measured = measured;
        }

        /** Begins; called in a turn of its own. */
        void ask(Outbox<Word> out) {
            asked = out.clockNanos();
            int number = answers - warmUp * Asking.ALL.size();
            int kind = number < 0 ? answers % Asking.ALL.size() : number / times;
            missing = Asking.ALL.get(kind).answers();
            Asking.ALL.get(kind).send(number == 0 || number == times - 1, out);
        }

        @Override
        public void boot(Boot boot, Outbox<Word> out) {
            // It is told when to begin.
        }

        @Override
        public void on(Event<Word> event, Outbox<Word> out) {
            if (event instanceof Event.Delivered<Word>(NodeId _, Pong(long processor))) {
                answered(out.clockNanos() - asked, processor, out);
            } else if (event instanceof Event.Fired<Word> _) {
                ask(out);
            } else if (event instanceof Event.Delivered<Word>(NodeId _, Took took)) {
                measured.complete(new Samples(trips, processor, took.nanos));
            }
        }

        private void answered(long nanos, long worked, Outbox<Word> out) {
            if (--missing > 0) {
                return;
            }
            int number = answers++ - warmUp * Asking.ALL.size();
            if (number >= 0) {
                trips[number / times][number % times] = nanos;
            }
            if (number == times - 1) {
                // Each was taken in, and answered.
                processor = worked / (2L * number);
            }
            if (number < 0) {
                ask(out);
            } else if (number + 1 < Asking.ALL.size() * times) {
                out.arm(THOUGHT, THINK_NANOS);
            } else {
                out.send(SERVER, new Store(warmUp, times));
            }
        }

        @Override
        public String waitsFor() {
            return "answers";
        }
    }
}
