package cairn.part.snapshot;

import static cairn.model.memory.PagedMemory.PAGE_BYTES;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cairn.model.CpuCosts;
import cairn.model.memory.PagedMemory;
import cairn.part.snapshot.StorageMessage.Sections;
import cairn.protocol.Dice;
import cairn.protocol.RecordingOutbox;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

final class SharedPagesTest {

    private static final int PAGES = 6;
    private static final int SECTION_PAGES = 2;

    private final PagedMemory memory = new PagedMemory(PAGES * PAGE_BYTES);
    private final SharedPages pages = new SharedPages(memory, CpuCosts.DEFAULT);

    private byte[] content() {
        byte[] bytes = new byte[PAGES * PAGE_BYTES];
        memory.read(0, bytes, 0, bytes.length);
        return bytes;
    }

    private void store(int page, long value) {
        memory.writeLong((long) page * PAGE_BYTES, value);
    }

    private long stallNanos() {
        var out = new RecordingOutbox<Said>(0, null);
        pages.stall(out);
        return out.spent();
    }

    private Outgoing cut(long epoch) {
        return new Outgoing(pages.cut(), epoch, Registers.INITIAL, PAGES, SECTION_PAGES);
    }

    private Sections sections(Outgoing snapshot) {
        return snapshot.next(pages, 1, 0, SnapshotRules.SOUND);
    }

    private byte[] next(Outgoing snapshot) {
        return sections(snapshot).content();
    }

    /** Two pages of one change are never seen apart, whenever each is transferred. */
    @Test
    void sn1ASnapshotIsTheMemoryAtOneInstantHoweverLongItsTransferTakes() {
        store(0, 7);
        store(5, -7);
        byte[] cut = content();
        Outgoing snapshot = cut(1);
        byte[] first = next(snapshot);
        store(0, 8);
        store(5, -8);
        byte[] second = next(snapshot);
        byte[] third = next(snapshot);
        assertArrayEquals(Arrays.copyOf(cut, first.length), first);
        assertArrayEquals(Arrays.copyOfRange(cut, 2 * PAGE_BYTES, 4 * PAGE_BYTES), second);
        assertArrayEquals(Arrays.copyOfRange(cut, 4 * PAGE_BYTES, 6 * PAGE_BYTES), third);
    }

    @Test
    void sn2WhatIsTransferredIsWhatWasCutUnderAnyStoresAndOverlappingSnapshots() {
        for (int seed = 1; seed <= 200; seed++) {
            Dice dice = new Dice(seed);
            List<Outgoing> open = new ArrayList<>();
            List<byte[]> cuts = new ArrayList<>();
            for (int step = 0; step < 60; step++) {
                int which = open.isEmpty() ? 0 : dice.from(0, open.size() - 1);
                if (open.size() < 3 && dice.oneIn(6)) {
                    cuts.add(content());
                    open.add(cut(step));
                } else if (!open.isEmpty() && dice.oneIn(3)) {
                    Outgoing snapshot = open.get(which);
                    var sections = sections(snapshot);
                    int from = sections.index() * SECTION_PAGES * PAGE_BYTES;
                    int to = from + sections.content().length;
                    assertArrayEquals(
                            Arrays.copyOfRange(cuts.get(which), from, to), sections.content());
                    if (!snapshot.hasNext()) {
                        pages.release(open.remove(which).snapshot());
                        cuts.remove(which);
                    }
                } else {
                    store(dice.from(0, PAGES - 1), dice.from(1, 1_000_000));
                }
            }
            open.forEach(one -> pages.release(one.snapshot()));
        }
    }

    @Test
    void sn3OnlyTheFirstWriteToASectionCopiesIt() {
        Outgoing snapshot = cut(1);
        store(0, 1);
        store(0, 2);
        store(3, 1);
        assertEquals(2, pages.copies());
        assertEquals(2, snapshot.snapshot().copies());
        assertEquals(2 * CpuCosts.DEFAULT.copyOnWriteNanos(), stallNanos());
    }

    @Test
    void sn3AWriteToASectionThatIsTransferredCopiesNothingAndStopsNobody() {
        Outgoing snapshot = cut(1);
        next(snapshot);
        store(0, 1);
        store(1, 1);
        assertEquals(0, pages.copies());
        assertEquals(0, stallNanos());
    }

    @Test
    void sn3OneCopyServesAllSnapshotsThatShareThePage() {
        Outgoing first = cut(1);
        Outgoing second = cut(2);
        store(0, 1);
        assertEquals(1, pages.copies());
        assertEquals(1, first.snapshot().copies());
        assertEquals(1, second.snapshot().copies());
        // The first has its own copy already; the third shares the page as it is now.
        Outgoing third = cut(3);
        store(0, 2);
        assertEquals(2, pages.copies());
        assertArrayEquals(new byte[8], Arrays.copyOf(next(first), 8));
        assertEquals(1, next(third)[0]);
    }

    @Test
    void sn3CopiesAreBoundedByThePagesOfEachSnapshotAndGoWithIt() {
        Outgoing snapshot = cut(1);
        for (int round = 0; round < 10; round++) {
            for (int page = 0; page < PAGES; page++) {
                store(page, round);
            }
        }
        assertEquals(PAGES, snapshot.snapshot().copies());
        while (snapshot.hasNext()) {
            next(snapshot);
        }
        assertEquals(0, snapshot.snapshot().copies());
        pages.release(snapshot.snapshot());
        stallNanos();
        store(2, 1);
        assertEquals(0, stallNanos());
        assertTrue(pages.copies() == PAGES);
    }
}
