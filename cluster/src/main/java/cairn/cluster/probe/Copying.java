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

import java.util.ArrayDeque;
import java.util.EnumMap;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** The least that replication is: a segment goes to two places, and each says that it holds it. */
final class Copying implements Protocol<Copying.Word> {

    static final int REPLICAS = 2;

    /** What the sender and a replica say to each other. */
    sealed interface Word extends Message permits Piece, Held {}

    /** A segment, to be held in memory, or on a disk. */
    static final class Piece implements Word {
        private final boolean durable;
        private final byte[] content;

        Piece(boolean durable, byte[] content) {
            this.durable = durable;
            this.content = content.clone();
        }

        @Override
        public int bytes() {
            return content.length;
        }
    }

    /** A replica holds the segment that it was sent last. */
    record Held() implements Word {
        @Override
        public int bytes() {
            return Long.BYTES;
        }
    }

    @Override
    public String name() {
        return "copying";
    }

    @Override
    public List<Seat> seats() {
        Seat seat = new Seat("replica", Hardware.PLAIN.withDisk());
        return List.of(seat, seat);
    }

    @Override
    public Node<Word> node(NodeId place) {
        return new Replica();
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

    private static final class Replica implements Node<Word> {

        private static final String FILE = "segment";
        private static final long WRITTEN = 1;
        private static final long SYNCED = 2;

        private final ArrayDeque<NodeId> waiting = new ArrayDeque<>();

        @Override
        public void boot(Boot boot, Outbox<Word> out) {
            // It has nothing to begin with.
        }

        @Override
        public void on(Event<Word> event, Outbox<Word> out) {
            if (event instanceof Event.Delivered<Word>(NodeId origin, Piece piece)) {
                if (piece.durable) {
                    waiting.add(origin);
                    out.disk().write(WRITTEN, FILE, 0, piece.content);
                    out.disk().sync(SYNCED, FILE);
                } else {
                    out.send(origin, new Held());
                }
            } else if (event instanceof Event.Stored<Word>(long token) && token == SYNCED) {
                out.send(waiting.remove(), new Held());
            }
        }

        @Override
        public String waitsFor() {
            return "segments";
        }
    }

    /** Who sends segments, one after another. */
    static final class Sender implements Node<Word> {

        private CompletableFuture<Boolean> safe = new CompletableFuture<>();
        private int holding;

        /** Sends one to all replicas; called in a turn of its own. */
        void copy(Piece piece, CompletableFuture<Boolean> whenSafe, Outbox<Word> out) {
            safe = whenSafe;
            holding = 0;
            for (int i = 0; i < REPLICAS; i++) {
                out.send(new NodeId(i), piece);
            }
        }

        @Override
        public void boot(Boot boot, Outbox<Word> out) {
            // It is told from outside what to send.
        }

        @Override
        public void on(Event<Word> event, Outbox<Word> out) {
            if (event instanceof Event.Delivered<Word>(NodeId _, Held _) && ++holding == REPLICAS) {
                safe.complete(true);
            }
        }

        @Override
        public String waitsFor() {
            return "replicas";
        }
    }
}
