package cairn.protocol.rdmapmem;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cairn.application.bank.Bank;
import cairn.application.bank.BankSettings;
import cairn.model.Boot;
import cairn.model.CpuCosts;
import cairn.model.Event;
import cairn.model.Fact;
import cairn.model.NodeId;
import cairn.model.Records;
import cairn.model.service.Sessions;
import cairn.protocol.rdmapmem.RdmaPmemMessage.Bind;
import cairn.protocol.rdmapmem.RdmaPmemMessage.Create;
import cairn.protocol.rdmapmem.RdmaPmemMessage.Delete;
import cairn.protocol.rdmapmem.RdmaPmemMessage.Deleted;
import cairn.protocol.rdmapmem.RdmaPmemMessage.Denied;
import cairn.protocol.rdmapmem.RdmaPmemMessage.Led;
import cairn.protocol.rdmapmem.RdmaPmemMessage.Manage;
import cairn.protocol.rdmapmem.RdmaPmemMessage.Managed;
import cairn.protocol.rdmapmem.RdmaPmemMessage.NotOpened;
import cairn.protocol.rdmapmem.RdmaPmemMessage.Obeyed;
import cairn.protocol.rdmapmem.RdmaPmemMessage.Open;
import cairn.protocol.rdmapmem.RdmaPmemMessage.Opened;
import cairn.protocol.rdmapmem.RdmaPmemMessage.Order;
import cairn.protocol.rdmapmem.RdmaPmemMessage.Outranked;
import cairn.protocol.rdmapmem.RdmaPmemMessage.Program;
import cairn.protocol.rdmapmem.RdmaPmemMessage.Revoke;
import cairn.protocol.rdmapmem.RdmaPmemMessage.TakeOver;
import cairn.protocol.rdmapmem.SilentOutbox.Sent;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

/** PMU-1, PMU-4, PMU-10, PMU-17, PMU-18: what the manager lets whom do, and in which order. */
final class ManagerTest {

    private static final RdmaPmemSettings SETTINGS =
            Records.like(RdmaPmemSettings.DEFAULT).with("mirrors", 2).made();
    private static final NodeId PRIMARY = new NodeId(0);
    private static final NodeId BACKUP = new NodeId(1);
    private static final NodeId UNIT_1 = new NodeId(2);
    private static final NodeId UNIT_2 = new NodeId(3);
    private static final NodeId SELF = new NodeId(4);

    private final Topology topology = new Topology(SETTINGS);
    private final Layout layout = new Layout(SETTINGS, 4 * 4096);
    private final SilentOutbox out = new SilentOutbox();
    private final Manager manager =
            new Manager(
                    new Setup(
                            SETTINGS,
                            topology,
                            layout,
                            new Sessions(new Bank(BankSettings.DEFAULT), 0, 0),
                            CpuCosts.DEFAULT,
                            Rules.SOUND),
                    SELF);
    private long term;

    @BeforeEach
    void start() {
        manager.boot(new Boot(SELF, 0), out);
        term = ((Manage) out.takeSent().getFirst().message()).term();
    }

    private List<RdmaPmemMessage> tell(NodeId origin, RdmaPmemMessage message) {
        manager.on(new Event.Delivered<>(origin, message), out);
        List<RdmaPmemMessage> replies = new ArrayList<>();
        for (Sent sent : out.takeSent()) {
            replies.add(sent.message());
        }
        return replies;
    }

    private void activate() {
        tell(UNIT_1, new Managed(term, Directory.BLANK));
        tell(UNIT_2, new Managed(term, Directory.BLANK));
    }

    private void obeyed(Order order) {
        tell(UNIT_1, new Obeyed(order, 0));
    }

    private static TakeOver takeOver(NodeId server, long observed) {
        return new TakeOver(Topology.credential(server), 0, observed);
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
        assertEquals(List.of(), tell(PRIMARY, takeOver(PRIMARY, 0)));
    }

    @Test
    void whoTakesOverLearnsItAfterEveryUnitHasKeptItAndRevokedTheFormerPrimary() {
        lead(PRIMARY, 0);
        List<RdmaPmemMessage> first = tell(BACKUP, takeOver(BACKUP, 1));
        Program program = (Program) first.getFirst();
        assertEquals(1, program.directory().holder());
        assertEquals(2, program.directory().leaderTerm());
        obeyed(program);
        List<RdmaPmemMessage> second = tell(UNIT_2, new Obeyed(program, 0));
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
        lead(PRIMARY, 0);
        assertEquals(List.of(new Denied(1, 0)), tell(BACKUP, takeOver(BACKUP, 0)));
        assertEquals(List.of(new Denied(1, 0)), tell(PRIMARY, takeOver(PRIMARY, -1)), "a question");
    }

