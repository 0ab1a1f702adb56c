package cairn.protocol.differential;

import static cairn.model.memory.PagedMemory.PAGE_BYTES;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cairn.model.Epoch;
import cairn.model.memory.PagedMemory;
import cairn.part.Image;
import cairn.protocol.Dice;

import org.junit.jupiter.api.Test;

final class ChainTest {

    private static final int PAGES = 8;

    private final PagedMemory memory = new PagedMemory(PAGES * PAGE_BYTES);
    private final Chain chain = new Chain(4);

    private void store(int page, long value) {
        memory.writeLong((long) page * PAGE_BYTES, value);
        chain.stored(page);
    }

    private Image next(long epoch) {
        return chain.next(0, new Epoch(epoch), memory);
    }

    @Test
    void pa3AFullImageAndADifferentialOneRestoreWhatAFullOneWould() {
        Dice dice = new Dice(1);
        Image full = next(1);
        for (long epoch = 2; epoch <= 40; epoch++) {
            for (int i = dice.from(0, 5); i > 0; i--) {
                store(dice.from(0, PAGES - 1), dice.from(1, 1_000_000));
            }
            Image image = next(epoch);
            full = image.isFull() ? image : full;
            var restored = new PagedMemory(PAGES * PAGE_BYTES);
            full.restoreInto(restored);
            image.restoreInto(restored);
            assertEquals(memory.digest(), restored.digest());
            assertEquals(full.epoch(), image.base());
        }
    }

    @Test
    void pa3EveryFourthImageIsFullAndTheOthersHoldWhatChangedSinceThen() {
        assertTrue(next(1).isFull());
        store(3, 1);
        assertEquals(1, next(2).pageCount());
        store(5, 1);
        assertEquals(2, next(3).pageCount());
        assertEquals(2, next(4).pageCount());
        assertTrue(next(5).isFull());
        assertFalse(next(6).isFull());
        assertEquals(0, next(7).pageCount());
    }

    @Test
    void pa3ADifferentialImageFitsNoOtherFullImage() {
        next(1);
        store(3, 1);
        Image image = next(2);
        assertTrue(Rules.SOUND.fits(image.base(), new Epoch(1)));
        assertFalse(Rules.SOUND.fits(image.base(), new Epoch(5)));
    }
}
