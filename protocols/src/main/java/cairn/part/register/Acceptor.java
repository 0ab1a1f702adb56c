package cairn.part.register;

import cairn.model.Message;
import cairn.model.NodeId;
import cairn.model.Outbox;
import cairn.part.ByteReader;
import cairn.part.ByteWriter;
import cairn.part.Journal;
import cairn.part.register.Register.Codec;
import cairn.part.register.RegisterMessage.Accept;
import cairn.part.register.RegisterMessage.Accepted;
import cairn.part.register.RegisterMessage.Blank;
import cairn.part.register.RegisterMessage.Prepare;
import cairn.part.register.RegisterMessage.Promised;
import cairn.part.register.RegisterMessage.Rejected;

import org.jspecify.annotations.Nullable;

import java.util.function.Function;

/**
 * One voice of those that decide: an acceptor, which says nothing before it is durable.
 *
 * <p>A blank disk in the place of one that voted must not vote as if it were the same: it could
 * undo what was decided. It stays without a voice until a {@link Round} has told it what the others
 * know.
 */
final class Acceptor<V, M extends Message> {

    private final boolean remembers;
    private final Codec<V> codec;
    private final Function<RegisterMessage<V>, M> wire;
    private final Journal<M> journal;
    private int identity;
    private boolean voice;
    private long promised;
    private long acceptedBallot;
    private V accepted;

    Acceptor(
            boolean remembers,
            V initial,
            Codec<V> codec,
            Function<RegisterMessage<V>, M> wire,
            long firstToken,
            long retryNanos) {
        this.remembers = remembers;
        this.codec = codec;
        this.wire = wire;
        this.accepted = initial;
        journal = new Journal<>("registry", firstToken, retryNanos, (found, _) -> recall(found));
    }

    void boot(int incarnation, Outbox<M> out) {
        identity = incarnation;
        // At the very first start there is nothing that could have been forgotten.
        voice = incarnation == 0 || !remembers;
        journal.boot(out);
    }

    Journal<M> journal() {
        return journal;
    }

    boolean hasVoice() {
        return voice;
    }

    private void recall(@Nullable ByteReader content) {
        if (content != null) {
            identity = content.count();
            promised = content.number();
            acceptedBallot = content.number();
            accepted = codec.read(content);
            voice = true;
        }
    }

    private void keep(Outbox<M> out) {
        if (remembers) {
            ByteWriter content =
                    new ByteWriter().number(identity).number(promised).number(acceptedBallot);
            codec.write(accepted, content);
            journal.write(content, out);
        }
    }

    void prepare(NodeId from, Prepare<V> prepare, Outbox<M> out) {
        long ballot = prepare.ballot();
        if (!voice) {
            send(from, new Blank<>(ballot), out);
        } else if (ballot < promised) {
            send(from, new Rejected<>(ballot, promised), out);
        } else {
            promise(ballot, out);
            owe(from, new Promised<>(ballot, identity, acceptedBallot, accepted), out);
        }
    }

    private void send(NodeId to, RegisterMessage<V> message, Outbox<M> out) {
        out.send(to, wire.apply(message));
    }

    /** Sends a message when what it tells of is durable. */
    private void owe(NodeId to, RegisterMessage<V> message, Outbox<M> out) {
        journal.owe(to, wire.apply(message), out);
    }

    private void promise(long ballot, Outbox<M> out) {
        if (ballot > promised) {
            promised = ballot;
            keep(out);
        }
    }

    void accept(NodeId from, Accept<V> accept, Outbox<M> out) {
        long ballot = accept.ballot();
        if (!voice || accept.identity() != identity) {
            // Who promised is no more.
            return;
        }
        if (ballot < promised) {
            send(from, new Rejected<>(ballot, promised), out);
            return;
        }
        if (ballot > acceptedBallot) {
            promised = ballot;
            acceptedBallot = ballot;
            accepted = accept.value();
            keep(out);
        }
        owe(from, new Accepted<>(ballot, identity), out);
    }

    /** A round told what the others know; from now on this one has a voice again. */
    void rejoin(long ballot, Promised<V> newest, Outbox<M> out) {
        voice = true;
        promised = ballot;
        acceptedBallot = newest.acceptedBallot();
        accepted = newest.value();
        keep(out);
    }
}
