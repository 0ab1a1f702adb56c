package cairn.model.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

final class MappingsTest {

    private static final int PAGE = PagedMemory.PAGE_BYTES;

    private static PagedMemory memory(int pages) {
        PagedMemory memory = new PagedMemory((long) pages * PAGE);
        memory.protectAll();
        return memory;
    }

    @Test
    void everySecondPageUnprotectedUsesUpWhatLinuxAllows() {
        PagedMemory memory = memory(70_000);
        memory.limitMappings(65_530);
        int unprotected = 0;
        while (memory.unprotect(2 * unprotected + 1)) {
            unprotected++;
        }
        // Each splits one mapping into three.
        assertEquals(32_764, unprotected);
        assertTrue(memory.isProtected(2 * unprotected + 1));
        assertEquals(65_529, memory.mappings());
    }

    @Test
    void aPageNextToOneThatIsNotProtectedTakesNoMapping() {
        PagedMemory memory = memory(10);
        memory.limitMappings(3);
        assertTrue(memory.unprotect(4));
        assertFalse(memory.mayUnprotect(7));
        assertFalse(memory.unprotect(7));
        assertEquals(4, memory.unprotectedBefore(7));
        assertEquals(10, memory.unprotectedAfter(7));
        assertTrue(memory.unprotect(5, 7));
        assertEquals(3, memory.mappings());
        assertTrue(memory.unprotect(0, 9));
        assertEquals(1, memory.mappings());
    }

    @Test
    void protectingAllIsOneMappingAgain() {
        PagedMemory memory = memory(10);
        memory.unprotect(2);
        memory.unprotect(8);
        assertEquals(5, memory.mappings());
        assertTrue(memory.protect(2));
        assertEquals(3, memory.mappings());
        memory.protectAll();
        assertEquals(1, memory.mappings());
    }

    @Test
    void whatIsMappedAnewIsZeroAndNotProtected() {
        PagedMemory memory = new PagedMemory(4L * PAGE);
        memory.writeLong(PAGE, 7);
        memory.writeLong(2L * PAGE, 8);
        memory.writeLong(3L * PAGE, 9);
        memory.protectAll();
        PagedMemory.Snapshot before = memory.snapshot();
        memory.remap(1, 2);
        assertEquals(0, memory.readLong(PAGE));
        assertTrue(memory.isZero(2));
        assertFalse(memory.isProtected(1));
        assertTrue(memory.isProtected(3));
        assertFalse(before.isZero(1));
        PagedMemory same = new PagedMemory(4L * PAGE);
        same.writeLong(3L * PAGE, 9);
        assertEquals(same.digest(), memory.digest());
    }

    @Test
    void fewerThanThreeMappingsAreNotALimit() {
        PagedMemory memory = memory(3);
        assertThrows(IllegalArgumentException.class, () -> memory.limitMappings(2));
    }
}
