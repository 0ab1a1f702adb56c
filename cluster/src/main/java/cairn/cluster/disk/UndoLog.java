package cairn.cluster.disk;

import cairn.cluster.wire.Carrier;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * Remembers how to take back what is not durable, in a file that the kernel keeps when the process
 * is killed. Nobody syncs it: the power that fails is never the real one.
 *
 * <p>The file is written from its beginning again whenever all is durable, and never cut: space
 * that it gave back and took again would be part of what the next sync of another file waits for.
 *
 * <pre>
 * each entry   length (4), checksum of the bytes (4), the bytes
 * the last     is followed by a length of zero
 * </pre>
 */
final class UndoLog implements AutoCloseable {

    private static final int HEADER_BYTES = 2 * Integer.BYTES;

    private final FileChannel channel;
    private final List<Undo> open = new ArrayList<>();
    private long end;

    /** Opens the log of an earlier process, or begins one. */
    UndoLog(Path file) throws IOException {
        channel =
                FileChannel.open(
                        file,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE);
        read();
    }

    private void read() throws IOException {
        ByteBuffer all = ByteBuffer.allocate(Math.toIntExact(channel.size()));
        while (all.hasRemaining() && channel.read(all, all.position()) >= 0) {
            // Until all is there.
        }
        all.flip();
        while (all.remaining() > HEADER_BYTES) {
            int length = all.getInt();
            int checksum = all.getInt();
            // A checksum is wrong where the process was killed as it wrote; no change was made yet.
            if (length <= 0
                    || length > all.remaining()
                    || checksum(all.array(), all.position(), length) != checksum) {
                return;
            }
            if (Carrier.unpack(all.array(), all.position(), length) instanceof Undo undo) {
                settle(undo);
            }
            all.position(all.position() + length);
            end = all.position();
        }
    }

    private static int checksum(byte[] bytes, int offset, int length) {
        CRC32C checksum = new CRC32C();
        checksum.update(bytes, offset, length);
        return (int) checksum.getValue();
    }

    /** Notes a change before it is made, or that earlier ones are durable. */
    void add(Undo undo) throws IOException {
        settle(undo);
        if (open.isEmpty()) {
            restart();
            return;
        }
        byte[] packed = Carrier.pack(undo);
        write(
                ByteBuffer.allocate(HEADER_BYTES + packed.length + Integer.BYTES)
                        .putInt(packed.length)
                        .putInt(checksum(packed, 0, packed.length))
                        .put(packed)
                        .putInt(0)
                        .flip());
        end += HEADER_BYTES + packed.length;
    }

    private void restart() throws IOException {
        if (end > 0) {
            end = 0;
            write(ByteBuffer.allocate(Integer.BYTES));
        }
    }

    private void write(ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes, end + bytes.position());
        }
    }

    private void settle(Undo undo) {
        switch (undo) {
            case Undo.Synced(long inode) -> open.removeIf(each -> isOf(inode, each));
            case Undo.Gone(long inode) -> open.removeIf(each -> isOf(inode, each));
            case Undo.NamesSynced _ -> open.removeIf(each -> !(each instanceof Undo.Overwritten));
            case Undo.Overwritten _, Undo.Created _, Undo.Renamed _, Undo.Deleted _ ->
                    open.add(undo);
        }
    }

    private static boolean isOf(long inode, Undo each) {
        return each instanceof Undo.Overwritten of && of.inode() == inode;
    }

    /** Notes that a file is gone for ever, if there is anything that this makes void. */
    void forget(long inode) throws IOException {
        if (open.stream().anyMatch(each -> isOf(inode, each))) {
            add(new Undo.Gone(inode));
        }
    }

    /** What is not durable, the last change first. */
    List<Undo> newestFirst() {
        return open.reversed();
    }

    /** Forgets everything: it was taken back. */
    void clear() throws IOException {
        open.clear();
        restart();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
