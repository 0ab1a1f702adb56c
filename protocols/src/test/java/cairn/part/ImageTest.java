package cairn.part;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cairn.model.Epoch;
import cairn.model.memory.PagedMemory;

import org.junit.jupiter.api.Test;

import java.util.Arrays;
import java.util.BitSet;

final class ImageTest {

    private static final long OWNER = 7;
    private static final Epoch TWELVE = new Epoch(12);
    private static final byte[] REGISTERS = {1, 2, 3};

    private static PagedMemory memory(long salt) {
        PagedMemory memory = new PagedMemory(3 * 4096);
        for (long address = 0; address < memory.size(); address += 64) {
            memory.writeLong(address, address * salt);
        }
        return memory;
    }

    private static Image read(byte[] bytes) {
        Image image = Image.read(OWNER, bytes);
        assertNotNull(image);
        return image;
    }

    @Test
    void aFullImageRestoresMemoryAndStateWhateverWasThere() {
        Image image = read(Image.full(OWNER, TWELVE, memory(7).snapshot(), REGISTERS).bytes());
        PagedMemory restored = memory(3);
        image.restoreInto(restored);
        assertEquals(memory(7).digest(), restored.digest());
        assertEquals(memory(7).digest(), image.digest());
        assertEquals(TWELVE, image.epoch());
        assertTrue(image.isFull());
        assertArrayEquals(REGISTERS, image.state());
    }

    @Test
    void aPageThatIsZeroTakesNoRoomAndIsZeroAfterwards() {
        PagedMemory sparse = new PagedMemory(3 * 4096);
        sparse.writeLong(5000, 1);
        Image image = Image.full(OWNER, TWELVE, sparse.snapshot());
        assertEquals(1, image.pageCount());
        PagedMemory restored = memory(3);
        image.restoreInto(restored);
        assertEquals(sparse.digest(), restored.digest());
        assertEquals(sparse.digest(), image.digest());
    }

    @Test
    void aDeltaOnItsBaseIsTheWhole() {
        PagedMemory memory = memory(7);
        Image base = Image.full(OWNER, new Epoch(4), memory.snapshot());
        memory.writeLong(4096, -1);
        BitSet changed = new BitSet();
        changed.set(1);
        Image delta =
                read(
                        Image.delta(
                                        OWNER,
                                        new Epoch(6),
                                        new Epoch(4),
                                        memory.snapshot(),
                                        changed,
                                        REGISTERS)
                                .bytes());
        assertFalse(delta.isFull());
        assertThrows(IllegalStateException.class, delta::digest);
        assertEquals(new Epoch(4), delta.base());
        PagedMemory restored = new PagedMemory(3 * 4096);
        base.restoreInto(restored);
        delta.restoreInto(restored);
        assertEquals(memory.digest(), restored.digest());
        assertThrows(
                IllegalArgumentException.class,
                () -> Image.delta(OWNER, TWELVE, TWELVE, memory.snapshot(), changed, REGISTERS));
    }

    @Test
    void whatIsTornAtAnySectorOrCutOffIsNoImage() {
        byte[] before = Image.full(OWNER, TWELVE, memory(7).snapshot()).bytes();
        byte[] after = Image.full(OWNER, TWELVE.next(), memory(9).snapshot()).bytes();
        for (int at = 512; at < after.length; at += 512) {
            byte[] torn = after.clone();
            System.arraycopy(before, at, torn, at, before.length - at);
            assertNull(Image.read(OWNER, torn));
            assertNull(Image.read(OWNER, Arrays.copyOf(after, at)));
        }
        assertNull(Image.read(OWNER, new byte[after.length]));
        assertNull(Image.read(OWNER, Arrays.copyOf(after, after.length + 512)));
        assertNull(Image.read(OWNER, new byte[0]));
    }

    @Test
    void aRottenBitIsFoundWhereverItIs() {
        byte[] bytes = Image.full(OWNER, TWELVE, memory(7).snapshot(), REGISTERS).bytes();
        for (int at = 0; at < bytes.length; at += 37) {
            byte[] rotten = bytes.clone();
            rotten[at] ^= 16;
            assertNull(Image.read(OWNER, rotten));
        }
    }

    @Test
    void anotherOwnersImageAndAMemoryOfAnotherSizeAreRefused() {
        Image image = Image.full(OWNER, TWELVE, memory(7).snapshot());
        assertNull(Image.read(OWNER + 1, image.bytes()));
        PagedMemory larger = new PagedMemory(4 * 4096);
        assertThrows(IllegalArgumentException.class, () -> image.restoreInto(larger));
    }
}
