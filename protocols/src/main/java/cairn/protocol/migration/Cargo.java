package cairn.protocol.migration;

import cairn.model.computation.Parcel;
import cairn.model.memory.PagedMemory;
import cairn.part.Channels;

import org.jspecify.annotations.Nullable;

import java.util.BitSet;
import java.util.List;

/** A part of a process on its way. */
sealed interface Cargo {

    /** Size on the wire in bytes. */
    int bytes();

    /** Some pages. */
    record Pages(List<Page> pages) implements Cargo {
        public Pages {
            pages = List.copyOf(pages);
        }

        @Override
        public int bytes() {
            return 8 + pages.stream().mapToInt(Page::bytes).sum();
        }
    }

    /**
     * Everything but pages, and which pages are still to come. Nothing in it is bound to a node
     * (DJ-16): messages are named by rank.
     *
     * @param unfinishedWork how long each thread has left to compute
     * @param channels what was sent and not acknowledged, and what arrived out of order
     * @param inbox what arrived and was not received
     */
    record Processor(
            int rank,
            List<Long> unfinishedWork,
            List<Channels.State<Parcel>> channels,
            List<Parcel> inbox,
            BitSet absent)
            implements Cargo {

        private static final int REGISTER_BYTES = 1024;

        public Processor {
            unfinishedWork = List.copyOf(unfinishedWork);
            channels = List.copyOf(channels);
            inbox = List.copyOf(inbox);
            absent = (BitSet) absent.clone();
        }

        @Override
        public BitSet absent() {
            return (BitSet) absent.clone();
        }

        @Override
        public int bytes() {
            int parcels = inbox.stream().mapToInt(Parcel::bytes).sum();
            for (Channels.State<Parcel> channel : channels) {
                for (Channels.Frame<Parcel> frame : channel.unacknowledged()) {
                    parcels += frame.payload().bytes();
                }
                for (Channels.Frame<Parcel> frame : channel.early()) {
                    parcels += frame.payload().bytes();
                }
            }
            return REGISTER_BYTES + parcels + absent.length() / Byte.SIZE;
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
