package cairn.model.verbs;

import java.util.Arrays;
import java.util.List;

/** What a SEND or WRITE carries. */
public sealed interface Payload {

    /** The number of bytes. */
    int length();

    /**
     * Bytes that are copied into the work request when it is posted; at most the queue pair's
     * inline capacity. The array must not be changed afterwards.
     */
    @SuppressWarnings("ArrayRecordComponent")
    record Inline(byte[] bytes) implements Payload {
        @Override
        public int length() {
            return bytes.length;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Inline(byte[] others) && Arrays.equals(bytes, others);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(bytes);
        }

        @Override
        public String toString() {
            return "Inline[" + bytes.length + " B]";
        }
    }

    /**
     * Ranges of local regions, one after the other. The adapter reads them when it transmits, and
     * again when it retransmits: the memory must not change before the completion.
     */
    record Gather(List<LocalSlice> slices) implements Payload {
        public Gather {
            slices = List.copyOf(slices);
        }

        @Override
        public int length() {
            return LocalSlices.length(slices);
        }
    }

    static Payload inline(byte[] bytes) {
        return new Inline(bytes);
    }

    static Payload gather(LocalSlice... slices) {
        return new Gather(List.of(slices));
    }
}
