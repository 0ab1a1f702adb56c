package cairn.model.storage;

/**
 * The file operations of one machine. Each answers with an event that carries its token: {@code
 * Stored}, {@code Fetched}, {@code Listed} or {@code StoreFailed}. Operations of one file take
 * effect in the order asked; those of different files need not. A write is durable when a later
 * {@link #sync} of its file was answered; the creation, renaming or deletion of a name, when a
 * later {@link #syncDirectory} was.
 */
public interface Disk {

    /** Writes bytes at an offset, into the page cache; the file is made if absent. */
    void write(long token, String file, long offset, byte[] content);

    /** Makes all earlier writes of a file durable. */
    void sync(long token, String file);

    /** Gives a file another name, in place of a file that has it, atomically. */
    void rename(long token, String from, String to);

    /** Removes a name. */
    void delete(long token, String file);

    /** Makes all earlier creations, renamings and deletions durable. */
    void syncDirectory(long token);

    /** Reads a whole file. */
    void read(long token, String file);

    /** Lists the names of all files. */
    void list(long token);
}
