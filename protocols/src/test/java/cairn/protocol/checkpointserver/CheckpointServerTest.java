package cairn.protocol.checkpointserver;

import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cairn.fault.FaultPlan;
import cairn.model.Epoch;
import cairn.model.NodeId;
import cairn.model.fault.Fault;
import cairn.model.fault.Injection;
import cairn.model.fault.Trigger;
import cairn.model.memory.PagedMemory;
import cairn.part.Image;
import cairn.protocol.Surroundings;
import cairn.protocol.Trials;
import cairn.simulator.RunResult;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.util.List;

final class CheckpointServerTest {

    private static final CheckpointServerSettings PLAIN = CheckpointServerSettings.DEFAULT;
    private static final Topology TOPOLOGY = new Topology(PLAIN.hosts());
    private static final NodeId PRIMARY = TOPOLOGY.hosts().getFirst();
    private static final NodeId BACKUP = TOPOLOGY.hosts().get(1);

    private static Injection at(long millis, Fault fault, long healAfterMillis) {
        return new Injection(
                new Trigger.At(millis * 1_000_000), fault, healAfterMillis * 1_000_000);
    }

    private static RunResult run(
            CheckpointServerSettings settings, int requests, Injection... faults) {
        return Trials.sound(
                Surroundings.scenario(
                        (service, clients, costs) ->
                                new CheckpointServer(settings, service, clients, costs),
                        Surroundings.bank(),
                        requests,
                        new FaultPlan(List.of(faults), List.of())),
                1);
    }

    private static CheckpointServerSettings with(Style style, double hangs) {
        return new CheckpointServerSettings(style, 4, 1, 256, 500_000, 5_000_000, hangs);
    }

    @Test
    void pa1ACheckpointIsReadAsItWasWrittenOrNotAtAll() {
        var memory = new PagedMemory(2L * PagedMemory.PAGE_BYTES);
        memory.writeLong(8, 42);
        byte[] file = new Checkpoint(5, Image.full(5, new Epoch(9), memory.snapshot())).bytes();
        Checkpoint read = Checkpoint.read(file);
        assertNotNull(read);
        assertTrue(read.is(5, 9));
        for (int at = 0; at < file.length; at += 7) {
            byte[] rotten = file.clone();
            rotten[at] ^= 1;
            // The length before the image is not needed to read it.
            if (at < Long.BYTES || at >= 2 * Long.BYTES) {
                assertNull(Checkpoint.read(rotten), "byte " + at);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Style.class)
    void pa1TheNextPrimaryGoesOnFromWhatWasAnswered(Style style) {
        RunResult result =
                run(
                        with(style, 0),
                        400,
                        at(60, new Fault.ProcessCrash(PRIMARY), 400),
                        at(200, new Fault.ProcessCrash(BACKUP), 20));
        assertTrue(Trials.holds(result, "DUR") && Trials.holds(result, "ATOM"));
        assertTrue(Trials.holds(result, "SP") && Trials.holds(result, "OUT"));
    }

    @ParameterizedTest
    @EnumSource(Style.class)
    void pa1TheDegreeIsRestoredWhenABackupIsLost(Style style) {
        RunResult result =
                run(
                        with(style, 0),
                        600,
                        // While another host could stand by, and while none but two are left.
                        at(40, new Fault.PermanentLoss(BACKUP), 30),
                        at(60, new Fault.PermanentLoss(new NodeId(2)), 30));
        assertTrue(Trials.holds(result, "DEG"));
    }

    @Test
    void pa1AReplicaManagerThatStartsAgainOrphansNoRegistration() {
        RunResult result =
                run(
                        PLAIN,
                        400,
                        at(50, new Fault.ProcessCrash(PRIMARY), 2),
                        at(90, new Fault.PowerLoss(TOPOLOGY.manager()), 2),
                        at(95, new Fault.ProcessCrash(BACKUP), 2));
        assertTrue(Trials.holds(result, "LIVE") && Trials.holds(result, "DUR"));
    }

    @Test
    void pa1AHungApplicationIsReplaced() {
        RunResult result = run(with(Style.WARM, 0.01), 400);
        assertTrue(Trials.holds(result, "LIVE") && Trials.holds(result, "SP"));
    }

    @Test
    void pa1APrimaryThatWasPausedIsFencedAtTheServer() {
        RunResult result =
                run(
                        PLAIN,
                        400,
                        at(50, new Fault.Pause(PRIMARY), 40),
                        at(150, new Fault.LinkCut(BACKUP, TOPOLOGY.manager()), 60));
        assertTrue(Trials.holds(result, "FENCE") && Trials.holds(result, "LIN"));
    }
}
