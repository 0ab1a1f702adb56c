package cairn.part.sets;

import cairn.part.ByteReader;
import cairn.part.ByteWriter;
import cairn.part.Seal;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/**
 * The record that makes a set of checkpoint data valid, for all regions at once (PMU-11, PMU-12).
 *
 * <table>
 *   <caption>Layout, little endian; written as a whole into a slot of the commit ring</caption>
 *   <tr><td>0</td><td>magic</td></tr>
 *   <tr><td>8</td><td>sequence: which record of the ring, from one</td></tr>
 *   <tr><td>16</td><td>term of who wrote it</td></tr>
 *   <tr><td>24</td><td>epoch</td></tr>
 *   <tr><td>32</td><td>the oldest epoch that a restore reads</td></tr>
 *   <tr><td>40</td><td>number of regions</td></tr>
 *   <tr><td>48 + 24 r</td><td>region r: offset, length, checksum of the set's data</td></tr>
 *   <tr><td>48 + 24 n</td><td>checksum of all bytes before</td></tr>
 * </table>
 *
 * @param pieces the set's data in each region
 */
public record CommitRecord(long sequence, long term, long epoch, long needs, List<Piece> pieces) {

    static final int SLOT_BYTES = 256;

    private static final long MAGIC = 0x4341_4952_4E53_4554L;
    private static final int HEADER_BYTES = 48;
    private static final int PIECE_BYTES = 24;

    /** Data in a region; none if the length is zero. */
    public record Piece(long offset, long length, long checksum) {}

    public CommitRecord {
        pieces = List.copyOf(pieces);
    }

    /** The bytes as they are written; a fresh array. */
    byte[] encoded() {
        ByteWriter writer =
                new ByteWriter()
                        .number(MAGIC)
                        .number(sequence)
                        .number(term)
                        .number(epoch)
                        .number(needs)
                        .number(pieces.size());
        for (Piece piece : pieces) {
            writer.number(piece.offset).number(piece.length).number(piece.checksum);
        }
        return writer.sealed();
    }

    /** The record at a place, or null if there is none that is whole. */
    static @Nullable CommitRecord decode(byte[] bytes, int at) {
        ByteReader reader = new ByteReader(bytes, at);
        long magic = reader.number();
        long sequence = reader.number();
        long term = reader.number();
        long epoch = reader.number();
        long needs = reader.number();
        long regions = reader.number();
        if (magic != MAGIC
                || regions < 1
                || regions > SetSettings.MOST_REGIONS
                || !Seal.isWhole(
                        bytes, at, HEADER_BYTES + (int) regions * PIECE_BYTES + Seal.BYTES)) {
            return null;
        }
        List<Piece> pieces = new ArrayList<>();
        for (int region = 0; region < regions; region++) {
            pieces.add(new Piece(reader.number(), reader.number(), reader.number()));
        }
        return new CommitRecord(sequence, term, epoch, needs, pieces);
    }
}
