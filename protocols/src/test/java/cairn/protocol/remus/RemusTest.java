package cairn.protocol.remus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cairn.application.bank.BankOperation;
import cairn.fault.FaultPlan;
import cairn.model.Boot;
import cairn.model.CpuCosts;
import cairn.model.Event;
import cairn.model.NodeId;
import cairn.model.fault.Fault;
import cairn.model.fault.Injection;
import cairn.model.fault.Trigger;
import cairn.model.service.Request;
import cairn.model.service.Service;
import cairn.model.service.Sessions;
import cairn.protocol.RecordingOutbox;
import cairn.protocol.Surroundings;
import cairn.protocol.Trials;
import cairn.protocol.remus.RemusMessage.Acknowledgement;
import cairn.protocol.remus.RemusMessage.Checkpoint;
import cairn.protocol.remus.RemusMessage.Hello;
import cairn.protocol.remus.RemusMessage.Role;
import cairn.simulator.RunResult;

import org.junit.jupiter.api.Test;

import java.util.List;

final class RemusTest {

    private static final NodeId BACKUP = Remus.SERVERS.getLast();
    private static final long HEARTBEAT = 1;
    private static final long EPOCH = 2;

    private final Service bank = Surroundings.bank();
    private final Sessions sessions = new Sessions(bank, 2, 1);
    private final RecordingOutbox<RemusMessage> out =
            new RecordingOutbox<>(sessions.memoryBytes(), null);
    private final Server server =
            new Server(RemusSettings.DEFAULT, sessions, CpuCosts.DEFAULT, Rules.SOUND);

    private void boot() {
        server.boot(new Boot(Remus.SERVERS.getFirst(), 0), out);
        deliver(new Hello(0, 0, Role.EMPTY, 0));
    }

    private void deliver(RemusMessage message) {
        server.on(new Event.Delivered<>(BACKUP, message), out);
    }

    private void ask(int number) {
        NodeId client = new NodeId(2);
        server.on(
                new Event.Asked<>(new Request(client, number, new BankOperation.Transfer(1, 2, 1))),
                out);
    }

    private List<Checkpoint> sent() {
        return out.takeSent().stream()
                .map(RecordingOutbox.Sent::message)
                .filter(Checkpoint.class::isInstance)
                .map(Checkpoint.class::cast)
                .toList();
    }

    @Test
    void anAnswerLeavesWhenTheBackupHasItsEpochAndNotBefore() {
        boot();
        ask(1);
        server.on(new Event.Fired<>(EPOCH), out);
        ask(2);
        Checkpoint first = sent().getFirst();
        assertTrue(first.image().isFull());
        assertEquals(List.of(), out.takeAnswered());
        deliver(new Acknowledgement(first.term(), 1));
        assertEquals(List.of(1L), out.takeAnswered().stream().map(r -> r.number()).toList());
        // The second request was executed after the cut: it is part of the next epoch.
        server.on(new Event.Fired<>(EPOCH), out);
        Checkpoint second = sent().getFirst();
        assertFalse(second.image().isFull());
        deliver(new Acknowledgement(second.term(), 2));
        assertEquals(List.of(2L), out.takeAnswered().stream().map(r -> r.number()).toList());
    }

    @Test
    void anAcknowledgementOfAnotherTermOrEpochReleasesNothing() {
        boot();
        ask(1);
        server.on(new Event.Fired<>(EPOCH), out);
        deliver(new Acknowledgement(3, 1));
        deliver(new Acknowledgement(1, 2));
        assertEquals(List.of(), out.takeAnswered());
    }

    @Test
    void nobodyBeginsOnTheWordOfAnEarlierLife() {
        server.boot(new Boot(Remus.SERVERS.getFirst(), 1), out);
        // Said to the process that was here before.
        deliver(new Hello(0, 0, Role.EMPTY, 0));
        ask(1);
        assertTrue(out.takeAnswered().getFirst().refused());
        deliver(new Hello(0, 1, Role.EMPTY, 0));
        ask(1);
        assertEquals(List.of(), out.takeAnswered());
    }

    @Test
    void aNewBackupBeginsANewTermWithAFullImage() {
        boot();
        ask(1);
        server.on(new Event.Fired<>(EPOCH), out);
        deliver(new Acknowledgement(1, 1));
        out.takeSent();
        deliver(new Hello(1, 0, Role.EMPTY, 0));
        Checkpoint again = sent().getFirst();
        assertEquals(3, again.term());
        assertTrue(again.image().isFull());
    }

    @Test
    void whoHearsOfAHigherTermStepsDownAndKeepsItsNewestEpoch() {
        boot();
        ask(1);
        server.on(new Event.Fired<>(EPOCH), out);
        long cut = out.memory().digest();
        ask(2);
        deliver(new Hello(0, 0, Role.PRIMARY, 2));
        assertEquals(cut, out.memory().digest());
        ask(3);
        assertTrue(out.takeAnswered().getLast().refused());
    }

    /** A whole image takes longer than a heartbeat on a slow network. */
    @Test
    void anEpochOnItsWayIsRepeatedEverMoreSeldom() {
        boot();
        ask(1);
        server.on(new Event.Fired<>(EPOCH), out);
        assertEquals(1, sent().size());
        for (int heartbeat = 1; heartbeat <= 64; heartbeat++) {
            server.on(new Event.Fired<>(HEARTBEAT), out);
        }
        assertEquals(6, sent().size());
    }

    @Test
    void aCrashOfThePrimaryLosesNothingThatWasAnswered() {
        for (int seed = 1; seed <= 10; seed++) {
            FaultPlan crash =
                    new FaultPlan(
                            List.of(
                                    new Injection(
                                            new Trigger.At(3_000_000L + seed * 137_000L),
                                            new Fault.ProcessCrash(Remus.SERVERS.getFirst()),
                                            1_000_000)),
                            List.of());
            RunResult result =
                    Trials.sound(
                            Surroundings.scenario(
                                    (service, clients, costs) ->
                                            new Remus(
                                                    RemusSettings.DEFAULT, service, clients, costs),
                                    bank,
                                    200,
                                    crash),
                            seed);
            assertTrue(Trials.holds(result, "ATOM") && Trials.holds(result, "DUR"));
        }
    }
}
