package cairn.protocol.segments;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cairn.application.bank.Bank;
import cairn.application.bank.BankSettings;
import cairn.model.CpuCosts;
import cairn.model.NodeId;
import cairn.protocol.RecordingOutbox;
import cairn.protocol.segments.SegmentsMessage.Accept;
import cairn.protocol.segments.SegmentsMessage.Accepted;
import cairn.protocol.segments.SegmentsMessage.Blank;
import cairn.protocol.segments.SegmentsMessage.Prepare;
import cairn.protocol.segments.SegmentsMessage.Promised;
import cairn.protocol.segments.SegmentsMessage.Rejected;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.util.List;

/** CS-10: who has the name is decided by majority, also when disks are replaced meanwhile. */
final class RoundTest {

    private static final Setup SETUP =
            Setup.of(
                    SegmentsSettings.DEFAULT,
                    new Bank(BankSettings.DEFAULT),
                    1,
                    CpuCosts.DEFAULT,
                    Rules.SOUND);
    private static final List<NodeId> SERVICES = SETUP.topology().services();
    private static final Registration TAKEN =
            new Registration(4, new NodeId(1), 3, List.of(new Member(SERVICES.get(1), 0)));

    private final RecordingOutbox<SegmentsMessage> out = new RecordingOutbox<>(0, null);
    private final Round round = new Round(SETUP, SERVICES.get(0));

    @BeforeEach
    void boot() {
        round.boot(2);
    }

    private static Registration next(Registration now) {
        return new Registration(now.term() + 1, new NodeId(0), 9, now.members());
    }

    private Promised promise(long accepted, Registration registration) {
        return new Promised(round.ballot(), 0, accepted, registration);
    }

    @Test
    void cs10TheChangeIsMadeToWhatWasAcceptedLast() {
        round.begin(RoundTest::next, out);
        assertEquals(new Prepare(round.ballot()), out.takeSent().getFirst().message());
        round.promised(SERVICES.get(0), promise(5, TAKEN), out);
        round.promised(SERVICES.get(1), promise(3, Registration.NONE), out);
        assertTrue(out.takeSent().isEmpty(), "two of five are no majority");
        round.promised(SERVICES.get(2), promise(0, Registration.NONE), out);
        Accept accept = (Accept) out.takeSent().getFirst().message();
        assertEquals(5, accept.registration().term());
        Accepted accepted = new Accepted(round.ballot(), 0);
        assertFalse(round.accepted(SERVICES.get(0), accepted));
        assertFalse(round.accepted(SERVICES.get(0), accepted), "the same one twice");
        assertFalse(round.accepted(SERVICES.get(1), accepted));
        assertTrue(round.accepted(SERVICES.get(2), accepted));
        assertEquals(accept.registration(), round.decided());
        assertFalse(round.isBusy());
    }

    @Test
    void cs10WhoseDiskWasReplacedSinceItPromisedDoesNotDecide() {
        round.begin(RoundTest::next, out);
        for (int i = 0; i < 3; i++) {
            round.promised(SERVICES.get(i), promise(0, Registration.NONE), out);
        }
        round.accepted(SERVICES.get(0), new Accepted(round.ballot(), 0));
        round.accepted(SERVICES.get(1), new Accepted(round.ballot(), 0));
        assertFalse(round.accepted(SERVICES.get(2), new Accepted(round.ballot(), 7)));
        assertFalse(round.accepted(SERVICES.get(3), new Accepted(round.ballot(), 0)));
        assertTrue(round.isBusy());
    }

    @Test
    void cs10ARoundThatWasOvertakenBeginsAgainAboveTheOther() {
        round.begin(RoundTest::next, out);
        long before = round.ballot();
        long other = before + (77L << 24);
        round.rejected(new Rejected(before, other));
        for (int tick = 0; tick < 4; tick++) {
            round.tick(out);
        }
        assertTrue(round.ballot() > other);
        assertFalse(round.promised(SERVICES.get(1), new Promised(before, 0, 0, TAKEN), out));
    }

    @Test
    void cs11ABlankDiskHearsSoManyOthersThatEveryMajorityIsAmongThem() {
        round.rejoin(out);
        assertFalse(round.promised(SERVICES.get(1), promise(0, Registration.NONE), out));
        assertFalse(round.promised(SERVICES.get(2), promise(5, TAKEN), out));
        assertTrue(round.promised(SERVICES.get(3), promise(0, Registration.NONE), out));
        assertEquals(TAKEN, round.newest().accepted());
        assertFalse(round.isBusy());
    }

    @Test
    void cs11IfTheRestAreBlankTooWhatIsLeftIsAllThatThereIs() {
        round.rejoin(out);
        Blank blank = new Blank(round.ballot());
        assertFalse(round.blank(SERVICES.get(0), blank), "itself does not count");
        assertFalse(round.blank(SERVICES.get(1), blank));
        assertFalse(round.blank(SERVICES.get(2), blank));
        assertFalse(round.promised(SERVICES.get(3), promise(5, TAKEN), out));
        assertTrue(round.blank(SERVICES.get(4), blank));
        assertEquals(TAKEN, round.newest().accepted());
    }
}
