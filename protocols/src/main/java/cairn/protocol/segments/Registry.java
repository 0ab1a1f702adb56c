package cairn.protocol.segments;

import cairn.model.Event;
import cairn.model.NodeId;
import cairn.model.Outbox;
import cairn.part.StableFile;
import cairn.protocol.segments.SegmentsMessage.Accept;
import cairn.protocol.segments.SegmentsMessage.Accepted;
import cairn.protocol.segments.SegmentsMessage.Blank;
import cairn.protocol.segments.SegmentsMessage.Prepare;
import cairn.protocol.segments.SegmentsMessage.Promised;
import cairn.protocol.segments.SegmentsMessage.Rejected;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * One voice of those that decide who has the name (CS-10, CS-11): an acceptor of a compare-and-set
 * register by majority (Rystsov, "CASPaxos", 2018), which says nothing before it is durable.
 *
 * <p>A blank disk in the place of one that voted must not vote as if it were the same: it could
 * undo what was decided. It stays without a voice until a {@link Round} has told it what the others
 * know.
 */
final class Registry {

    private static final int FIXED_BYTES = 4 * Long.BYTES;

    private final Rules rules;
    private final Journal journal;
    private int identity;
    private boolean ready;
    private boolean voice;
    private long promised;
    private long acceptedBallot;
    private Registration accepted = Registration.NONE;

    Registry(Rules rules, long firstToken, long retryNanos) {
        this.rules = rules;
        journal = new Journal(new StableFile("registry", firstToken, retryNanos));
    }

    void boot(int incarnation, Outbox<SegmentsMessage> out) {
        identity = incarnation;
        // At the very first start there is nothing that could have been forgotten.
        voice = incarnation == 0 || !rules.remembers();
        journal.read(out);
    }

    boolean owns(long token) {
        return journal.owns(token);
    }

    boolean isReady() {
        return ready;
    }

    boolean hasVoice() {
        return voice;
    }

    void fired(Outbox<SegmentsMessage> out) {
        journal.fired(out);
    }

    void onDisk(Event.OfDisk<SegmentsMessage> event, Outbox<SegmentsMessage> out) {
        switch (journal.on(event, out)) {
            case ABSENT -> ready = true;
            case READ -> {
                ready = true;
                recall(journal.content(), out);
            }
            case BROKEN -> out.halt("its disk failed");
            case WRITTEN, UNDER_WAY -> {
                // What is owed has left.
            }
        }
    }

    private void recall(byte[] content, Outbox<SegmentsMessage> out) {
        if (!Seal.isWhole(content)) {
            out.halt("its registry is damaged");
            return;
        }
        ByteBuffer buffer = ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN);
        identity = (int) buffer.getLong();
        promised = buffer.getLong();
        acceptedBallot = buffer.getLong();
        accepted = Registration.readFrom(buffer);
        voice = true;
    }

    private void keep(Outbox<SegmentsMessage> out) {
        if (!rules.remembers()) {
            return;
        }
        ByteBuffer buffer =
                ByteBuffer.allocate(FIXED_BYTES + accepted.bytes()).order(ByteOrder.LITTLE_ENDIAN);
        buffer.putLong(identity).putLong(promised).putLong(acceptedBallot);
        accepted.writeTo(buffer);
        journal.write(Seal.close(buffer.array()), out);
    }

    void prepare(NodeId from, Prepare prepare, Outbox<SegmentsMessage> out) {
        long ballot = prepare.ballot();
        if (!voice) {
            out.send(from, new Blank(ballot));
        } else if (ballot < promised) {
            out.send(from, new Rejected(ballot, promised));
        } else {
            promise(ballot, out);
            journal.owe(from, new Promised(ballot, identity, acceptedBallot, accepted), out);
        }
    }

    private void promise(long ballot, Outbox<SegmentsMessage> out) {
        if (ballot > promised) {
            promised = ballot;
            keep(out);
        }
    }

    void accept(NodeId from, Accept accept, Outbox<SegmentsMessage> out) {
        long ballot = accept.ballot();
        if (!voice || accept.identity() != identity) {
            // Who promised is no more.
            return;
        }
        if (ballot < promised) {
            out.send(from, new Rejected(ballot, promised));
            return;
        }
        if (ballot > acceptedBallot) {
            promised = ballot;
            acceptedBallot = ballot;
            accepted = accept.registration();
            keep(out);
        }
        journal.owe(from, new Accepted(ballot, identity), out);
    }

    /** A round told what the others know; from now on this one has a voice again. */
    void rejoin(long ballot, Promised newest, Outbox<SegmentsMessage> out) {
        voice = true;
        promised = ballot;
        acceptedBallot = newest.acceptedBallot();
        accepted = newest.accepted();
        keep(out);
    }
}