    @Test
    void anIncarnationThatRestartedDoesNotLeadUnderTheTermOfTheOneBefore() {
        lead(PRIMARY, 0);
        TakeOver restarted = new TakeOver(Topology.credential(PRIMARY), 1, 0);
        assertEquals(List.of(new Denied(1, 0)), tell(PRIMARY, restarted));
        assertEquals(
                List.of(new Revoke(term, 1), new Revoke(term, 1)),
                tell(PRIMARY, takeOver(PRIMARY, 0)),
                "the same one, whose answer was lost, is let lead again");
    }

    @Test
    void aForgedCredentialIsNotAnswered() {
        activate();
        assertEquals(List.of(), tell(PRIMARY, new TakeOver(Topology.credential(BACKUP), 0, 0)));
    }

    @Test
    void onlyThePrimaryOfThePresentTermCreatesAndOpensForWriting() {
        lead(PRIMARY, 0);
        long backup = Topology.credential(BACKUP);
        long primary = Topology.credential(PRIMARY);
        Denied denied = new Denied(1, 0);
        assertEquals(List.of(denied), tell(BACKUP, new Create(backup, 1, 0, 4096)));
        assertEquals(List.of(denied), tell(PRIMARY, new Create(primary, 0, 0, 4096)));
        assertEquals(List.of(denied), tell(BACKUP, new Open(backup, 1, 9, 0, true)));
    }

    @Test
    void aRegionIsCreatedBeforeItIsOpenedAndOpenedByItself() {
        lead(PRIMARY, 0);
        long credential = Topology.credential(PRIMARY);
        assertEquals(
                List.of(new NotOpened(9, 0)), tell(PRIMARY, new Open(credential, 1, 9, 0, true)));
        Program create = (Program) tell(PRIMARY, new Create(credential, 1, 0, 8192)).getFirst();
        obeyed(create);
        tell(UNIT_2, new Obeyed(create, 0));
        assertTrue(
                out.takeClaimed()
                        .contains(new Fact.Laid(UNIT_2, "region-0", UnitStore.FIRST_REGION, 8192)));
        assertEquals(
                List.of(new NotOpened(9, 1)),
                tell(PRIMARY, new Open(credential, 1, 9, 1, true)),
                "PMU-12: region 1 is another one");
        Bind bind = (Bind) tell(PRIMARY, new Open(credential, 1, 9, 0, true)).getFirst();
        assertEquals(new Bind(term, PRIMARY, 9, 0, true, 1), bind);
        tell(UNIT_1, new Obeyed(bind, 17));
        Opened opened = (Opened) tell(UNIT_2, new Obeyed(bind, 23)).getFirst();
        assertEquals(List.of(17, 23), opened.rkeys());
    }

    @Test
    void aDeletedRegionLeavesTheDirectoryOfEveryUnit() {
        lead(PRIMARY, 0);
        long credential = Topology.credential(PRIMARY);
        Program create = (Program) tell(PRIMARY, new Create(credential, 1, 0, 8192)).getFirst();
        obeyed(create);
        tell(UNIT_2, new Obeyed(create, 0));
        out.takeClaimed();
        Program delete = (Program) tell(PRIMARY, new Delete(credential, 1, 0)).getFirst();
        assertTrue(delete.directory().entries().isEmpty());
        obeyed(delete);
        assertEquals(List.of(new Deleted(0)), tell(UNIT_2, new Obeyed(delete, 0)));
        assertTrue(out.takeClaimed().contains(new Fact.Removed(UNIT_1, "region-0")));
    }

    @Test
    void aBlankUnitInThePlaceOfALostOneIsProgrammedAnew() {
        lead(PRIMARY, 0);
        List<RdmaPmemMessage> orders = tell(UNIT_2, new Managed(term, Directory.BLANK));
        Program program = (Program) orders.getFirst();
        assertEquals(1, program.directory().leaderTerm());
    }

    @Test
    void aNewManagerFinishesWhatTheFormerOneBegan() {
        Directory begun = Directory.BLANK.next(1).ledBy(0, 0, 1);
        tell(UNIT_1, new Managed(term, begun));
        List<RdmaPmemMessage> orders = tell(UNIT_2, new Managed(term, Directory.BLANK));
        Program program = (Program) orders.getLast();
        assertEquals(begun.next(term), program.directory());
    }
}
