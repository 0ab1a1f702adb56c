package cairn.cluster.probe;

import cairn.model.Acknowledgement;
import cairn.model.Boot;
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
import cairn.model.fault.FaultKind;
import cairn.model.memory.PagedMemory;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Nodes that answer what they hear and say what their disks take, when an {@link Asker} asks: what
 * is measured is what protocols wait for, with the threads that this wakes.
 *
 * <p>Everything is asked as clients ask, after thinking: what threads, processors and disks have
 * not done for a while takes them longer than what they have just done. What is sent goes round as
 * many processes as a small protocol has.
 */
final class Measuring implements Protocol<Measuring.Word> {

    /** Bytes of what is sent round. */
    static final int TOKEN_BYTES = 1024;

    /** Bytes of each of the messages that are sent at once. */
    static final int PIECE_BYTES = 4096;

    static final int SMALL_PIECE_BYTES = 64;

    /** How many are sent at once. */
    static final int PIECES = 8;

    /** After what time something is asked again: two clients do so that think for 5 ms each. */
    static final long THINK_NANOS = 2_500_000;

    static final int SMALL_BYTES = 512;
    static final int LARGE_BYTES = 64 * 1024;
    static final int REPLACED_BYTES = 16 * 1024;
    static final int SMALL_PERSIST_BYTES = 64;

    /** Pages that are stored to one after another: as by a transfer, and who asked for it. */
    static final int STORED_PAGES = 3;

    /** What such a request changes. */
    static final int LARGE_PERSIST_BYTES = STORED_PAGES * PagedMemory.PAGE_BYTES;

    /** How often a log in persistent memory is appended to until it begins again. */
    private static final int MOST_APPENDED = 64;

    /** How often each kind of thing is measured in a round. */
    static final int TIMES_OF_A_ROUND = 20;

    /** How many processes are measured: most of it by the first. */
    static final int SERVERS = 3;

    static final NodeId SERVER = new NodeId(0);

    /** Stands for a time that could not be told. */
    static final long UNKNOWN = -1;

    /** What they say to each other. */
    sealed interface Word extends Message permits Token, Piece, Task, Answer {}

    /**
     * Goes from who asks to one server after another, and back.
     *
     * @param askedBy who asks
     * @param accounted whether the first server is to say what its processors worked
     * @param reported whether the first server first says something to those who watch
     * @param answer what that server has to say
     */
    @SuppressWarnings("ArrayRecordComponent")
    record Token(NodeId askedBy, boolean accounted, boolean reported, Answer answer, byte[] filling)
            implements Word {

        Token(NodeId askedBy, boolean accounted, boolean reported) {
            this(askedBy, accounted, reported, Answer.NONE, new byte[TOKEN_BYTES]);
        }

        private Token with(Answer said) {
            return new Token(askedBy, accounted, reported, said, filling);
        }

        @Override
        public int bytes() {
            return filling.length;
        }
    }

    /** One of those that are sent at once; the last is answered. */
    @SuppressWarnings("ArrayRecordComponent")
    record Piece(boolean last, byte[] content) implements Word {
        @Override
        public int bytes() {
            return content.length;
        }
    }

    /** Do this, and say how long each of its steps took. */
    enum Task implements Word {
        /** Protects a few pages, and stores to each of them. */
        STORE,
        /** Appends data to a log in mapped memory. */
        PERSIST_DATA,
        /** Appends what says that they are complete. */
        PERSIST_RECORD,
        /** Replaces a file by a new one, durably. */
        REPLACE,
        /** Writes much, and little. */
        WRITE;

        @Override
        public int bytes() {
            return 1;
        }
    }

    /**
     * An answer.
     *
     * @param processorNanos what processors worked since that was asked for last, if it was
     * @param tookNanos what each step took, or what it took to send the token on the last time
     */
    @SuppressWarnings("ArrayRecordComponent")
    record Answer(long processorNanos, long[] tookNanos) implements Word {

        private static final Answer NONE = new Answer(0, new long[0]);

        @Override
        public int bytes() {
            return Long.BYTES * (1 + tookNanos.length);
        }
    }

    @Override
    public String name() {
        return "measuring";
    }

    @Override
    public List<Seat> seats() {
        Hardware disk = Hardware.PLAIN.withDisk();
        return List.of(
                new Seat(
                        "server",
                        disk.withMemory((long) STORED_PAGES * PagedMemory.PAGE_BYTES)
                                .withPersistentMemory((long) MOST_APPENDED * LARGE_PERSIST_BYTES)),
                new Seat("second", disk),
                new Seat("third", disk));
    }

