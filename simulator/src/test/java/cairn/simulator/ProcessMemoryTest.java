package cairn.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import cairn.model.memory.PagedMemory;

import org.junit.jupiter.api.Test;

final class ProcessMemoryTest {

    private final ProcessMemory memory = new ProcessMemory(64 * 4096L);

    /** How many mappings of its memory a process that begins now can have. */
    private int mappings() {
        PagedMemory pages = memory.begin();
        int page = 1;
        while (page < pages.pageCount() - 1 && pages.protect(page)) {
            page += 2;
        }
        return pages.mappings();
    }

    @Test
    void ofTwoLimitsTheNarrowestCountsAndEachEndsItself() {
        memory.limitMappings(5);
        memory.limitMappings(3);
        assertEquals(3, mappings());
        memory.unlimitMappings(3);
        assertEquals(5, mappings());
        memory.limitMappings(7);
        assertEquals(5, mappings());
        memory.unlimitMappings(5);
        assertEquals(7, mappings());
        memory.unlimitMappings(7);
        assertEquals(63, mappings());
        assertThrows(IllegalStateException.class, () -> memory.unlimitMappings(7));
    }
}
