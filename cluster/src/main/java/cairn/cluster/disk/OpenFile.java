package cairn.cluster.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;

/** A file that is kept open, and what of it need not be asked again. */
final class OpenFile implements AutoCloseable {

    private final FileChannel channel;
    private final long inode;
    private long length;

    /** Opens what is there. */
    OpenFile(Path path) throws IOException {
        this(path, Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE));
    }

    private OpenFile(Path path, Set<StandardOpenOption> options) throws IOException {
        channel = FileChannel.open(path, options);
        inode = inode(path);
        length = channel.size();
    }

    /** Makes what is not there. */
    static OpenFile made(Path path) throws IOException {
        return new OpenFile(
                path,
                Set.of(
                        StandardOpenOption.CREATE_NEW,
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE));
    }

    /** By what a file is known, whatever its name. */
    static long inode(Path path) throws IOException {
        return ((Number) Files.getAttribute(path, "unix:ino")).longValue();
    }

    long inode() {
        return inode;
    }

    long length() {
        return length;
    }

    /** The bytes from an offset on, as far as the file goes. */
    byte[] read(long offset, int most) throws IOException {
        byte[] found = new byte[Math.clamp(length - offset, 0, most)];
        ByteBuffer into = ByteBuffer.wrap(found);
        while (into.hasRemaining()) {
            if (channel.read(into, offset + into.position()) < 0) {
                throw new IOException("the file ends at " + (offset + into.position()));
            }
        }
        return found;
    }

    void write(long offset, byte[] content) throws IOException {
        ByteBuffer from = ByteBuffer.wrap(content);
        while (from.hasRemaining()) {
            channel.write(from, offset + from.position());
        }
        length = Math.max(length, offset + content.length);
    }

    /** Cuts the file. */
    void truncate(long to) throws IOException {
        channel.truncate(to);
        length = Math.min(length, to);
    }

    /**
     * Makes its bytes durable, and what it takes to find them: its length and where they lie. The
     * time of the last change, which is all that is left out, would cost a commit of the journal.
     */
    void sync() throws IOException {
        channel.force(false);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
