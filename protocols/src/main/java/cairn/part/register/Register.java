package cairn.part.register;

import cairn.model.Message;
import cairn.model.NodeId;
import cairn.model.Outbox;
import cairn.part.ByteReader;
import cairn.part.ByteWriter;
import cairn.part.Journal;
import cairn.part.register.RegisterMessage.Accept;
import cairn.part.register.RegisterMessage.Accepted;
import cairn.part.register.RegisterMessage.Blank;
import cairn.part.register.RegisterMessage.Prepare;
import cairn.part.register.RegisterMessage.Promised;
import cairn.part.register.RegisterMessage.Rejected;

import org.jspecify.annotations.Nullable;

import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * A voter's part in a register: its own voice, and one round of its own at a time. A voter that
 * lost its disk asks the others for its voice before anything else.
 *
 * @param <V> what the register holds
 * @param <M> the messages that carry what voters say to each other
 */
public final class Register<V, M extends Message> {

    private final Acceptor<V, M> acceptor;
    private final Round<V, M> round;

    /** How a value is kept in a file. */
    public interface Codec<V> {

        void write(V value, ByteWriter into);

        V read(ByteReader from);
    }

    /**
     * A voter.
     *
     * @param initial what the register holds before the first change
     * @param wire makes a message of what is said
     * @param firstToken the first token of its {@link Journal}
     */
    public Register(
            Voters voters,
            NodeId self,
            V initial,
            Codec<V> codec,
            Function<RegisterMessage<V>, M> wire,
            long firstToken,
            long retryNanos) {
        acceptor = new Acceptor<>(voters.remember(), initial, codec, wire, firstToken, retryNanos);
        round = new Round<>(voters, self, initial, wire);
    }

    public void boot(int incarnation, Outbox<M> out) {
        round.boot(incarnation);
        acceptor.boot(incarnation, out);
    }

    /** Where the voice is kept. */
    public Journal<M> journal() {
        return acceptor.journal();
    }

    /** Whether a round is under way, or the voice is lost. */
    public boolean isBusy() {
        return !acceptor.hasVoice() || round.isBusy();
    }

    /** A tick has passed: repeats what was not answered. */
    public void tick(Outbox<M> out) {
        if (!acceptor.hasVoice() && !round.isBusy()) {
            round.rejoin(out);
        }
        round.tick(out);
    }

    /** Begins to change the value; a change that finds itself done already must leave it so. */
    public void begin(UnaryOperator<V> change, Outbox<M> out) {
        round.begin(change, out);
    }

    /** Takes a message; returns what was decided by it, if that was the last one needed. */
    public @Nullable V on(NodeId from, RegisterMessage<V> message, Outbox<M> out) {
        switch (message) {
            case Prepare<V> prepare -> acceptor.prepare(from, prepare, out);
            case Accept<V> accept -> acceptor.accept(from, accept, out);
            case Promised<V> promised -> {
                if (round.promised(from, promised, out)) {
                    rejoined(out);
                }
            }
            case Blank<V> blank -> {
                if (round.blank(from, blank)) {
                    rejoined(out);
                }
            }
            case Accepted<V> accepted -> {
                if (round.accepted(from, accepted)) {
                    return round.decided();
                }
            }
            case Rejected<V> rejected -> round.rejected(rejected);
        }
        return null;
    }

    private void rejoined(Outbox<M> out) {
        acceptor.rejoin(round.ballot(), round.newest(), out);
    }
}
