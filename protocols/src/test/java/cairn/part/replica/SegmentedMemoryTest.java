package cairn.part.replica;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cairn.model.CpuCosts;
import cairn.model.memory.PagedMemory;
import cairn.protocol.RecordingOutbox;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.List;

/** Memory as segments, for as many pages and segments as there may be. */
final class SegmentedMemoryTest {

    /**
     * Drawn runs once found that stores were not noticed where there are more segments than pages.
     */
    @ParameterizedTest
    @CsvSource({"1, 1", "3, 8", "4, 4", "7, 3", "5, 64", "64, 5"})
    void everyStoreIsInTheNextVersionAndNoOtherSegmentIs(int pages, int segments) {
        PagedMemory memory = new PagedMemory((long) pages * PagedMemory.PAGE_BYTES);
        SegmentedMemory image = new SegmentedMemory(memory, CpuCosts.DEFAULT, segments);
        image.watch(false);
        image.cut(1);
        CopyDigest digest = new CopyDigest();
        for (int page = 0; page < pages; page++) {
            memory.writeLong((long) page * PagedMemory.PAGE_BYTES + 8, page + 100);
            image.cut(page + 2);
            long version = page + 2L;
            List<Segment> changed =
                    image.segments().stream().filter(one -> one.version() == version).toList();
            assertEquals(1, changed.size(), "page " + page);
            assertTrue(changed.getFirst().length() > 0);
            Copy copy = new Copy(1, version, 0, image.segments());
            assertEquals(memory.digest(), digest.of(copy));
            assertEquals(memory.digest(), new CopyDigest().of(copy));
        }
        var out = new RecordingOutbox<Said>(0, null);
        image.dirty().stall(out);
        assertEquals(pages * CpuCosts.DEFAULT.faultNanos(), out.spent());
        PagedMemory restored = new PagedMemory((long) pages * PagedMemory.PAGE_BYTES);
        new SegmentedMemory(restored, CpuCosts.DEFAULT, segments)
                .restore(new Copy(1, 9, 0, image.segments()));
        assertEquals(memory.digest(), restored.digest());
    }
}
