package cairn.part.register;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cairn.model.Message;
import cairn.model.NodeId;
import cairn.part.register.RegisterMessage.Accept;
import cairn.part.register.RegisterMessage.Accepted;
import cairn.part.register.RegisterMessage.Blank;
import cairn.part.register.RegisterMessage.Prepare;
import cairn.part.register.RegisterMessage.Promised;
import cairn.part.register.RegisterMessage.Rejected;
import cairn.protocol.RecordingOutbox;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.util.List;

/** CS-10: what a register holds is decided by majority, also when disks are replaced meanwhile. */
final class RoundTest {

    private static final List<NodeId> VOTERS = NodeId.run(3, 5);
    private static final String TAKEN = "taken";
    private static final String NONE = "";

    /** What carries what is said. */
    private record Said(RegisterMessage<String> message) implements Message {
        @Override
        public int bytes() {
            return 8;
        }
    }

    private final RecordingOutbox<Said> out = new RecordingOutbox<>(0, null);
    private final Round<String, Said> round =
            new Round<>(new Voters(VOTERS, 3, true), VOTERS.get(0), NONE, Said::new);

    @BeforeEach
    void boot() {
        round.boot(2);
    }

    private static String next(String now) {
        return now + "+";
    }

    private Promised<String> promise(long accepted, String value) {
        return new Promised<>(round.ballot(), 0, accepted, value);
    }

    private RegisterMessage<String> firstSent() {
        return out.takeSent().getFirst().message().message();
    }

    @Test
    void cs10TheChangeIsMadeToWhatWasAcceptedLast() {
        round.begin(RoundTest::next, out);
        assertEquals(new Prepare<>(round.ballot()), firstSent());
        round.promised(VOTERS.get(0), promise(5, TAKEN), out);
        round.promised(VOTERS.get(1), promise(3, NONE), out);
        assertTrue(out.takeSent().isEmpty(), "two of five are no majority");
        round.promised(VOTERS.get(2), promise(0, NONE), out);
        Accept<?> accept = (Accept<?>) firstSent();
        assertEquals("taken+", accept.value());
        Accepted<String> accepted = new Accepted<>(round.ballot(), 0);
        assertFalse(round.accepted(VOTERS.get(0), accepted));
        assertFalse(round.accepted(VOTERS.get(0), accepted), "the same one twice");
        assertFalse(round.accepted(VOTERS.get(1), accepted));
        assertTrue(round.accepted(VOTERS.get(2), accepted));
        assertEquals(accept.value(), round.decided());
        assertFalse(round.isBusy());
    }

    @Test
    void cs10WhoseDiskWasReplacedSinceItPromisedDoesNotDecide() {
        round.begin(RoundTest::next, out);
        for (int i = 0; i < 3; i++) {
            round.promised(VOTERS.get(i), promise(0, NONE), out);
        }
        round.accepted(VOTERS.get(0), new Accepted<>(round.ballot(), 0));
        round.accepted(VOTERS.get(1), new Accepted<>(round.ballot(), 0));
        assertFalse(round.accepted(VOTERS.get(2), new Accepted<>(round.ballot(), 7)));
        assertFalse(round.accepted(VOTERS.get(3), new Accepted<>(round.ballot(), 0)));
        assertTrue(round.isBusy());
    }

    @Test
    void cs10ARoundThatWasOvertakenBeginsAgainAboveTheOther() {
        round.begin(RoundTest::next, out);
        long before = round.ballot();
        long other = before + (77L << 24);
        round.rejected(new Rejected<>(before, other));
        for (int tick = 0; tick < 4; tick++) {
            round.tick(out);
        }
        assertTrue(round.ballot() > other);
        assertFalse(round.promised(VOTERS.get(1), new Promised<>(before, 0, 0, TAKEN), out));
    }

    @Test
    void cs11ABlankDiskHearsSoManyOthersThatEveryMajorityIsAmongThem() {
        round.rejoin(out);
        assertFalse(round.promised(VOTERS.get(1), promise(0, NONE), out));
        assertFalse(round.promised(VOTERS.get(2), promise(5, TAKEN), out));
        assertTrue(round.promised(VOTERS.get(3), promise(0, NONE), out));
        assertEquals(TAKEN, round.newest().value());
        assertFalse(round.isBusy());
    }

    @Test
    void cs11IfTheRestAreBlankTooWhatIsLeftIsAllThatThereIs() {
        round.rejoin(out);
        Blank<String> blank = new Blank<>(round.ballot());
        assertFalse(round.blank(VOTERS.get(0), blank), "itself does not count");
        assertFalse(round.blank(VOTERS.get(1), blank));
        assertFalse(round.blank(VOTERS.get(2), blank));
        assertFalse(round.promised(VOTERS.get(3), promise(5, TAKEN), out));
        assertTrue(round.blank(VOTERS.get(4), blank));
        assertEquals(TAKEN, round.newest().value());
    }
}
