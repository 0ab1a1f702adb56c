package cairn.simulator.disk;

import cairn.model.storage.StorageError;

import java.util.List;

/** Who is told when a disk has done, or failed to do, what was asked under a token. */
public interface Completions {

    /** A write, renaming or deletion is done, in the page cache. */
    void written(long token);

    /** A sync of a file or of the directory is done, or the disk says so. */
    void synced(long token);

    /** The bytes that were asked for; the array is the receiver's own. */
    void fetched(long token, byte[] content);

    /** The names in the directory, in alphabetical order. */
    void listed(long token, List<String> names);

    void failed(long token, StorageError error);
}
