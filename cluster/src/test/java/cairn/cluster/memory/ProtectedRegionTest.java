package cairn.cluster.memory;

import static cairn.model.memory.PagedMemory.PAGE_BYTES;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cairn.model.memory.PagedMemory;
import cairn.model.memory.SegmentationFault;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.opentest4j.TestAbortedException;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Random;

/** Where the kernel lacks it, these say so and are skipped. */
class ProtectedRegionTest {

    private static final int PAGES = 24;

    private ProtectedRegion region;
    private PagedMemory memory;

    @BeforeEach
    void open() {
        try {
            region = new ProtectedRegion(PAGES);
            memory = new PagedMemory(region);
        } catch (Unavailable e) {
            throw new TestAbortedException(
                    "pages are not protected by this machine: " + e.reason());
        }
    }

    @AfterEach
    void close() {
        if (region != null) {
            region.close();
        }
    }

    /**
     * The region is told nothing of the software barrier, so whatever the two agree in was found by
     * the kernel: which stores were stopped, which pages were noted, and all contents.
     */
    @Test
    void itBehavesLikeMemoryBehindASoftwareBarrier() {
        for (long seed = 0; seed < 40; seed++) {
            Random dice = new Random(seed);
            PagedMemory model = new PagedMemory((long) PAGES * PAGE_BYTES);
            memory.clear();
            List<Integer> expected = recorded(model);
            List<Integer> actual = recorded(memory);
            for (int step = 0; step < 120; step++) {
                long stepSeed = dice.nextLong();
                BitSet noted = act(new Random(stepSeed), model);
                assertEquals(noted, act(new Random(stepSeed), memory), "noted, seed " + seed);
                assertEquals(expected, actual, "stopped stores, seed " + seed);
            }
            assertEquals(model.digest(), memory.digest(), "seed " + seed);
            assertArrayEquals(contents(model.snapshot()), contents(memory.snapshot()));
        }
        assertTrue(region.stoppedStores() > 1_000);
    }

    private static List<Integer> recorded(PagedMemory memory) {
        List<Integer> faults = new ArrayList<>();
        memory.onFault(page -> {
            faults.add(page);
            memory.unprotect(page);
            // Still acting for a thread that must not go on yet.
            faults.add(-page);
        });
        return faults;
    }

    private static BitSet act(Random dice, PagedMemory memory) {
        byte[] some = new byte[1 + dice.nextInt(2 * PAGE_BYTES)];
        dice.nextBytes(some);
        long address = dice.nextInt(PAGES * PAGE_BYTES - some.length);
        int page = dice.nextInt(PAGES);
        int last = page + dice.nextInt(PAGES - page);
        switch (dice.nextInt(12)) {
            case 0 -> memory.protectAll();
            case 1 -> memory.track();
            case 2 -> memory.writeByDevice(address, some, 0, some.length);
            case 3 -> memory.remap(page, last);
            case 4 -> memory.unprotect(page, last);
            case 5 -> memory.restoreZero(page);
            case 6, 7 -> memory.writeLong(address & ~7L, dice.nextLong());
            case 8 -> {
                return memory.collect();
            }
            default -> memory.write(address, some, 0, some.length);
        }
        return new BitSet();
    }

    private static byte[] contents(PagedMemory.Snapshot snapshot) {
        byte[] all = new byte[PAGES * PAGE_BYTES];
        for (int page = 0; page < PAGES; page++) {
            snapshot.copyPage(page, all, page * PAGE_BYTES);
        }
        return all;
    }

    @Test
    void aTriedStoreStandsUntilItsPageIsUnprotectedAndChangesNothing() {
        memory.writeLong(3 * PAGE_BYTES, 0x1122334455667788L);
        assertFalse(memory.stops(3));
        memory.protectAll();
        long before = memory.digest();
        assertTrue(memory.stops(3));
        assertTrue(memory.stops(3), "it stands there");
        assertTrue(memory.stops(7));
        assertEquals(2, region.stoppedStores());
        assertEquals(before, memory.digest());
        memory.unprotect(3);
        assertFalse(memory.stops(3));
        memory.writeLong(3 * PAGE_BYTES, 5);
        assertEquals(5, memory.readLong(3 * PAGE_BYTES));
        assertTrue(memory.stops(7));
    }

    /** Else the byte of the tried store could come back after the restore. */
    @Test
    void aStoreThatStandsIsOverBeforeTheMemoryIsAnother() {
        for (int round = 0; round < 50; round++) {
            byte[] former = new byte[PAGE_BYTES];
            former[0] = 1;
            memory.restorePage(2, former);
            memory.protectAll();
            assertTrue(memory.stops(2));
            memory.clear();
            byte[] next = new byte[PAGE_BYTES];
            next[0] = 2;
            memory.restorePage(2, next);
            memory.protectAll();
            assertEquals(2, memory.readLong(2 * PAGE_BYTES));
        }
    }

    @Test
    void aStoreThatStandsIsOverWhenStoresAreNoted() {
        memory.protectAll();
        assertTrue(memory.stops(1));
        memory.track();
        memory.writeLong(2 * PAGE_BYTES, 1);
        BitSet stored = new BitSet();
        stored.set(2);
        assertEquals(stored, memory.collect());
    }

    @Test
    void aStoppedStoreKeepsNobodyFromCollectingGarbage() {
        memory.protectAll();
        assertTrue(memory.stops(0));
        long before = collections();
        System.gc();
        assertTrue(collections() > before, "a collection needs a safepoint");
        assertTrue(memory.stops(0));
    }

    private static long collections() {
        return ManagementFactory.getGarbageCollectorMXBeans().stream()
                .mapToLong(each -> each.getCollectionCount())
                .sum();
    }

    @Test
    void aStoreThatNobodyAdmitsIsRefused() {
        memory.protectAll();
        assertThrows(SegmentationFault.class, () -> memory.writeLong(PAGE_BYTES, 1));
        memory.unprotect(2);
        memory.writeLong(2 * PAGE_BYTES, 7);
        assertEquals(7, memory.readLong(2 * PAGE_BYTES), "the next one is looked at for itself");
    }

    @Test
    void everySecondPageMayBeProtected() throws Unavailable {
        // 65,530 mappings are what Linux lets a process have; mprotect would need 80,000.
        int pages = 80_000;
        try (ProtectedRegion large = new ProtectedRegion(pages)) {
            var all = new PagedMemory(large);
            all.protectAll();
            for (int page = 0; page < pages; page += 2) {
                assertTrue(all.unprotect(page));
            }
            all.writeLong(0, 1);
            assertTrue(all.stops(1));
            assertTrue(all.stops(pages - 1));
        }
    }
}
