package cairn.protocol.segments;

import cairn.model.NodeId;
import cairn.model.Outbox;
import cairn.part.ByteReader;
import cairn.part.ByteWriter;
import cairn.protocol.segments.SegmentsMessage.Accept;
import cairn.protocol.segments.SegmentsMessage.Accepted;
import cairn.protocol.segments.SegmentsMessage.Blank;
import cairn.protocol.segments.SegmentsMessage.Prepare;
import cairn.protocol.segments.SegmentsMessage.Promised;
import cairn.protocol.segments.SegmentsMessage.Rejected;

import org.jspecify.annotations.Nullable;

/**
 * One voice of those that decide who has the name (CS-10, CS-11): an acceptor of a compare-and-set
 * register by majority (Rystsov, "CASPaxos", 2018), which says nothing before it is durable.
 *
 * <p>A blank disk in the place of one that voted must not vote as if it were the same: it could
 * undo what was decided. It stays without a voice until a {@link Round} has told it what the others
 * know.
 */
final class Registry {

    private final Rules rules;
    private final Journal journal;
    private int identity;
    private boolean voice;
    private long promised;
    private long acceptedBallot;
    private Registration accepted = Registration.NONE;

    Registry(Setup setup, long firstToken) {
        rules = setup.rules();
        journal = new Journal("registry", firstToken, setup, (content, _) -> recall(content));
    }

    void boot(int incarnation, Outbox<SegmentsMessage> out) {
        identity = incarnation;
        // At the very first start there is nothing that could have been forgotten.
        voice = incarnation == 0 || !rules.remembers();
        journal.boot(out);
    }

    Journal journal() {
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
            accepted = Registration.readFrom(content);
            voice = true;
        }
    }

    private void keep(Outbox<SegmentsMessage> out) {
        if (rules.remembers()) {
            ByteWriter content =
                    new ByteWriter().number(identity).number(promised).number(acceptedBallot);
            accepted.writeTo(content);
            journal.write(content, out);
        }
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
