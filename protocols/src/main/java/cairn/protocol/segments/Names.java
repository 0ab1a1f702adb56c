package cairn.protocol.segments;

import cairn.model.NodeId;
import cairn.model.Outbox;
import cairn.protocol.segments.SegmentsMessage.Accept;
import cairn.protocol.segments.SegmentsMessage.Accepted;
import cairn.protocol.segments.SegmentsMessage.Blank;
import cairn.protocol.segments.SegmentsMessage.OfRegistry;
import cairn.protocol.segments.SegmentsMessage.Prepare;
import cairn.protocol.segments.SegmentsMessage.Promised;
import cairn.protocol.segments.SegmentsMessage.Rejected;

import org.jspecify.annotations.Nullable;

import java.util.function.UnaryOperator;

/** What a service has to do with the name: its own voice, and one round of its own at a time. */
final class Names {

    private final Registry registry;
    private final Round round;
    private Purpose purpose = Purpose.REJOINING;

    /** What a round is for. */
    enum Purpose {
        /** To get a voice again. */
        REJOINING,
        /** To have the name. */
        REGISTERING,
        /** To go on with a name that this node's application has. */
        TAKING_UP,
        /** To name who holds the copies. */
        NAMING_MEMBERS,
        /** To set the name free. */
        UNREGISTERING
    }

    /** What a majority decided in a round. */
    record Decision(Purpose purpose, Registration registration) {}

    Names(Setup setup, NodeId self, long firstToken) {
        registry = new Registry(setup, firstToken);
        round = new Round(setup, self);
    }

    void boot(int incarnation, Outbox<SegmentsMessage> out) {
        round.boot(incarnation);
        registry.boot(incarnation, out);
    }

    /** Where the service's voice is kept. */
    Journal journal() {
        return registry.journal();
    }

    /** Whether a round is under way; getting a voice again comes before all others. */
    boolean isBusy() {
        return !registry.hasVoice() || round.isBusy();
    }

    void tick(Outbox<SegmentsMessage> out) {
        if (!registry.hasVoice() && !round.isBusy()) {
            purpose = Purpose.REJOINING;
            round.rejoin(out);
        }
        round.tick(out);
    }

    /** Begins to change the registration; no other round is under way. */
    void begin(Purpose wanted, UnaryOperator<Registration> change, Outbox<SegmentsMessage> out) {
        purpose = wanted;
        round.begin(change, out);
    }

    /** Takes a message; returns what was decided by it, if that was the last one needed. */
    @Nullable Decision on(NodeId from, OfRegistry message, Outbox<SegmentsMessage> out) {
        switch (message) {
            case Prepare prepare -> registry.prepare(from, prepare, out);
            case Accept accept -> registry.accept(from, accept, out);
            case Promised promised -> {
                if (round.promised(from, promised, out)) {
                    rejoined(out);
                }
            }
            case Blank blank -> {
                if (round.blank(from, blank)) {
                    rejoined(out);
                }
            }
            case Accepted accepted -> {
                if (round.accepted(from, accepted)) {
                    return new Decision(purpose, round.decided());
                }
            }
            case Rejected rejected -> round.rejected(rejected);
        }
        return null;
    }

    private void rejoined(Outbox<SegmentsMessage> out) {
        registry.rejoin(round.ballot(), round.newest(), out);
    }

    String waitsFor() {
        return "a majority about the name: " + purpose;
    }
}
