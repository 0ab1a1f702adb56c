package cairn.part;

import static cairn.model.memory.PagedMemory.PAGE_BYTES;

import static org.junit.jupiter.api.Assertions.assertEquals;

import cairn.model.CpuCosts;
import cairn.model.Message;
import cairn.protocol.RecordingOutbox;

import org.junit.jupiter.api.Test;

import java.util.BitSet;

/** Pages stored to since the last cut, and what finding them out costs. */
final class DirtyPagesTest {

    private final RecordingOutbox<Message> out = new RecordingOutbox<>(4 * PAGE_BYTES, null);
    private final DirtyPages dirty = new DirtyPages(out.memory(), CpuCosts.DEFAULT);

    private void store(int page) {
        out.memory().writeLong((long) page * PAGE_BYTES, 7);
    }

    private static BitSet pages(int... pages) {
        BitSet set = new BitSet();
        for (int page : pages) {
            set.set(page);
        }
        return set;
    }

    @Test
    void theFirstStoreToAPageAfterACutFaultsAndNoOther() {
        dirty.cut();
        store(1);
        store(1);
        store(3);
        assertEquals(pages(1, 3), dirty.pages());
        dirty.stall(out);
        assertEquals(2 * CpuCosts.DEFAULT.faultNanos(), out.spent());
        dirty.stall(out);
        assertEquals(2 * CpuCosts.DEFAULT.faultNanos(), out.spent(), "it is paid for once");
        dirty.cut();
        assertEquals(pages(), dirty.pages());
        store(1);
        assertEquals(pages(1), dirty.pages());
    }
}
