package cairn.simulator.disk;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;

/**
 * The sectors of a file that are in one place, and how long the file is there. A sector that is in
 * a layer is never changed in place, but replaced.
 */
final class Layer {

    /** Bytes that a disk writes whole. */
    static final int SECTOR = 512;

    private byte[] @Nullable [] sectors = new byte[8] @Nullable [];
    private int end;
    private int count;
    private int length;

    byte @Nullable [] get(int sector) {
        return sector < end ? sectors[sector] : null;
    }

    void put(int sector, byte[] bytes) {
        if (sector >= sectors.length) {
            sectors = Arrays.copyOf(sectors, Math.max(sector + 1, sectors.length * 2));
        }
        if (sectors[sector] == null) {
            count++;
        }
        sectors[sector] = bytes;
        end = Math.max(end, sector + 1);
    }

    /** Sectors beyond this number, or at it, are not here. */
    int end() {
        return end;
    }

    /** How many sectors are here. */
    int count() {
        return count;
    }

    boolean isEmpty() {
        return count == 0;
    }

    /** The file's length in bytes. */
    int length() {
        return length;
    }

    void length(int bytes) {
        length = bytes;
    }

    /** Forgets what lies behind a length, which is a whole number of sectors. */
    void truncate(int bytes) {
        for (int sector = bytes / SECTOR; sector < end; sector++) {
            if (sectors[sector] != null) {
                sectors[sector] = null;
                count--;
            }
        }
        end = Math.min(end, bytes / SECTOR);
        length = Math.min(length, bytes);
    }

    /** Forgets all sectors; the length is then that of the place below. */
    void clear(int lengthBelow) {
        Arrays.fill(sectors, 0, end, null);
        end = 0;
        count = 0;
        length = lengthBelow;
    }
}
