package cairn.protocol.rdmapmem;

import org.jspecify.annotations.Nullable;

/**
 * The record that makes a set of checkpoint data valid, for all regions at once (PMU-11, PMU-12).
 *
 * <table>
 *   <caption>Layout, little endian; written as a whole into a slot of the commit ring</caption>
 *   <tr><td>0</td><td>magic</td></tr>
 *   <tr><td>8</td><td>sequence: which record of the ring, from one</td></tr>
 *   <tr><td>16</td><td>term of the primary that wrote it</td></tr>
 *   <tr><td>24</td><td>epoch</td></tr>
 *   <tr><td>32</td><td>the oldest epoch that a restore reads</td></tr>
 *   <tr><td>40</td><td>number of regions</td></tr>
 *   <tr><td>48 + 24 r</td><td>region r: offset, length, checksum of the set's data</td></tr>
 *   <tr><td>48 + 24 n</td><td>checksum of all bytes before</td></tr>
 * </table>
 *
 * @param extents three numbers for each region: offset in the region, length in bytes, checksum
 */
@SuppressWarnings("ArrayRecordComponent")
record CommitRecord(long sequence, long term, long epoch, long needs, long[] extents) {

    static final int SLOT_BYTES = 256;
    static final int MOST_REGIONS = 8;

    private static final long MAGIC = 0x4341_4952_4E53_4554L;
    private static final int HEADER_BYTES = 48;
    private static final int PER_REGION = 3;

    int regions() {
        return extents.length / PER_REGION;
    }

    long offset(int region) {
        return extents[PER_REGION * region];
    }

    long length(int region) {
        return extents[PER_REGION * region + 1];
    }

    long checksum(int region) {
        return extents[PER_REGION * region + 2];
    }

    /** Whether it needs no other set. */
    boolean isFull() {
        return needs == epoch;
    }

    /** Room for the extents of so many regions. */
    static long[] extents(int regions) {
        return new long[PER_REGION * regions];
    }

    static void setExtent(long[] extents, int region, long offset, long length, long checksum) {
        extents[PER_REGION * region] = offset;
        extents[PER_REGION * region + 1] = length;
        extents[PER_REGION * region + 2] = checksum;
    }

    /** The bytes as they are written; a fresh array. */
    byte[] encoded() {
        int body = HEADER_BYTES + extents.length * Long.BYTES;
        byte[] bytes = new byte[body + Long.BYTES];
        Words.put(bytes, 0, MAGIC);
        Words.put(bytes, 8, sequence);
        Words.put(bytes, 16, term);
        Words.put(bytes, 24, epoch);
        Words.put(bytes, 32, needs);
        Words.put(bytes, 40, regions());
        for (int i = 0; i < extents.length; i++) {
            Words.put(bytes, HEADER_BYTES + i * Long.BYTES, extents[i]);
        }
        Words.put(bytes, body, Words.checksum(bytes, 0, body));
        return bytes;
    }

    /** The record at an offset, or null if there is none that is whole. */
    static @Nullable CommitRecord decode(byte[] bytes, int at) {
        long regions = Words.get(bytes, at + 40);
        if (Words.get(bytes, at) != MAGIC || regions < 1 || regions > MOST_REGIONS) {
            return null;
        }
        long[] extents = extents((int) regions);
        int body = HEADER_BYTES + extents.length * Long.BYTES;
        if (Words.get(bytes, at + body) != Words.checksum(bytes, at, body)) {
            return null;
        }
        for (int i = 0; i < extents.length; i++) {
            extents[i] = Words.get(bytes, at + HEADER_BYTES + i * Long.BYTES);
        }
        return new CommitRecord(
                Words.get(bytes, at + 8),
                Words.get(bytes, at + 16),
                Words.get(bytes, at + 24),
                Words.get(bytes, at + 32),
                extents);
    }
}
