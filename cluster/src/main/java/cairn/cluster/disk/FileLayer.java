package cairn.cluster.disk;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** The files of one place, as its disk uses them. */
public interface FileLayer extends AutoCloseable {

    /** How a place comes to its files. */
    interface Opening {

        /** The layer, as it is. */
        Opening REAL = Folder::new;

        /** The files in a folder, which is made if it is not there. */
        FileLayer open(Path folder) throws IOException;
    }

    /** Writes bytes at an offset; the file is made if absent. */
    void write(String name, long offset, byte[] content) throws IOException;

    /** A write that is acknowledged and not done: the file has its length, and other bytes. */
    void loseWrite(String name, long offset, int length) throws IOException;

    /** Makes the bytes of a file durable. */
    void sync(String name) throws IOException;

    /** Gives a file another name, in place of a file that has it. */
    void rename(String from, String to) throws IOException;

    /** Removes a name. */
    void delete(String name) throws IOException;

    /** Makes all names durable. */
    void syncDirectory() throws IOException;

    /** The content of a file. */
    byte[] read(String name) throws IOException;

    /** All names, in alphabetical order. */
    List<String> list() throws IOException;

    /**
     * Takes all space that is left, or gives it back; false if that would take it from others, too.
     */
    default boolean fill(boolean full) throws IOException {
        return false;
    }

    /** The largest file loses the last sector that it reaches into. */
    void truncate() throws IOException;

    /** A bit in the middle of each file flips. */
    void rot() throws IOException;

    @Override
    void close() throws IOException;
}
