package cairn.protocol.snapshots;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cairn.application.bank.BankOperation;
import cairn.fault.FaultPlan;
import cairn.model.Boot;
import cairn.model.CpuCosts;
import cairn.model.Event;
import cairn.model.Fact;
import cairn.model.NodeId;
import cairn.model.Records;
import cairn.model.fault.Fault;
import cairn.model.fault.Injection;
import cairn.model.fault.Moment;
import cairn.model.service.Request;
import cairn.model.service.Service;
import cairn.model.service.Sessions;
import cairn.part.snapshot.Registers;
import cairn.part.snapshot.StorageMessage;
import cairn.part.snapshot.StorageMessage.Received;
import cairn.part.snapshot.StorageMessage.Restored;
import cairn.part.snapshot.StorageMessage.Seal;
import cairn.part.snapshot.StorageMessage.Sections;
import cairn.protocol.Plans;
import cairn.protocol.RecordingOutbox;
import cairn.protocol.Surroundings;
import cairn.protocol.Trials;
import cairn.protocol.snapshots.SnapshotsMessage.Alive;
import cairn.protocol.snapshots.SnapshotsMessage.Beat;
import cairn.protocol.snapshots.SnapshotsMessage.Kill;
import cairn.protocol.snapshots.SnapshotsMessage.OfStorage;
import cairn.protocol.snapshots.SnapshotsMessage.Start;
import cairn.simulator.RunResult;
import cairn.simulator.Scenario;

import org.junit.jupiter.api.Test;

import java.util.List;

final class SnapshotsTest {

    private static final NodeId CLIENT = new NodeId(Topology.PLACES);
    private static final NodeId PRIMARY = Topology.INSTANCES.getFirst();
    private static final SnapshotsSettings PLAIN =
            Records.like(SnapshotsSettings.DEFAULT)
                    .with("suspectAfterNanos", 3_000_000)
                    .with("transferTimeoutNanos", 2_000_000)
                    .with("sectionPages", 1)
                    .made();

    private final Service bank = Surroundings.bank();
    private final Sessions sessions = new Sessions(bank, Topology.PLACES, 1);
    private final Setup setup = new Setup(PLAIN, sessions, CpuCosts.DEFAULT, Rules.SOUND);
    private final RecordingOutbox<SnapshotsMessage> out =
            new RecordingOutbox<>(sessions.memoryBytes(), null);

    private Leadership leadership() {
        var nothing = new Restored(1, 0, 0, Registers.INITIAL, new byte[0]);
        return new Leadership(setup, nothing, 3, out);
    }

    private static Request transfer(int number) {
        return new Request(CLIENT, number, new BankOperation.Transfer(number, number + 1, 1));
    }

    private List<SnapshotsMessage> sent() {
        return out.takeSent().stream().map(RecordingOutbox.Sent::message).toList();
    }

    private List<StorageMessage> sentToStorage() {
        return sent().stream()
                .filter(OfStorage.class::isInstance)
                .map(message -> ((OfStorage) message).carried())
                .toList();
    }

    private Scenario<?> scenario(SnapshotsSettings settings, long requests, FaultPlan plan) {
        return Surroundings.scenario(
                (service, clients, costs) -> new Snapshots(settings, service, clients, costs),
                bank,
                requests,
                plan);
    }

    // ---- the second processor

    @Test
    void sn4ATransferProcessorThatDiesSilentlyIsStartedAgainWhereItWas() {
        Leadership leadership = leadership();
        leadership.asked(transfer(1), out);
        leadership.delivered(new SnapshotsMessage.Trigger(1), out);
        long first = out.takeComputing().getFirst();
        assertEquals(PLAIN.transferTimeoutNanos(), out.armed().get(3L));
        leadership.transfer().startAgain(out);
        long second = out.takeComputing().getFirst();
        // The one that was taken for dead was only slow: what it says no longer counts.
        leadership.transfer().computed(first, out);
        assertEquals(List.of(), sent());
        leadership.transfer().computed(second, out);
        assertTrue(
                sentToStorage().getFirst() instanceof Sections s
                        && s.index() == 0
                        && s.epoch() == 1);
        // The application goes on all the while.
        assertTrue(leadership.asked(transfer(2), out));
    }

    @Test
    void sn4TheApplicationIsStoppedForItsOwnFirstStoresAlone() {
        Leadership leadership = leadership();
        leadership.asked(transfer(1), out);
        leadership.delivered(new SnapshotsMessage.Trigger(1), out);
        long before = out.spent();
        leadership.asked(transfer(2), out);
        long service = sessions.costNanos(transfer(2));
        // Two pages: the sessions', and the one that holds both accounts.
        assertEquals(2 * CpuCosts.DEFAULT.copyOnWriteNanos() + service, out.spent() - before);
        before = out.spent();
        leadership.asked(transfer(3), out);
        assertEquals(service, out.spent() - before);
    }

    @Test
    void sn4ARunWithATransferProcessorThatOftenDiesComesToItsEnd() {
        RunResult result =
                Trials.sound(
                        scenario(
                                Records.like(PLAIN).with("transferDeathProbability", 0.2).made(),
                                300,
                                FaultPlan.NONE),
                        1);
        assertTrue(Trials.holds(result, "OUT"));
    }

    // ---- the processor's state

