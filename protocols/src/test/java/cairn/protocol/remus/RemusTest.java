package cairn.protocol.remus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cairn.application.bank.BankOperation;
import cairn.fault.FaultPlan;
import cairn.model.Boot;
import cairn.model.CpuCosts;
import cairn.model.Epoch;
import cairn.model.Event;
import cairn.model.Fact;
import cairn.model.NodeId;
import cairn.model.fault.Fault;
import cairn.model.fault.Injection;
import cairn.model.fault.Trigger;
import cairn.model.memory.PagedMemory;
import cairn.model.property.Verdict;
import cairn.model.service.Request;
import cairn.model.service.Service;
import cairn.model.service.Sessions;
import cairn.part.Image;
import cairn.protocol.Plans;
import cairn.protocol.RecordingOutbox;
import cairn.protocol.Surroundings;
import cairn.protocol.Trials;
import cairn.protocol.remus.RemusMessage.Acknowledgement;
import cairn.protocol.remus.RemusMessage.Checkpoint;
import cairn.protocol.remus.RemusMessage.Hello;
import cairn.protocol.remus.RemusMessage.Role;
import cairn.simulator.RunResult;
import cairn.simulator.Scenario;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.stream.LongStream;

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

    private static Acknowledgement acknowledging(Checkpoint checkpoint) {
        return new Acknowledgement(checkpoint.term(), checkpoint.image().epoch().number());
    }

    /** The first epoch of a term of the other machine, whose memory is as it was made. */
    private Checkpoint firstOf(long term, long acknowledged) {
        Epoch epoch = new Epoch(Rules.SOUND.numberBefore(term, 0) + 1);
        PagedMemory memory = new PagedMemory(sessions.memoryBytes());
        return new Checkpoint(term, acknowledged, Image.full(term, epoch, memory.snapshot()));
    }

    private List<Epoch> discarded() {
        return out.takeClaimed().stream()
                .filter(Fact.Discarded.class::isInstance)
                .map(fact -> ((Fact.Discarded) fact).epoch())
                .toList();
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
        deliver(acknowledging(first));
        assertEquals(List.of(1L), out.takeAnswered().stream().map(r -> r.number()).toList());
        // The second request was executed after the cut: it is part of the next epoch.
        server.on(new Event.Fired<>(EPOCH), out);
        Checkpoint second = sent().getFirst();
        assertFalse(second.image().isFull());
        deliver(acknowledging(second));
        assertEquals(List.of(2L), out.takeAnswered().stream().map(r -> r.number()).toList());
    }

    @Test
    void anAcknowledgementOfAnotherTermOrEpochReleasesNothing() {
        boot();
        ask(1);
        server.on(new Event.Fired<>(EPOCH), out);
        long epoch = sent().getFirst().image().epoch().number();
        deliver(new Acknowledgement(3, epoch));
        deliver(new Acknowledgement(1, epoch + 1));
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
        deliver(acknowledging(sent().getFirst()));
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

    @Test
    void noTwoTermsGiveOneNumber() {
        boot();
        ask(1);
        server.on(new Event.Fired<>(EPOCH), out);
        Checkpoint first = sent().getFirst();
        // A backup without memory begins a term before the epoch has reached the one before it.
        deliver(new Hello(1, 0, Role.EMPTY, 0));
        Checkpoint again = sent().getFirst();
        assertEquals(new Epoch(100_000_001), first.image().epoch());
        assertEquals(new Epoch(300_000_001), again.image().epoch());
        assertTrue(firstOf(2, 0).image().epoch().isAfter(first.image().epoch()));
        assertTrue(again.image().epoch().isAfter(firstOf(2, 0).image().epoch()));
    }

    @Test
    void twoPrimariesThatGoOnWithTheSameNumbersAreNoticed() {
        Rules oneCount =
                new Rules() {
                    @Override
                    public long numberBefore(long term, long epoch) {
                        return epoch;
                    }
                };
        for (int seed = 1; seed <= 30; seed++) {
            Trials.sound(rolesChange(Rules.SOUND), seed);
        }
        assertTrue(
                LongStream.rangeClosed(1, 10)
                        .mapToObj(seed -> Trials.run(rolesChange(oneCount), seed))
                        .anyMatch(result -> result.verdict("MONO") instanceof Verdict.Violated));
    }

    /**
     * Suspicion is quicker than an epoch, so who takes over is often suspected before its first.
     */
    private Scenario<RemusMessage> rolesChange(Rules rules) {
        RemusSettings hasty = new RemusSettings(10_000_000, 200_000, 1_000_000, WithoutBackup.WAIT);
        NodeId first = Remus.SERVERS.getFirst();
        FaultPlan pauses =
                new Plans()
                        .every(4_000_000, new Fault.Pause(first), 2_000_000)
                        .every(4_000_000, new Fault.Pause(BACKUP), 2_000_000)
                        .every(4_000_000, new Fault.Isolation(first), 2_000_000)
                        .plan();
        return Surroundings.scenario(
                (service, clients, costs) -> new Remus(hasty, service, clients, costs, rules),
                bank,
                500,
                pauses);
    }

    @Test
    void aBackupGivesUpWhatAnAcknowledgedEpochWasPutOn() {
        server.boot(new Boot(Remus.SERVERS.getFirst(), 0), out);
        Checkpoint first = firstOf(2, 0);
        deliver(first);
        // The primary has been another one meanwhile, and knows of no acknowledgement yet.
        Checkpoint second = firstOf(4, 0);
        deliver(second);
        assertEquals(List.of(), discarded());
        deliver(firstOf(6, second.image().epoch().number()));
        assertEquals(List.of(first.image().epoch()), discarded());
    }

    @Test
    void whoTookOverGivesUpWhatItHadAsABackup() {
        server.boot(new Boot(Remus.SERVERS.getFirst(), 0), out);
        Checkpoint last = firstOf(2, 0);
        deliver(last);
        for (int i = 0; i < 20; i++) {
            server.on(new Event.Fired<>(HEARTBEAT), out);
        }
        server.on(new Event.Fired<>(EPOCH), out);
        assertEquals(List.of(), discarded());
        deliver(acknowledging(sent().getFirst()));
        assertEquals(List.of(last.image().epoch()), discarded());
    }
}
