package cairn.cluster.probe;

import cairn.cluster.probe.Measuring.Answer;
import cairn.cluster.probe.Measuring.Piece;
import cairn.cluster.probe.Measuring.Task;
import cairn.cluster.probe.Measuring.Token;
import cairn.cluster.probe.Measuring.Word;
import cairn.model.Boot;
import cairn.model.Event;
import cairn.model.Node;
import cairn.model.NodeId;
import cairn.model.Outbox;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * Who asks: in turn without a pause until code is compiled, then after thinking, some times for one
 * kind of thing, then for the next, and so round and round: what is slow for a while is so for all
 * kinds.
 */
final class Asker implements Node<Word> {

    private static final long THOUGHT = 1;

    /** How often one kind is asked for in a row, and how many of those do not count. */
    private static final int IN_A_ROW = Measuring.TIMES_OF_A_ROUND + 5;

    private final NodeId self;
    private final int rounds;
    private final int warmUp;
    private final CompletableFuture<LiveProbe.Costs> measured;
    private final Map<Quantity, List<Long>> samples = new EnumMap<>(Quantity.class);
    private int answers;
    private int missing;
    private long asked;
    private long begun;
    private long worked;

    /** Measures so many rounds, after so many answers of each kind that nobody waited with. */
    Asker(NodeId self, int rounds, int warmUp, CompletableFuture<LiveProbe.Costs> measured) {
        this.self = self;
        this.rounds = rounds;
        this.warmUp = warmUp;
        this.measured = measured;
    }

    /** Begins; called in a turn of its own. */
    void ask(Outbox<Word> out) {
        asked = out.clockNanos();
        int number = number();
        if (number == 0) {
            begun = asked;
        }
        missing = asking().answers();
        boolean atAnEnd = number % IN_A_ROW == 0 || number % IN_A_ROW == IN_A_ROW - 1;
        asking().send(self, atAnEnd, out);
    }

    /** How many answers to what is measured there were; below zero in the warm-up. */
    private int number() {
        return answers - warmUp * Asking.ALL.size();
    }

    private Asking asking() {
        int number = number();
        int kind = number < 0 ? answers : number / IN_A_ROW;
        return Asking.ALL.get(kind % Asking.ALL.size());
    }

    @Override
    public void boot(Boot boot, Outbox<Word> out) {
        // It is told when to begin.
    }

    @Override
    public void on(Event<Word> event, Outbox<Word> out) {
        if (event instanceof Event.Delivered<Word>(NodeId _, Token token)) {
            answered(token.answer(), out);
        } else if (event instanceof Event.Delivered<Word>(NodeId _, Answer answer)) {
            answered(answer, out);
        } else if (event instanceof Event.Fired<Word> _) {
            ask(out);
        }
    }

    private void answered(Answer answer, Outbox<Word> out) {
        Asking asking = asking();
        int number = number();
        boolean counts = number >= 0 && number % IN_A_ROW >= IN_A_ROW - Measuring.TIMES_OF_A_ROUND;
        if (counts) {
            add(asking.waited, out.clockNanos() - asked);
            List<Quantity> told = asking.told(missing);
            for (int i = 0; i < told.size(); i++) {
                add(told.get(i), answer.tookNanos()[i]);
            }
        }
        if (counts && asking == Asking.TOKEN) {
            // What is told is of all in a row but for the first.
            worked += answer.processorNanos();
        }
        if (--missing == 0) {
            answers++;
            goOn(out);
        } else if (asking == Asking.PERSIST) {
            out.send(Measuring.SERVER, Task.PERSIST_RECORD);
        }
    }

    private void add(Quantity quantity, long nanos) {
        if (quantity != Quantity.NONE && nanos != Measuring.UNKNOWN) {
            samples.computeIfAbsent(quantity, _ -> new ArrayList<>()).add(nanos);
        }
    }