    @Test
    void sn5TheProcessorsStateIsThatOfTheCutAndNotOfTheSeal() {
        Leadership leadership = leadership();
        leadership.asked(transfer(1), out);
        leadership.asked(transfer(2), out);
        leadership.delivered(new SnapshotsMessage.Trigger(1), out);
        leadership.asked(transfer(3), out);
        Seal seal = null;
        for (List<Long> work = out.takeComputing(); !work.isEmpty(); work = out.takeComputing()) {
            leadership.transfer().computed(work.getFirst(), out);
            for (StorageMessage message : sentToStorage()) {
                if (message instanceof Sections s) {
                    leadership.delivered(new Received(1, s.epoch(), s.index()), out);
                }
            }
            for (StorageMessage message : sentToStorage()) {
                seal = message instanceof Seal s ? s : seal;
            }
        }
        assertEquals(new Registers(2, CLIENT.index(), 2), seal == null ? null : seal.registers());
    }

    // ---- the daemons

    private Daemon daemon(int computer) {
        NodeId place = Topology.DAEMONS.get(computer);
        var daemon = new Daemon(setup, place);
        daemon.boot(new Boot(place, 0), out);
        return daemon;
    }

    private void ticks(Daemon daemon, int computer, long beats, long term, int ticks) {
        for (int i = 0; i < ticks; i++) {
            deliver(daemon, Topology.INSTANCES.get(computer), new Alive(0, beats, term, 0));
            daemon.on(new Event.Fired<>(1), out);
        }
    }

    private void deliver(Daemon daemon, NodeId from, SnapshotsMessage message) {
        daemon.on(new Event.Delivered<>(from, message), out);
    }

    @Test
    void sn6TheFirstDaemonTriggersSnapshotsAndEndsAnInstanceThatAnswersButHangs() {
        Daemon daemon = daemon(0);
        ticks(daemon, 0, 5, 1, 2);
        daemon.on(new Event.Fired<>(2), out);
        List<SnapshotsMessage> early = sent();
        assertTrue(early.contains(new SnapshotsMessage.Trigger(1)));
        assertFalse(early.contains(new Kill(0)));
        ticks(daemon, 0, 5, 1, 12);
        List<SnapshotsMessage> late = sent();
        assertTrue(late.contains(new Kill(0)));
        assertTrue(late.contains(new Beat(1, false, false)));
    }

    @Test
    void sn6TheSecondDaemonStartsItsInstanceWhenTheFirstComputerIsSilent() {
        Daemon daemon = daemon(1);
        deliver(daemon, Topology.DAEMONS.getFirst(), new Beat(1, true, false));
        for (int beats = 0; beats < 4; beats++) {
            ticks(daemon, 1, beats, 0, 1);
        }
        assertFalse(sent().contains(new Start(0, 2)));
        for (int beats = 4; beats < 12; beats++) {
            ticks(daemon, 1, beats, 0, 1);
        }
        assertTrue(sent().contains(new Start(0, 2)));
    }

    @Test
    void sn6AFalseSuspicionLeavesOneInstanceThatHasEffect() {
        FaultPlan pauses =
                new Plans()
                        .every(12_000_000, new Fault.Pause(PRIMARY), 6_000_000)
                        .every(12_000_000, new Fault.Pause(Topology.INSTANCES.getLast()), 6_000_000)
                        .plan();
        RunResult result = Trials.sound(scenario(PLAIN, 600, pauses), 1);
        assertTrue(Trials.holds(result, "SP"));
    }

    // ---- failover and switch-over

    @Test
    void sn7APlannedSwitchOverLosesNothingEvenOfWhatWasAnsweredAtOnce() {
        SnapshotsSettings settings =
                Records.like(PLAIN)
                        .with("output", OutputRule.AT_ONCE)
                        .with("switchEveryNanos", 10_000_000)
                        .made();
        RunResult result = Trials.sound(scenario(settings, 2_000, FaultPlan.NONE), 1);
        assertTrue(Trials.holds(result, "ATOM"));
        assertTrue(Trials.holds(result, "LIN"));
    }

    @Test
    void sn7AFailureAfterTheTransferAndBeforeTheSecondInstanceStartsGivesTheSameState() {
        for (int nth = 1; nth <= 10; nth++) {
            FaultPlan plan =
                    new FaultPlan(
                            List.of(
                                    new Injection(
                                            new cairn.model.fault.Trigger.OnMoment(
                                                    Moment.SEALED, nth, null),
                                            new Fault.ProcessCrash(PRIMARY),
                                            500_000)),
                            List.of());
            RunResult result = Trials.sound(scenario(PLAIN, 120, plan), nth);
            assertTrue(Trials.holds(result, "ATOM"));
        }
    }

    // ---- sealing

    @Test
    void sn8ALossOfPowerAtAnyStepOfTheDiskLeavesASealedSnapshot() {
        int restores = 0;
        for (int nth = 1; nth <= 30; nth++) {
            FaultPlan plan =
                    new FaultPlan(
                            List.of(
                                    at(
                                            Moment.DISK_WRITTEN,
                                            nth,
                                            new Fault.PowerLoss(Topology.STORAGE)),
                                    at(Moment.DISK_WRITTEN, nth, new Fault.ProcessCrash(PRIMARY))),
                            List.of());
            RunResult result = Trials.sound(scenario(PLAIN, 60, plan), nth);
            restores += Trials.holds(result, "ATOM") ? 1 : 0;
        }
        assertTrue(restores >= 20, restores + " runs restored something");
    }

    private static Injection at(Moment moment, int nth, Fault fault) {
        return new Injection(
                new cairn.model.fault.Trigger.OnMoment(moment, nth, Topology.STORAGE),
                fault,
                500_000);
    }

    @Test
    void anInstanceThatIsNotStartedRefuses() {
        var instance = new Instance(setup, PRIMARY);
        instance.boot(new Boot(PRIMARY, 0), out);
        instance.on(new Event.Asked<>(transfer(1)), out);
        assertTrue(out.takeAnswered().getFirst().refused());
        assertFalse(out.takeClaimed().stream().anyMatch(Fact.Applied.class::isInstance));
    }
}
