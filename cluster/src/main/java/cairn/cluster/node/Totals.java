package cairn.cluster.node;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * What the processes of a place have sent and stored, one after another. It is kept in a mapped
 * file: what a process put there is there for the next one, however it ended.
 *
 * <pre>
 * bytes 0-7   bytes that were sent to other places
 * bytes 8-15  bytes that were written to stable storage
 * </pre>
 */
final class Totals {

    private static final int SENT = 0;
    private static final int STORED = Long.BYTES;

    private final ByteBuffer file;
    private final long sentBefore;
    private final long storedBefore;

    /**
     * Goes on where the last process of the place stopped counting; the first begins at nothing,
     * whatever an earlier run left.
     */
    Totals(Path path, boolean first) throws IOException {
        Files.createDirectories(path.toAbsolutePath().getParent());
        try (FileChannel channel =
                FileChannel.open(
                        path,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE)) {
            file = channel.map(FileChannel.MapMode.READ_WRITE, 0, 2 * Long.BYTES);
        }
        if (first) {
            file.putLong(SENT, 0).putLong(STORED, 0);
        }
        sentBefore = sent();
        storedBefore = stored();
    }

    /** Says what this process has sent and stored until now; called in turns. */
    void set(long sent, long stored) {
        file.putLong(SENT, sentBefore + sent).putLong(STORED, storedBefore + stored);
    }

    long sent() {
        return file.getLong(SENT);
    }

    long stored() {
        return file.getLong(STORED);
    }
}
