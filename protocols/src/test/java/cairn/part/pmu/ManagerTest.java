package cairn.part.pmu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cairn.model.Boot;
import cairn.model.Event;
import cairn.model.Fact;
import cairn.model.NodeId;
import cairn.part.pmu.PmuMessage.Bind;
import cairn.part.pmu.PmuMessage.Create;
import cairn.part.pmu.PmuMessage.Delete;
import cairn.part.pmu.PmuMessage.Deleted;
import cairn.part.pmu.PmuMessage.Denied;
import cairn.part.pmu.PmuMessage.Led;
import cairn.part.pmu.PmuMessage.Manage;
import cairn.part.pmu.PmuMessage.Managed;
import cairn.part.pmu.PmuMessage.NotOpened;
import cairn.part.pmu.PmuMessage.Obeyed;
import cairn.part.pmu.PmuMessage.Open;
import cairn.part.pmu.PmuMessage.Opened;
import cairn.part.pmu.PmuMessage.Order;
import cairn.part.pmu.PmuMessage.Outranked;
import cairn.part.pmu.PmuMessage.Program;
import cairn.part.pmu.PmuMessage.Revoke;
import cairn.part.pmu.PmuMessage.TakeOver;
import cairn.protocol.RecordingOutbox;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.util.List;

/** PMU-1, PMU-4, PMU-10, PMU-17, PMU-18: what the manager lets whom do, and in which order. */
final class ManagerTest {

    private static final NodeId FIRST = new NodeId(0);
    private static final NodeId SECOND = new NodeId(1);
    private static final NodeId UNIT_1 = new NodeId(2);
    private static final NodeId UNIT_2 = new NodeId(3);
    private static final NodeId SELF = new NodeId(4);

    private final RecordingOutbox<Said> out = new RecordingOutbox<>(0, null);
    private final Manager<Said> manager =
            new Manager<>(
                    new Pmu<>(Said.SETTINGS, PmuRules.SOUND, 2, 2, List.of(8192L), 64, Said::new),
                    SELF);
    private long term;

    @BeforeEach
    void start() {
        manager.boot(new Boot(SELF, 0), out);
        term = ((Manage) out.takeSent().getFirst().message().carried()).term();
    }

    private List<PmuMessage> tell(NodeId origin, PmuMessage message) {
        manager.on(new Event.Delivered<>(origin, new Said(message)), out);
        return out.takeSent().stream().map(sent -> sent.message().carried()).toList();
    }

    private void activate() {
        tell(UNIT_1, new Managed(term, Directory.BLANK));
        tell(UNIT_2, new Managed(term, Directory.BLANK));
    }

    private void obeyed(Order order) {
        tell(UNIT_1, new Obeyed(order, 0));
    }

    private static TakeOver takeOver(NodeId server, long observed) {
        return new TakeOver(Pmu.credential(server), 0, observed);
    }

    @Test
    void itManagesOnlyWhenAllUnitsHaveAcceptedItsTerm() {
        tell(UNIT_1, new Managed(term, Directory.BLANK));
        assertTrue(out.takeClaimed().isEmpty(), "one of two units");
        tell(UNIT_2, new Managed(term, Directory.BLANK));
        assertEquals(
                List.of(new Fact.Managing(UNIT_1, term), new Fact.Managing(UNIT_2, term)),
                out.takeClaimed());
    }

    @Test
    void outrankedItDoesNothingAnyMore() {
        activate();
        tell(UNIT_2, new Outranked(term + 5));
        assertEquals(List.of(), tell(FIRST, takeOver(FIRST, 0)));
    }

    @Test
    void whoTakesOverLearnsItAfterEveryUnitHasKeptItAndRevokedTheFormerLeader() {
        lead(FIRST, 0);
        List<PmuMessage> first = tell(SECOND, takeOver(SECOND, 1));
        Program program = (Program) first.getFirst();
        assertEquals(1, program.directory().holder());
        assertEquals(2, program.directory().leaderTerm());
        obeyed(program);
        List<PmuMessage> second = tell(UNIT_2, new Obeyed(program, 0));
        assertEquals(List.of(new Revoke(term, 2), new Revoke(term, 2)), second);
        assertEquals(List.of(), tell(UNIT_1, new Obeyed(new Revoke(term, 2), 0)));
        assertEquals(List.of(new Led(2, 0)), tell(UNIT_2, new Obeyed(new Revoke(term, 2), 0)));
    }

    private void lead(NodeId server, long observed) {
        activate();
        Program program = (Program) tell(server, takeOver(server, observed)).getFirst();
        obeyed(program);
        tell(UNIT_2, new Obeyed(program, 0));
        tell(UNIT_1, new Obeyed(new Revoke(term, observed + 1), 0));
        assertEquals(
                List.of(new Led(observed + 1, 0)),
                tell(UNIT_2, new Obeyed(new Revoke(term, observed + 1), 0)));
        out.takeClaimed();
    }

