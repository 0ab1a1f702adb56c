package cairn.cluster.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cairn.application.keyvalue.KeyValueOperation;
import cairn.model.NodeId;
import cairn.model.fault.Fault;
import cairn.model.fault.LinkQuality;
import cairn.model.property.Judgement;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;

/** Each fault of a real process, once: it bites, it is healed, and all is well again. */
final class HealingTest {

    private static final NodeId SERVER = new NodeId(0);
    private static final NodeId CLIENT = new NodeId(1);
    private static final Duration MOMENT = Duration.ofMillis(300);
    private static final Duration PATIENCE = Stands.PATIENCE;

    @TempDir private Path folder = Path.of("");
    private long written;

    private SystemUnderTest system() {
        return Stands.onItsDisk(Machines.loopback(), folder);
    }

    private OptionalLong put(SystemUnderTest.Session session, Duration patience) {
        return session.invoke(new KeyValueOperation.Put(3, ++written), patience);
    }

    /** A fault reaches the process some time after it is inflicted; then nothing is answered. */
    private void silences(Fault fault, SystemUnderTest system, SystemUnderTest.Session session) {
        system.inflict(fault);
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (put(session, MOMENT).isPresent()) {
            assertTrue(System.nanoTime() < deadline, fault + " has no effect");
        }
    }

    private void answersAgain(
            Fault fault, SystemUnderTest system, SystemUnderTest.Session session) {
        system.heal(fault);
        system.awaitAllUp();
        assertTrue(put(session, PATIENCE).isPresent(), fault + " does not heal");
        assertEquals(
                OptionalLong.of(written),
                session.invoke(new KeyValueOperation.Get(3), PATIENCE),
                fault.toString());
    }

    @Test
    void whatSilencesAServerIsHealedAndNothingThatWasAnsweredIsLost() {
        List<Fault> silencing =
                List.of(
                        new Fault.LinkCut(CLIENT, SERVER),
                        new Fault.OneWayCut(SERVER, CLIENT),
                        new Fault.Isolation(SERVER),
                        new Fault.FalseSuspicion(SERVER),
                        new Fault.BadLink(CLIENT, SERVER, new LinkQuality(0, 0, 0, 1, 0)),
                        new Fault.DiskFull(SERVER),
                        new Fault.DiskError(SERVER, 1),
                        new Fault.WarmReset(SERVER),
                        new Fault.CpuHang(SERVER),
                        new Fault.OutOfMemory(SERVER));
        List<Fault> disturbing =
                List.of(
                        new Fault.SlowDisk(SERVER, 8),
                        new Fault.ClockSkew(SERVER, -5_000_000_000L),
                        new Fault.ClockJump(SERVER, 5_000_000_000L),
                        new Fault.ClockDrift(SERVER, 100_000),
                        new Fault.BadLink(
                                SERVER, CLIENT, new LinkQuality(0.2, 0.3, 0.3, 0.1, 5_000_000)));
        try (SystemUnderTest system = system()) {
            system.start();
            SystemUnderTest.Session session = system.open(0);
            for (Fault fault : disturbing) {
                system.inflict(fault);
                assertTrue(put(session, PATIENCE).isPresent(), fault + " silences");
                answersAgain(fault, system, session);
            }
            for (Fault fault : silencing) {
                silences(fault, system, session);
                answersAgain(fault, system, session);
            }
            assertEquals(
                    List.of(),
                    system.conclude().judgements().stream().filter(Judgement::isViolated).toList());
        }
    }

    /** What they take is not promised to be there; that the server goes on is. */
    @Test
    void aServerGoesOnAfterWhatTakesItsFiles() {
        List<Fault> harmful =
                List.of(
                        new Fault.LyingSync(SERVER),
                        new Fault.LostSectorWrites(SERVER),
                        new Fault.MisdirectedWrites(SERVER),
                        new Fault.SectorRot(SERVER),
                        new Fault.Truncation(SERVER));
        try (SystemUnderTest system = system()) {
            system.start();
            SystemUnderTest.Session session = system.open(0);
            for (Fault fault : harmful) {
                system.inflict(fault);
                assertTrue(put(session, PATIENCE).isPresent(), fault.toString());
                answersAgain(fault, system, session);
            }
            var loss = new Fault.PermanentLoss(SERVER);
            silences(loss, system, session);
            system.heal(loss);
            system.awaitAllUp();
            assertEquals(
                    OptionalLong.of(0),
                    session.invoke(new KeyValueOperation.Get(3), PATIENCE),
                    "an empty disk holds nothing");
        }
    }
}