    @Override
    public Node<Word> node(NodeId place) {
        return new Server(place.index() + 1);
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

    /** What a disk is asked to do for a task, one after another. */
    private enum Step {
        CREATE,
        SYNC,
        RENAME,
        NAME_SYNC,
        LARGE_WRITE,
        SMALL_WRITE;

        private static final List<Step> ALL = List.of(values());

        /** Begins; its number is its token. */
        private void begin(Outbox<Word> out) {
            int token = ALL.indexOf(this);
            switch (this) {
                case CREATE -> out.disk().write(token, "new", 0, new byte[REPLACED_BYTES]);
                case SYNC -> out.disk().sync(token, "new");
                case RENAME -> out.disk().rename(token, "new", "old");
                case NAME_SYNC -> out.disk().syncDirectory(token);
                case LARGE_WRITE -> out.disk().write(token, "large", 0, new byte[LARGE_BYTES]);
                case SMALL_WRITE -> out.disk().write(token, "small", 0, new byte[SMALL_BYTES]);
            }
        }

        private boolean isLast() {
            return this == NAME_SYNC || this == SMALL_WRITE;
        }
    }

    private static final class Server implements Node<Word> {

        private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

        private final int nextPlace;
        private final Map<Long, Long> worked = new HashMap<>();
        private final List<Long> took = new ArrayList<>();
        private long sendingNanos;
        private int persisted;
        private long begun;
        private NodeId asker = SERVER;

        /**
         * What the present thread has worked when the disk was done with a step, and which it is.
         */
        private long workedBefore;

        private long workedBy;

        Server(int nextPlace) {
            this.nextPlace = nextPlace;
        }

        @Override
        public void boot(Boot boot, Outbox<Word> out) {
            out.memory().onFault(out.memory()::unprotect);
        }

        @Override
        public void on(Event<Word> event, Outbox<Word> out) {
            if (event instanceof Event.Delivered<Word>(NodeId _, Token token)) {
                pass(token, out);
            } else if (event instanceof Event.Delivered<Word>(NodeId origin, Piece piece)) {
                if (piece.last) {
                    out.send(origin, Answer.NONE);
                }
            } else if (event instanceof Event.Delivered<Word>(NodeId origin, Task task)) {
                asker = origin;
                took.clear();
                begin(task, out);
            } else if (event instanceof Event.Stored<Word>(long token)) {
                stored(Step.ALL.get((int) token), out);
            } else if (event instanceof Event.Persisted<Word> _) {
                took.add(out.clockNanos() - begun);
                answer(out);
            }
        }

        private void pass(Token token, Outbox<Word> out) {
            if (nextPlace > 1) {
                out.send(nextPlace == SERVERS ? token.askedBy : new NodeId(nextPlace), token);
                return;
            }
            Answer answer =
                    new Answer(token.accounted ? processorNanos() : 0, new long[] {sendingNanos});
            long begin = out.clockNanos();
            if (token.reported) {
                out.claim(new Fact.Applied(token.askedBy, 0));
            }
            out.send(new NodeId(nextPlace), token.with(answer));
            sendingNanos = out.clockNanos() - begin;
        }

        /**
         * How long processors have worked for the threads of this process since it was asked last.
         * What the process as a whole took is counted in ticks, which are too long here.
         */
        private long processorNanos() {
            Map<Long, Long> before = Map.copyOf(worked);
            worked.clear();
            for (long thread : THREADS.getAllThreadIds()) {
                long nanos = THREADS.getThreadCpuTime(thread);
                if (nanos >= 0) {
                    worked.put(thread, nanos);
                }
            }
            return worked.entrySet().stream()
                    .mapToLong(each -> each.getValue() - before.getOrDefault(each.getKey(), 0L))
                    .sum();
        }

        private void begin(Task task, Outbox<Word> out) {
            begun = out.clockNanos();
            switch (task) {
                case STORE -> {
                    out.memory().protectAll();
                    long isProtected = out.clockNanos();
                    for (int page = 0; page < STORED_PAGES; page++) {
                        out.memory().writeLong((long) page * PagedMemory.PAGE_BYTES, begun);
                    }
                    took.add(isProtected - begun);
                    took.add(out.clockNanos() - isProtected);
                    answer(out);
                }
                case PERSIST_DATA -> persist(LARGE_PERSIST_BYTES, out);
                case PERSIST_RECORD -> persist(SMALL_PERSIST_BYTES, out);
                case REPLACE -> Step.CREATE.begin(out);
                case WRITE -> Step.LARGE_WRITE.begin(out);
            }
        }

        private void persist(int bytes, Outbox<Word> out) {
            long address = (long) (persisted++ % MOST_APPENDED) * LARGE_PERSIST_BYTES;
            byte[] content = new byte[bytes];
            // Other than what is there.
            Arrays.fill(content, (byte) (1 + persisted / MOST_APPENDED % Byte.MAX_VALUE));
            out.persistentMemory().write(address, content, 0, bytes);
            out.persistentMemory().persist(address, bytes, 0);
        }

        private void stored(Step step, Outbox<Word> out) {
            took.add(out.clockNanos() - begun);
            long thread = Thread.currentThread().threadId();
            long work = THREADS.getCurrentThreadCpuTime();
            if (step == Step.NAME_SYNC) {
                // Of the disk's thread, if that has handed over the step before, too.
                took.add(thread == workedBy ? work - workedBefore : UNKNOWN);
            }
            workedBy = thread;
            workedBefore = work;
            if (step.isLast()) {
                answer(out);
            } else {
                begun = out.clockNanos();
                Step.ALL.get(Step.ALL.indexOf(step) + 1).begin(out);
            }
        }

        private void answer(Outbox<Word> out) {
            long[] all = took.stream().mapToLong(Long::longValue).toArray();
            out.send(asker, new Answer(0, all));
        }

        @Override
        public String waitsFor() {
            return "what it is asked";
        }
    }
}
