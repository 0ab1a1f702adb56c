package cairn.part.transfer;

import cairn.model.memory.PagedMemory;

import org.jspecify.annotations.Nullable;

import java.util.BitSet;
import java.util.List;

/** A part of a process on its way. */
public sealed interface Cargo<P extends Transfer.Processor> {

    /** Size on the wire in bytes. */
    int bytes();

    /** Some pages. */
    record Pages<P extends Transfer.Processor>(List<Page> pages) implements Cargo<P> {
        public Pages {
            pages = List.copyOf(pages);
        }

        @Override
        public int bytes() {
            return 8 + pages.stream().mapToInt(Page::bytes).sum();
        }
    }

    /** Everything but pages, and which pages are still to come. */
    record Rest<P extends Transfer.Processor>(P processor, BitSet absent) implements Cargo<P> {
        public Rest {
            absent = (BitSet) absent.clone();
        }

        @Override
        public BitSet absent() {
            return (BitSet) absent.clone();
        }

        @Override
        public int bytes() {
            return processor.bytes() + absent.length() / Byte.SIZE;
        }
    }

    /**
     * A page and its content, which nobody changes.
     *
     * @param content {@code null} if it is zero, which takes no more than its number
     */
    @SuppressWarnings("ArrayRecordComponent")
    record Page(int number, byte @Nullable [] content) {

        static Page of(int number, PagedMemory memory) {
            if (memory.isZero(number)) {
                return new Page(number, null);
            }
            byte[] content = new byte[PagedMemory.PAGE_BYTES];
            memory.read((long) number * content.length, content, 0, content.length);
            return new Page(number, content);
        }

        void installIn(PagedMemory memory) {
            if (content == null) {
                memory.restoreZero(number);
            } else {
                memory.restorePage(number, content);
            }
        }

        int bytes() {
            return Integer.BYTES + (content == null ? 0 : content.length);
        }
    }
}