    @Test
    void whoHasObservedAnEarlierTermIsDenied() {
        lead(FIRST, 0);
        assertEquals(List.of(new Denied(1, 0)), tell(SECOND, takeOver(SECOND, 0)));
        assertEquals(List.of(new Denied(1, 0)), tell(FIRST, takeOver(FIRST, -1)), "a question");
    }

    @Test
    void anIncarnationThatRestartedDoesNotLeadUnderTheTermOfTheOneBefore() {
        lead(FIRST, 0);
        TakeOver restarted = new TakeOver(Pmu.credential(FIRST), 1, 0);
        assertEquals(List.of(new Denied(1, 0)), tell(FIRST, restarted));
        assertEquals(
                List.of(new Revoke(term, 1), new Revoke(term, 1)),
                tell(FIRST, takeOver(FIRST, 0)),
                "the same one, whose answer was lost, is let lead again");
    }

    @Test
    void aForgedCredentialIsNotAnswered() {
        activate();
        assertEquals(List.of(), tell(FIRST, new TakeOver(Pmu.credential(SECOND), 0, 0)));
    }

    @Test
    void onlyTheLeaderOfThePresentTermCreatesAndOpensForWriting() {
        lead(FIRST, 0);
        long second = Pmu.credential(SECOND);
        long first = Pmu.credential(FIRST);
        Denied denied = new Denied(1, 0);
        assertEquals(List.of(denied), tell(SECOND, new Create(second, 1, 0, 4096)));
        assertEquals(List.of(denied), tell(FIRST, new Create(first, 0, 0, 4096)));
        assertEquals(List.of(denied), tell(SECOND, new Open(second, 1, 9, 0, true)));
    }

    @Test
    void aRegionIsCreatedBeforeItIsOpenedAndOpenedByItself() {
        lead(FIRST, 0);
        long credential = Pmu.credential(FIRST);
        assertEquals(
                List.of(new NotOpened(9, 0)), tell(FIRST, new Open(credential, 1, 9, 0, true)));
        Program create = (Program) tell(FIRST, new Create(credential, 1, 0, 8192)).getFirst();
        obeyed(create);
        tell(UNIT_2, new Obeyed(create, 0));
        assertTrue(
                out.takeClaimed()
                        .contains(new Fact.Laid(UNIT_2, "region-0", UnitStore.FIRST_REGION, 8192)));
        assertEquals(
                List.of(new NotOpened(9, 1)),
                tell(FIRST, new Open(credential, 1, 9, 1, true)),
                "PMU-12: region 1 is another one");
        Bind bind = (Bind) tell(FIRST, new Open(credential, 1, 9, 0, true)).getFirst();
        assertEquals(new Bind(term, FIRST, 9, 0, true, 1), bind);
        tell(UNIT_1, new Obeyed(bind, 17));
        Opened opened = (Opened) tell(UNIT_2, new Obeyed(bind, 23)).getFirst();
        assertEquals(List.of(17, 23), opened.rkeys());
    }

    @Test
    void aDeletedRegionLeavesTheDirectoryOfEveryUnit() {
        lead(FIRST, 0);
        long credential = Pmu.credential(FIRST);
        Program create = (Program) tell(FIRST, new Create(credential, 1, 0, 8192)).getFirst();
        obeyed(create);
        tell(UNIT_2, new Obeyed(create, 0));
        out.takeClaimed();
        Program delete = (Program) tell(FIRST, new Delete(credential, 1, 0)).getFirst();
        assertTrue(delete.directory().entries().isEmpty());
        obeyed(delete);
        assertEquals(List.of(new Deleted(0)), tell(UNIT_2, new Obeyed(delete, 0)));
        assertTrue(out.takeClaimed().contains(new Fact.Removed(UNIT_1, "region-0")));
    }

    @Test
    void aBlankUnitInThePlaceOfALostOneIsProgrammedAnew() {
        lead(FIRST, 0);
        List<PmuMessage> orders = tell(UNIT_2, new Managed(term, Directory.BLANK));
        Program program = (Program) orders.getFirst();
        assertEquals(1, program.directory().leaderTerm());
    }

    @Test
    void aNewManagerFinishesWhatTheFormerOneBegan() {
        Directory begun = Directory.BLANK.next(1).ledBy(0, 0, 1);
        tell(UNIT_1, new Managed(term, begun));
        List<PmuMessage> orders = tell(UNIT_2, new Managed(term, Directory.BLANK));
        Program program = (Program) orders.getLast();
        assertEquals(begun.next(term), program.directory());
    }
}
