package cairn.cluster.wire;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import cairn.application.bank.Bank;
import cairn.application.bank.BankSettings;
import cairn.model.CpuCosts;
import cairn.model.Epoch;
import cairn.model.Fact;
import cairn.model.NodeId;
import cairn.model.Observation;
import cairn.model.computation.Parcel;
import cairn.model.memory.PagedMemory;
import cairn.model.verbs.Access;
import cairn.protocol.localdisk.LocalDisk;
import cairn.protocol.localdisk.LocalDiskSettings;

import org.junit.jupiter.api.Test;

import java.util.BitSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** What is carried from one process to another arrives as it was. */
final class CarrierTest {

    private static Object carried(Object object) {
        byte[] bytes = Carrier.pack(object);
        return Objects.requireNonNull(Carrier.unpack(bytes, 0, bytes.length));
    }

    @Test
    void recordsOfRecordsListsSetsAndEnumsArriveEqual() {
        var fact =
                new Fact.Granted(
                        new NodeId(1),
                        "region",
                        new NodeId(2),
                        Set.of(Access.REMOTE_READ, Access.REMOTE_WRITE),
                        7);
        assertEquals(fact, carried(fact));
        var line = new Fact.Line(List.of(new Epoch(1), Epoch.ZERO));
        assertEquals(line, carried(line));
    }

    @Test
    void digestsOfPagesArriveWithTheClaim() {
        PagedMemory memory = new PagedMemory(16_384);
        memory.writeLong(8_192, 42);
        var cut = new Fact.Cut(new Epoch(3));
        var claimed =
                new Observation.Claimed(
                        5, new NodeId(0), 2, cut, memory.digest(), memory.pageDigests());
        var arrived = assertInstanceOf(Observation.Claimed.class, carried(claimed));
        assertEquals(claimed.memoryDigest(), arrived.memoryDigest());
        assertEquals(claimed.pages().count(), arrived.pages().count());
        assertEquals(-1, claimed.pages().firstDifference(arrived.pages(), 0));
    }

    @Test
    void objectsOfFinalClassesArriveByTheirFields() {
        var parcel = new Parcel(1, 2, 3, new byte[] {4, 5, 6});
        var arrived = assertInstanceOf(Parcel.class, carried(parcel));
        assertArrayEquals(Carrier.pack(parcel), Carrier.pack(arrived));
        assertEquals(parcel.digest(), arrived.digest());
    }

    /** What a migration says of the pages that are left. */
    private record Left(BitSet pages) {}

    @Test
    void setsOfPagesArriveEqual() {
        BitSet pages = BitSet.valueOf(new long[] {1L << 63 | 5, 0, 9});
        assertEquals(new Left(pages), carried(new Left(pages)));
        assertEquals(new Left(new BitSet()), carried(new Left(new BitSet())));
    }

    @Test
    void aWholeProtocolIsCarried() {
        var protocol =
                new LocalDisk(
                        LocalDiskSettings.DEFAULT,
                        new Bank(BankSettings.DEFAULT),
                        3,
                        CpuCosts.DEFAULT);
        var arrived = assertInstanceOf(LocalDisk.class, carried(protocol));
        assertEquals(protocol.seats(), arrived.seats());
        assertEquals(protocol.promise().text(), arrived.promise().text());
    }

    @Test
    void whatIsNoValueIsRefused() {
        Runnable nothing = () -> {};
        assertThrows(IllegalArgumentException.class, () -> Carrier.pack(nothing));
        assertThrows(IllegalArgumentException.class, () -> Carrier.pack(Thread.currentThread()));
    }
}
