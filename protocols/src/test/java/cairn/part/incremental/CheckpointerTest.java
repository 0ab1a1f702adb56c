package cairn.part.incremental;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cairn.model.CpuCosts;
import cairn.model.Epoch;
import cairn.model.Event;
import cairn.model.Outbox;
import cairn.model.memory.PagedMemory;
import cairn.part.Image;
import cairn.part.NoMessage;
import cairn.part.chain.ChainArchive;
import cairn.part.chain.ImageFile;
import cairn.part.chain.ImageFiles;
import cairn.protocol.RecordingOutbox;

import org.junit.jupiter.api.Test;

import java.util.BitSet;
import java.util.List;

/** The checkpoints of one rank, with a disk that does what the test says when it says so. */
final class CheckpointerTest implements ImageFile.Listener<NoMessage> {

    private static final int PAGE = PagedMemory.PAGE_BYTES;
    private static final Epoch FIRST = new Epoch(1);
    private static final Epoch SECOND = new Epoch(2);
    private static final Epoch THIRD = new Epoch(3);
    private static final Increments SETTINGS =
            new Increments(Chain.PERIODIC, 8, 1, 5, Shortage.COALESCE, Tracking.FAULTS);

    private final ScriptedDisk disk = new ScriptedDisk();
    private final RecordingOutbox<NoMessage> out = new RecordingOutbox<>(8 * PAGE, disk);
    private final PagedMemory memory = out.memory();
    private final ImageFiles<NoMessage> files = new ImageFiles<>(Outbox::disk);
    private final ChainArchive<NoMessage> archive = new ChainArchive<>(0, files, PageRules.SOUND);
    private final Checkpointer<NoMessage> checkpointer =
            new Checkpointer<>(
                    0, Epoch.ZERO, SETTINGS, CpuCosts.DEFAULT, PageRules.SOUND, files, archive);

    CheckpointerTest() {
        files.open(0);
        checkpointer.begin(memory);
        for (int page = 0; page < 6; page++) {
            memory.writeLong((long) page * PAGE, page + 1L);
        }
    }

    @Override
    public void pagesStored(BitSet pages, Outbox<NoMessage> later) {
        checkpointer.pagesStored(pages, memory);
    }

    @Override
    public void complete(Outbox<NoMessage> later) {
        checkpointer.sealed(later);
    }

    @Override
    public void failed(Outbox<NoMessage> later) {
        // The test looks.
    }

    private void cut(Epoch epoch) {
        checkpointer.cut(epoch, new byte[0], this, out);
    }

    private void performAll() {
        while (!disk.waiting().isEmpty()) {
            files.on(disk.perform(), out);
        }
    }

    private void refuse() {
        Event.OfDisk<NoMessage> answer = disk.refuse();
        files.on(answer, out);
    }

    /** The first full image, complete and committed. */
    private void first() {
        cut(FIRST);
        performAll();
        checkpointer.committed(FIRST, out);
    }

    private boolean store(int page, long value) {
        boolean admitted = !memory.isProtected(page) || checkpointer.admit(page, out);
        if (admitted) {
            memory.writeLong((long) page * PAGE, value);
        }
        return admitted;
    }

    private Image image(Epoch epoch) {
        Image image = Image.read(0, disk.content(files.image(epoch.number())));
        assertNotNull(image);
        return image;
    }

    @Test
    void dj1WhatChangesWhileAnImageIsWrittenIsInTheNextOne() {
        first();
        assertTrue(store(2, 20));
        assertTrue(store(4, 40));
        cut(SECOND);
        assertTrue(store(5, 50));
        performAll();
        checkpointer.committed(SECOND, out);
        assertEquals(2, image(SECOND).pageCount());
        cut(THIRD);
        performAll();
        assertEquals(1, image(THIRD).pageCount());
        assertEquals(SECOND, image(THIRD).base());
    }

    @Test
    void dj2AtTheCutEveryPageIsProtected() {
        first();
        store(2, 20);
        cut(SECOND);
        for (int page = 0; page < memory.pageCount(); page++) {
            assertTrue(memory.isProtected(page));
        }
    }

    @Test
    void dj5APageIsNotStoredToBeforeItsContentAtTheCutIsStored() {
        first();
        store(2, 20);
        cut(SECOND);
        assertFalse(store(2, 21));
        assertTrue(memory.isProtected(2));
        files.on(disk.perform(), out);
        assertTrue(store(2, 21));
        performAll();
        PagedMemory restored = new PagedMemory(memory.size());
        image(FIRST).restoreInto(restored);
        image(SECOND).restoreInto(restored);
        assertEquals(20, restored.readLong(2L * PAGE));
    }

    @Test
    void dj6APageThatSomebodyWaitsForIsStoredNextAndNotAgain() {
        cut(FIRST);
        assertFalse(store(5, 60));
        assertEquals(2, disk.waiting().size());
        files.on(disk.perform(), out);
        files.on(disk.perform(), out);
        assertTrue(store(5, 60));
        int pages = 2;
        while (!disk.waiting().getFirst().contains("at 0 ")) {
            assertTrue(disk.waiting().getFirst().endsWith("+" + PAGE), disk.waiting().toString());
            files.on(disk.perform(), out);
            pages++;
        }
        assertEquals(6, pages);
    }

    @Test
    void dj7WhatAnAbortedCheckpointWasToStoreIsStoredByTheNext() {
        first();
        store(2, 20);
        cut(SECOND);
        refuse();
        assertTrue(checkpointer.hasFailed());
        checkpointer.aborted(out);
        performAll();
        store(3, 30);
        cut(THIRD);
        performAll();
        assertEquals(2, image(THIRD).pageCount());
        assertEquals(FIRST, image(THIRD).base());
    }

    @Test
    void dj8AFileGetsItsNameWhenItsContentIsDurableAndTheOneBeforeStays() {
        first();
        store(2, 20);
        cut(SECOND);
        files.on(disk.perform(), out);
        files.on(disk.perform(), out);
        files.on(disk.perform(), out);
        assertEquals(List.of("sync rank-0-part-2"), disk.waiting());
        files.on(disk.perform(), out);
        assertEquals(List.of("rename rank-0-part-2 rank-0-image-2"), disk.waiting());
        files.on(disk.perform(), out);
        assertEquals(List.of("sync directory"), disk.waiting());
        assertFalse(checkpointer.isStored());
        files.on(disk.perform(), out);
        assertTrue(checkpointer.isStored());
        assertTrue(image(FIRST).isFull());
    }

    @Test
    void whenNoMappingIsLeftThePagesUpToTheNearestUnprotectedOneCountAsChanged() {
        first();
        assertTrue(store(1, 10));
        assertTrue(store(3, 30));
        // Five mappings are all that there may be.
        assertFalse(memory.mayUnprotect(6));
        assertTrue(store(6, 60));
        assertFalse(memory.isProtected(5));
        cut(SECOND);
        performAll();
        assertEquals(5, image(SECOND).pageCount());
    }

    @Test
    void aPageThatWasMappedAnewTakesItsNumberAndNoRoom() {
        first();
        assertTrue(checkpointer.admit(2, out));
        memory.remap(2, 2);
        cut(SECOND);
        performAll();
        assertEquals(1, image(SECOND).pageCount());
        assertTrue(image(SECOND).size() < PAGE);
        PagedMemory restored = new PagedMemory(memory.size());
        image(FIRST).restoreInto(restored);
        image(SECOND).restoreInto(restored);
        assertTrue(restored.isZero(2));
    }
}
