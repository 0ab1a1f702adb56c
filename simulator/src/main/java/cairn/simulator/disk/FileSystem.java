package cairn.simulator.disk;

import cairn.model.storage.StorageError;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/**
 * The files of a disk, by names, and where their bytes lie: in the page cache, in the device's
 * cache, on the platter. Everything here is done at once; {@link SimulatedDisk} says when.
 *
 * <p>What is refused changes nothing, and is answered with the reason.
 */
final class FileSystem {

    /** The end of a file's last sector, too, is an {@code int}. */
    private static final long MOST_BYTES_OF_A_FILE = Integer.MAX_VALUE - Layer.SECTOR;

    private final DiskCosts costs;
    private final Fates fates;
    private final Defects defects;
    private final Directory directory = new Directory();
    private long bytesWritten;

    /** Empty; fates say what becomes of what was not safe, defects what goes wrong otherwise. */
    FileSystem(DiskCosts costs, Fates fates, Defects defects) {
        this.costs = costs;
        this.fates = fates;
        this.defects = defects;
    }

    /** Bytes handed to the device, in whole sectors. */
    long bytesWritten() {
        return bytesWritten;
    }

    @Nullable Content find(String file) {
        return directory.find(file);
    }

    List<String> names() {
        return directory.names();
    }

    // ---- what is done

    /** Writes to the page cache; a file that is not there is made. */
    @Nullable StorageError write(String file, long offset, byte[] bytes) {
        Content content = directory.find(file);
        if (defects.refuses()
                || offset > MOST_BYTES_OF_A_FILE - bytes.length
                || !fits(offset + bytes.length - (content == null ? 0 : content.length()))) {
            return StorageError.NO_SPACE;
        }
        if (content == null) {
            content = new Content();
            directory.change(new Change.Create(file, content));
        }
        content.write((int) offset, bytes);
        return null;
    }

    private boolean fits(long growth) {
        long used = 0;
        for (Content content : directory.contents()) {
            used += content.length();
        }
        return growth <= 0 || used + growth <= costs.capacityBytes();
    }

    /** Hands a file's sectors to the device, and empties the device's cache to the platter. */
    @Nullable StorageError sync(String file) {
        Content content = directory.find(file);
        if (content == null) {
            return StorageError.NOT_FOUND;
        }
        if (defects.fails()) {
            return StorageError.IO_ERROR;
        }
        if (reachesDevice()) {
            bytesWritten += (long) content.dirtySectors() * Layer.SECTOR;
            content.writeBack();
        }
        flushUnlessLying();
        return null;
    }

    /** The same for all names. */
    @Nullable StorageError syncDirectory() {
        if (defects.fails()) {
            return StorageError.IO_ERROR;
        }
        if (reachesDevice()) {
            directory.writeBack();
        }
        flushUnlessLying();
        return null;
    }

    /**
     * Where the device's cache is protected, nothing there is lost: a lie has to be told above it,
     * and the bytes stay in the page cache.
     */
    private boolean reachesDevice() {
        return !defects.lies() || !costs.powerLossProtected();
    }

    private void flushUnlessLying() {
        if (defects.lies()) {
            defects.lied();
        } else {
            flush();
        }
    }

    /** Empties the device's cache to the platter. */
    private void flush() {
        directory.flush();
        for (Content content : directory.contents()) {
            content.flush(defects::place);
        }
    }

    @Nullable StorageError rename(String from, String to) {
        Content content = directory.find(from);
        if (content == null) {
            return StorageError.NOT_FOUND;
        }
        directory.change(new Change.Rename(from, to, content));
        return null;
    }

    @Nullable StorageError delete(String file) {
        if (directory.find(file) == null) {
            return StorageError.NOT_FOUND;
        }
        directory.change(new Change.Delete(file));
        return null;
    }

    // ---- what is lost

    /** The page cache is gone, the device's cache is not. Returns what was lost. */
    DiskLoss losePageCache() {
        int names = directory.losePageCache(fates);
        long bytes = 0;
        for (Content content : directory.contents()) {
            bytes += content.losePageCache(fates);
        }
        if (costs.powerLossProtected()) {
            flush();
        }
        return new DiskLoss(bytes, names);
    }

    /** Both caches are gone; nothing waits in a protected one. Returns what was lost. */
    DiskLoss loseCaches() {
        int names = directory.loseCaches(fates);
        long bytes = 0;
        for (Content content : directory.contents()) {
            bytes += content.loseCaches(fates);
        }
        return new DiskLoss(bytes, names);
    }

    /** There are no files any more. */
    void erase() {
        directory.erase();
    }

    /** Flips a bit of a sector on the platter; false if the disk holds nothing. */
    boolean rot() {
        long stored = 0;
        for (Content content : directory.contents()) {
            stored += content.storedSectors();
        }
        if (stored == 0) {
            return false;
        }
        long which = fates.rottenSector(stored);
        int bit = fates.rottenBit();
        for (Content content : directory.contents()) {
            if (which < content.storedSectors()) {
                content.rot((int) which, bit);
                break;
            }
            which -= content.storedSectors();
        }
        return true;
    }

    /** One of the files that hold anything loses its end; false if none does. */
    boolean truncate() {
        List<Content> cuttable = new ArrayList<>();
        for (Content content : directory.contents()) {
            if (content.length() > 0) {
                cuttable.add(content);
            }
        }
        if (cuttable.isEmpty()) {
            return false;
        }
        cuttable.get((int) fates.truncatedFile(cuttable.size())).truncate();
        return true;
    }
}
