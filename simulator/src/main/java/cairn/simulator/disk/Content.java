package cairn.simulator.disk;

import java.util.Arrays;

/**
 * One file's bytes in their three places: what was written lies in the page cache over what lies in
 * the device's cache over what lies on the platter. A page that was written back is not cached any
 * more, so that a read finds what the disk has made of it.
 */
final class Content {

    private static final byte[] ZEROS = new byte[Layer.SECTOR];

    private final Layer page = new Layer();
    private final Layer cache = new Layer();
    private final Layer platter = new Layer();

    int length() {
        return page.length();
    }

    /** How many sectors of the page cache were not handed to the device. */
    int dirtySectors() {
        return page.count();
    }

    void write(int offset, byte[] bytes) {
        page.length(Math.max(page.length(), offset + bytes.length));
        int done = 0;
        while (done < bytes.length) {
            int at = offset + done;
            int sector = at / Layer.SECTOR;
            int inSector = at % Layer.SECTOR;
            int part = Math.min(bytes.length - done, Layer.SECTOR - inSector);
            byte[] changed = seen(sector).clone();
            System.arraycopy(bytes, done, changed, inSector, part);
            page.put(sector, changed);
            done += part;
        }
    }

    byte[] read() {
        byte[] bytes = new byte[length()];
        for (int sector = 0; sector * Layer.SECTOR < bytes.length; sector++) {
            int at = sector * Layer.SECTOR;
            System.arraycopy(seen(sector), 0, bytes, at, Math.min(Layer.SECTOR, bytes.length - at));
        }
        return bytes;
    }

    private byte[] seen(int sector) {
        byte[] bytes = page.get(sector);
        if (bytes == null) {
            bytes = cache.get(sector);
        }
        return bytes == null ? stored(sector) : bytes;
    }

    private byte[] stored(int sector) {
        byte[] bytes = platter.get(sector);
        return bytes == null ? ZEROS : bytes;
    }

    /** Hands all that is in the page cache to the device. */
    void writeBack() {
        for (int sector = 0; sector < page.end(); sector++) {
            byte[] bytes = page.get(sector);
            if (bytes != null) {
                cache.put(sector, bytes);
            }
        }
        cache.length(page.length());
        page.clear(cache.length());
    }

    /** Moves all that is in the device's cache to the platter, as well as the device does it. */
    void flush(SectorWrites writes) {
        int sectors = (cache.length() + Layer.SECTOR - 1) / Layer.SECTOR;
        for (int sector = 0; sector < cache.end(); sector++) {
            byte[] bytes = cache.get(sector);
            int place = bytes == null ? SectorWrites.NOWHERE : writes.place(sector, sectors);
            if (bytes != null && place != SectorWrites.NOWHERE) {
                platter.put(place, bytes);
            }
        }
        platter.length(cache.length());
        cache.clear(platter.length());
    }

    /**
     * The page cache is gone, but for what was written back just before; returns how many bytes are
     * lost.
     */
    long losePageCache(Fates fates) {
        long bytes = settle(page, cache, fates);
        page.clear(cache.length());
        return bytes;
    }

    /**
     * Both caches are gone, but for what reached the platter just before; returns how many bytes
     * are lost.
     */
    long loseCaches(Fates fates) {
        long bytes = settle(cache, platter, fates) + settle(page, platter, fates);
        cache.clear(platter.length());
        page.clear(platter.length());
        return bytes;
    }

    private long settle(Layer lost, Layer safe, Fates fates) {
        if (lost.isEmpty() && lost.length() <= safe.length()) {
            return 0;
        }
        long bytesLost = 0;
        if (lost.length() > safe.length() && fates.keepsLength()) {
            safe.length(lost.length());
        }
        fates.begin(lost.count());
        for (int sector = 0; sector < lost.end(); sector++) {
            byte[] fresh = lost.get(sector);
            if (fresh == null) {
                continue;
            }
            int kept = fates.keptBytes();
            bytesLost += Layer.SECTOR - kept;
            // What lies beyond the end of a file that did not grow must not appear when it grows.
            int inside = Math.min(kept, safe.length() - sector * Layer.SECTOR);
            if (inside > 0) {
                byte[] below = safe.get(sector);
                byte[] bytes = (below == null ? stored(sector) : below).clone();
                System.arraycopy(fresh, 0, bytes, 0, inside);
                safe.put(sector, bytes);
            }
        }
        return bytesLost;
    }

    /** Takes away the last sector that the file reaches into, wherever it is. */
    void truncate() {
        int left = (length() - 1) / Layer.SECTOR * Layer.SECTOR;
        page.truncate(left);
        cache.truncate(left);
        platter.truncate(left);
    }

    /** How many sectors are on the platter. */
    int storedSectors() {
        return platter.count();
    }

    /** Flips a bit of one of the sectors on the platter, counted among those that are there. */
    void rot(int which, int bit) {
        int left = which;
        for (int sector = 0; sector < platter.end(); sector++) {
            byte[] bytes = platter.get(sector);
            if (bytes != null && left-- == 0) {
                byte[] rotten = Arrays.copyOf(bytes, bytes.length);
                rotten[bit / 8] ^= (byte) (1 << bit % 8);
                platter.put(sector, rotten);
                return;
            }
        }
        throw new IllegalArgumentException("no sector " + which + " of " + storedSectors());
    }
}
