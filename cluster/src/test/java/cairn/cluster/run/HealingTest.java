package cairn.cluster.run;

import cairn.model.NodeId;
import cairn.model.fault.Fault;
import cairn.model.fault.LinkQuality;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.List;

/** Each fault of a real process, once: it bites, it is healed, and all is well again. */
final class HealingTest {

    private static final NodeId SERVER = new NodeId(0);
    private static final NodeId CLIENT = new NodeId(1);

    @TempDir private Path folder = Path.of("");

    /** A way to the server on which so many bytes pass in a nanosecond. */
    private static Fault narrow(double bytesPerNano) {
        return new Fault.BadLink(CLIENT, SERVER, new LinkQuality(0, 0, 0, 0, 0, bytesPerNano));
    }

    private SystemUnderTest system() {
        return Stands.onItsDisk(Machines.loopback(), folder);
    }

    private static void heal(Fault fault, SystemUnderTest system, OneKey key) {
        system.heal(fault);
        system.awaitAllUp();
        key.isKept(fault);
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
                        narrow(1e-8),
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
                                SERVER, CLIENT, new LinkQuality(0.2, 0.3, 0.3, 0.1, 5_000_000)),
                        narrow(1e-3));
        try (SystemUnderTest system = system()) {
            system.start();
            var key = new OneKey(system.open(0));
            for (Fault fault : disturbing) {
                system.inflict(fault);
                key.isAnswered(fault);
                heal(fault, system, key);
            }
            for (Fault fault : silencing) {
                system.inflict(fault);
                key.fallsSilent(fault);
                heal(fault, system, key);
            }
            OneKey.concludeSoundly(system);
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
            var key = new OneKey(system.open(0));
            for (Fault fault : harmful) {
                system.inflict(fault);
                key.isAnswered(fault);
                heal(fault, system, key);
            }
            var loss = new Fault.PermanentLoss(SERVER);
            system.inflict(loss);
            key.fallsSilent(loss);
            system.heal(loss);
            system.awaitAllUp();
            key.holds(0, "an empty disk holds nothing");
        }
    }
}
