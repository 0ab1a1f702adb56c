package cairn.protocol.localdisk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cairn.model.memory.PagedMemory;

import org.junit.jupiter.api.Test;

import java.util.Arrays;

final class ImageFileTest {

    private static PagedMemory memory(long salt) {
        PagedMemory memory = new PagedMemory(3 * 4096);
        for (long address = 0; address < memory.size(); address += 64) {
            memory.writeLong(address, address * salt);
        }
        return memory;
    }

    @Test
    void anImageRestoresTheMemoryAndKnowsItsEpoch() {
        byte[] bytes = ImageFile.of(memory(7), 12);
        PagedMemory restored = new PagedMemory(3 * 4096);
        assertTrue(ImageFile.restore(bytes, restored));
        assertEquals(memory(7).digest(), restored.digest());
        assertEquals(12, ImageFile.epoch(bytes));
    }

    @Test
    void anImageThatIsTornAtAnySectorIsRefusedAndChangesNothing() {
        byte[] before = ImageFile.of(memory(7), 12);
        byte[] after = ImageFile.of(memory(9), 13);
        for (int at = 512; at < after.length; at += 512) {
            byte[] torn = after.clone();
            System.arraycopy(before, at, torn, at, before.length - at);
            assertRefused(torn);
            assertRefused(Arrays.copyOf(after, at));
        }
        assertRefused(new byte[after.length]);
    }

    private static void assertRefused(byte[] bytes) {
        PagedMemory memory = memory(3);
        assertFalse(ImageFile.restore(bytes, memory));
        assertEquals(memory(3).digest(), memory.digest());
    }
}
