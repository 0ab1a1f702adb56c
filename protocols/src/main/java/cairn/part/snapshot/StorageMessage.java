package cairn.part.snapshot;

import cairn.model.memory.PagedMemory;

/**
 * What writers and the storage say to each other. Any message may be lost, doubled and overtaken. A
 * protocol carries it in a message of its own, a {@link Carrier}.
 */
public sealed interface StorageMessage {

    /** A protocol's message that carries one of these. */
    interface Carrier {
        StorageMessage carried();
    }

    /** Size on the wire. */
    default int bytes() {
        return 40;
    }

    /** To the storage. */
    sealed interface ToStorage extends StorageMessage {}

    /** To a writer, or to who wants to be one. */
    sealed interface ToWriter extends StorageMessage {}

    /** To a writer under a term; one of another term, late, does not concern it. */
    sealed interface OfTerm extends ToWriter {
        long term();
    }

    // ---- to the storage

    /** Asks to lead under a term, and for the newest snapshot. */
    record Take(long term, int incarnation) implements ToStorage {}

    /**
     * Some sections of a snapshot.
     *
     * @param acknowledged the newest snapshot that the sender knows to be sealed
     * @param content the pages; nobody changes them
     */
    @SuppressWarnings("ArrayRecordComponent")
    record Sections(long term, long epoch, long acknowledged, int index, byte[] content)
            implements ToStorage {
        @Override
        public int bytes() {
            return 48 + content.length;
        }

        @Override
        public String toString() {
            return "Sections[t" + term + " e" + epoch + " #" + index + "]";
        }
    }

    /** All sections are there: asks to seal the snapshot. */
    record Seal(long term, long epoch, Registers registers, long checksum) implements ToStorage {
        @Override
        public int bytes() {
            return 40 + Registers.BYTES;
        }
    }

    // ---- from the storage

    /** The newest whole snapshot, for who may write from now on; epoch zero if there is none. */
    @SuppressWarnings("ArrayRecordComponent")
    record Restored(long term, int incarnation, long epoch, Registers registers, byte[] content)
            implements ToWriter {

        /** Puts every page of the snapshot in place. */
        public void into(PagedMemory memory) {
            byte[] page = new byte[PagedMemory.PAGE_BYTES];
            for (int i = 0; i < memory.pageCount(); i++) {
                System.arraycopy(content, i * page.length, page, 0, page.length);
                memory.restorePage(i, page);
            }
        }

        @Override
        public int bytes() {
            return 48 + Registers.BYTES + content.length;
        }

        @Override
        public String toString() {
            return "Restored[t" + term + " e" + epoch + "]";
        }
    }

    /** Another one writes, under a higher term. */
    record Fenced(long highest) implements ToWriter {}

    /** Some sections were written. */
    record Received(long term, long epoch, int index) implements OfTerm {}

    /** A snapshot, and with it every older one of the term, is safe. */
    record Sealed(long term, long epoch) implements OfTerm {}

    /** Not all sections of a snapshot are there any more: another one is needed. */
    record Lost(long term, long epoch) implements OfTerm {}
}
