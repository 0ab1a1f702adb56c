package cairn.cluster.disk;

import cairn.cluster.wire.Carrier;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * Remembers how to take back what is not durable, in a file that the kernel keeps when the process
 * is killed. Nobody syncs it: the power that fails is never the real one.
 */
final class UndoLog implements AutoCloseable {

    private final FileChannel channel;
    private final List<Undo> open = new ArrayList<>();

    /** Opens the log of an earlier process, or begins one. */
    UndoLog(Path file) throws IOException {
        if (Files.exists(file)) {
            read(file);
        }
        channel =
                FileChannel.open(
                        file,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.WRITE,
                        StandardOpenOption.APPEND);
    }

    private void read(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        ByteBuffer rest = ByteBuffer.wrap(bytes);
        while (rest.remaining() > Integer.BYTES) {
            int length = rest.getInt();
            if (length > rest.remaining()) {
                // The process was killed while it wrote this one, and the change was not made.
                return;
            }
            if (Carrier.unpack(bytes, rest.position(), length) instanceof Undo undo) {
                settle(undo);
            }
            rest.position(rest.position() + length);
        }
    }

    /** Notes a change before it is made, or that earlier ones are durable. */
    void add(Undo undo) throws IOException {
        settle(undo);
        if (open.isEmpty()) {
            channel.truncate(0);
            return;
        }
        byte[] packed = Carrier.pack(undo);
        ByteBuffer entry =
                ByteBuffer.allocate(Integer.BYTES + packed.length)
                        .putInt(packed.length)
                        .put(packed)
                        .flip();
        while (entry.hasRemaining()) {
            channel.write(entry);
        }
    }

    private void settle(Undo undo) {
        switch (undo) {
            case Undo.Synced(long inode) ->
                    open.removeIf(
                            each -> each instanceof Undo.Overwritten of && of.inode() == inode);
            case Undo.NamesSynced _ -> open.removeIf(each -> !(each instanceof Undo.Overwritten));
            case Undo.Overwritten _, Undo.Created _, Undo.Renamed _, Undo.Deleted _ ->
                    open.add(undo);
        }
    }

    /** What is not durable, the last change first. */
    List<Undo> newestFirst() {
        return open.reversed();
    }

    /** Forgets everything: it was taken back. */
    void clear() throws IOException {
        channel.truncate(0);
        open.clear();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
