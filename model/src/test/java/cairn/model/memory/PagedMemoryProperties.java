package cairn.model.memory;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

class PagedMemoryProperties {

    static final int BYTES = 4 * PagedMemory.PAGE_BYTES;

    @Property(tries = 300)
    void storesOfAnyAlignmentReadBackExactlyAndSnapshotsKeepTheirInstant(
            @ForAll @Size(max = 12) List<@IntRange(max = BYTES - 1) Integer> addresses,
            @ForAll @IntRange(min = 1, max = 9000) int length) {
        PagedMemory memory = new PagedMemory(BYTES);
        byte[] reference = new byte[BYTES];
        byte value = 1;
        for (int address : addresses) {
            PagedMemory.Snapshot before = memory.snapshot();
            byte[] then = reference.clone();
            byte[] bytes = new byte[Math.min(length, BYTES - address)];
            Arrays.fill(bytes, value++);
            memory.write(address, bytes, 0, bytes.length);
            System.arraycopy(bytes, 0, reference, address, bytes.length);
            assertArrayEquals(reference, read(memory));
            assertArrayEquals(then, read(before));
        }
    }

    @Property(tries = 200)
    void theDigestIsAFunctionOfTheContentAlone(
            @ForAll @Size(min = 1, max = 20) List<@IntRange(max = BYTES / 8 - 1) Integer> places) {
        PagedMemory stepwise = new PagedMemory(BYTES);
        PagedMemory atOnce = new PagedMemory(BYTES);
        long empty = stepwise.digest();
        long value = 1;
        for (int place : places) {
            stepwise.writeLong(8L * place, value);
            assertNotEquals(empty, stepwise.digest());
            atOnce.writeLong(8L * place, value++);
        }
        assertEquals(stepwise.digest(), atOnce.digest());
        places.forEach(place -> stepwise.writeLong(8L * place, 0));
        assertEquals(empty, stepwise.digest());
    }

    @Example
    void equalContentInDifferentPagesHasDifferentDigests() {
        PagedMemory first = new PagedMemory(BYTES);
        PagedMemory second = new PagedMemory(BYTES);
        first.writeLong(0, 7);
        second.writeLong(PagedMemory.PAGE_BYTES, 7);
        assertNotEquals(first.digest(), second.digest());
    }

    @Example
    void aStoreToAProtectedPageFaultsOnceBeforeItTakesEffect() {
        PagedMemory memory = new PagedMemory(BYTES);
        List<Integer> faults = new ArrayList<>();
        memory.onFault(page -> {
            assertEquals(0, memory.readLong(4096L * page));
            faults.add(page);
            memory.unprotect(page);
        });
        memory.protectAll();
        memory.writeLong(4096, 5);
        memory.writeLong(4104, 6);
        memory.writeLong(0, 7);
        assertEquals(List.of(1, 0), faults);
        assertEquals(5, memory.readLong(4096));
        assertTrue(memory.isProtected(2));
    }

    @Property(tries = 200)
    void whatIsNotedIsWhatWasStoredToSinceTheLastTime(
            @ForAll @Size(max = 12) List<@IntRange(max = BYTES - 1) Integer> addresses,
            @ForAll @IntRange(min = 1, max = 9000) int length) {
        PagedMemory memory = new PagedMemory(BYTES);
        memory.protectAll();
        memory.track();
        for (int address : addresses) {
            int stored = Math.min(length, BYTES - address);
            memory.write(address, new byte[stored], 0, stored);
            BitSet expected = new BitSet();
            expected.set(
                    address / PagedMemory.PAGE_BYTES,
                    (address + stored - 1) / PagedMemory.PAGE_BYTES + 1);
            memory.writeByDevice(0, new byte[1], 0, 1);
            assertEquals(expected, memory.collect());
        }
        assertEquals(new BitSet(), memory.collect());
    }

    @Example
    void protectingAllEndsTheNotingOfStores() {
        PagedMemory memory = new PagedMemory(BYTES);
        memory.track();
        assertThrows(IllegalStateException.class, () -> memory.protect(1));
        memory.writeLong(0, 1);
        memory.protectAll();
        assertEquals(new BitSet(), memory.collect());
        assertThrows(SegmentationFault.class, () -> memory.writeLong(0, 2));
        memory.track();
        memory.writeLong(8192, 3);
        assertEquals(BitSet.valueOf(new long[] {1 << 2}), memory.collect());
    }

    @Example
    void aStoreToAPageThatStaysProtectedIsRefused() {
        PagedMemory memory = new PagedMemory(BYTES);
        memory.protect(3);
        assertThrows(
                SegmentationFault.class, () -> memory.writeLong(3L * PagedMemory.PAGE_BYTES, 1));
        assertEquals(0, memory.readLong(3L * PagedMemory.PAGE_BYTES));
    }

    @Example
    void aDeviceStoresPastProtectionAndPastSnapshots() {
        PagedMemory memory = new PagedMemory(BYTES);
        memory.writeLong(8, 1);
        PagedMemory.Snapshot before = memory.snapshot();
        memory.protectAll();
        memory.writeByDevice(4094, new byte[] {1, 2, 3, 4}, 0, 4);
        assertEquals(0x0201L << 48, memory.readLong(4088));
        assertEquals(0x0403, memory.readLong(4096));
        byte[] page = new byte[PagedMemory.PAGE_BYTES];
        before.copyPage(1, page, 0);
        assertArrayEquals(new byte[PagedMemory.PAGE_BYTES], page);
    }

    @Example
    void anAccessOutsideThrowsAndChangesNothing() {
        PagedMemory memory = new PagedMemory(BYTES);
        assertThrows(IndexOutOfBoundsException.class, () -> memory.writeLong(BYTES - 7, 1));
        assertThrows(IndexOutOfBoundsException.class, () -> memory.readLong(-1));
        assertEquals(new PagedMemory(BYTES).digest(), memory.digest());
    }

    private static byte[] read(PagedMemory memory) {
        byte[] all = new byte[BYTES];
        memory.read(0, all, 0, BYTES);
        return all;
    }

    private static byte[] read(PagedMemory.Snapshot snapshot) {
        byte[] all = new byte[BYTES];
        for (int page = 0; page < snapshot.pageCount(); page++) {
            snapshot.copyPage(page, all, page * PagedMemory.PAGE_BYTES);
        }
        return all;
    }
}