    private void goOn(Outbox<Word> out) {
        int number = number();
        if (number < 0) {
            ask(out);
        } else if (number < Asking.ALL.size() * IN_A_ROW * rounds) {
            out.arm(THOUGHT, Measuring.THINK_NANOS);
        } else {
            long every = (out.clockNanos() - begun) / number;
            // Each token was taken in, and sent on.
            long processor = worked / (2L * (IN_A_ROW - 1) * rounds);
            measured.complete(new LiveProbe.Costs(samples, processor, every));
        }
    }

    @Override
    public String waitsFor() {
        return "answers";
    }

    /** What is sent until an answer is waited for, and what that says. */
    private enum Asking {
        TOKEN(Quantity.RING, Quantity.SENDING),
        REPORTED_TOKEN(Quantity.NONE, Quantity.REPORTED_SENDING),
        PIECE(Quantity.PIECE),
        PIECES(Quantity.PIECES),
        SMALL_PIECE(Quantity.SMALL_PIECE),
        SMALL_PIECES(Quantity.SMALL_PIECES),
        STORE(Quantity.NONE, Quantity.PROTECTION, Quantity.STOPPED_STORES),
        PERSIST(Quantity.NONE, Quantity.LARGE_PERSIST),
        REPLACE_ONE(
                Quantity.NONE,
                Quantity.CREATION,
                Quantity.SYNC,
                Quantity.RENAME,
                Quantity.NAME_SYNC,
                Quantity.SYNC_CORE),
        // Calls wait for cores then, of which the simulator has its own idea.
        REPLACE_ALL(
                Quantity.NONE,
                Quantity.NONE,
                Quantity.SHARED_SYNC,
                Quantity.NONE,
                Quantity.SHARED_NAME_SYNC),
        WRITE(Quantity.NONE, Quantity.LARGE_WRITE, Quantity.SMALL_WRITE);

        private static final List<Asking> ALL = List.of(values());

        /** What the time until the answer is. */
        private final Quantity waited;

        /** What the times are that the answer tells of. */
        @SuppressWarnings("ImmutableEnumChecker") // List.of makes lists that never change.
        private final List<Quantity> told;

        Asking(Quantity waited, Quantity... told) {
            this.waited = waited;
            this.told = List.of(told);
        }

        private void send(NodeId self, boolean accounted, Outbox<Word> out) {
            switch (this) {
                case TOKEN -> out.send(Measuring.SERVER, new Token(self, accounted, false));
                case REPORTED_TOKEN -> out.send(Measuring.SERVER, new Token(self, false, true));
                case PIECE -> pieces(1, Measuring.PIECE_BYTES, out);
                case PIECES -> pieces(Measuring.PIECES, Measuring.PIECE_BYTES, out);
                case SMALL_PIECE -> pieces(1, Measuring.SMALL_PIECE_BYTES, out);
                case SMALL_PIECES -> pieces(Measuring.PIECES, Measuring.SMALL_PIECE_BYTES, out);
                case STORE -> out.send(Measuring.SERVER, Task.STORE);
                case PERSIST -> out.send(Measuring.SERVER, Task.PERSIST_DATA);
                case REPLACE_ONE -> out.send(Measuring.SERVER, Task.REPLACE);
                case REPLACE_ALL -> {
                    for (int i = 0; i < Measuring.SERVERS; i++) {
                        out.send(new NodeId(i), Task.REPLACE);
                    }
                }
                case WRITE -> out.send(Measuring.SERVER, Task.WRITE);
            }
        }

        /** How many answers come. */
        private int answers() {
            return switch (this) {
                case REPLACE_ALL -> Measuring.SERVERS;
                // When the data are durable, what says that they are complete is sent.
                case PERSIST -> 2;
                default -> 1;
            };
        }

        /** What an answer tells of when so many are missing. */
        private List<Quantity> told(int missing) {
            return this == PERSIST && missing == 1 ? List.of(Quantity.SMALL_PERSIST) : told;
        }

        private static void pieces(int count, int bytes, Outbox<Word> out) {
            for (int i = 1; i <= count; i++) {
                out.send(Measuring.SERVER, new Piece(i == count, new byte[bytes]));
            }
        }
    }
}
