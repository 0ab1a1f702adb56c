package cairn.part.snapshot;

import cairn.part.ByteReader;
import cairn.part.ByteWriter;

/**
 * Who leads, as the storage keeps it: a term, and the one process that it was granted to.
 *
 * @param place the index of the instance
 * @param incarnation of the process there: the next one needs another term
 */
record Leader(long term, int place, int incarnation) {

    /** Before the first term. */
    static final Leader NOBODY = new Leader(0, 0, 0);

    byte[] bytes() {
        return new ByteWriter().number(term).number(place).number(incarnation).toBytes();
    }

    static Leader read(byte[] bytes) {
        ByteReader reader = new ByteReader(bytes);
        return new Leader(reader.number(), reader.count(), reader.count());
    }
}
