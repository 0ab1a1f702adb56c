package cairn.cluster.disk;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;

/**
 * The files of one place, really written and really synced, on a file system that tells inodes. A
 * killed process loses nothing of them. A loss of power does: what was not synced is taken back,
 * file contents and names each by themselves, as {@link cairn.model.storage.Disk} has it.
 *
 * <pre>
 * files/   what the process sees
 * kept/    former contents of names that are not durable yet
 * undo     how to take back what is not durable
 * </pre>
 */
public final class Folder implements AutoCloseable {

    private final Path files;
    private final Path kept;
    private final UndoLog log;
    private long keptCount;

    /** The folder at a path, which is made if it is not there. */
    public Folder(Path path) throws IOException {
        files = Files.createDirectories(path.resolve("files"));
        kept = Files.createDirectories(path.resolve("kept"));
        log = new UndoLog(path.resolve("undo"));
        try (Stream<Path> earlier = Files.list(kept)) {
            keptCount =
                    earlier.mapToLong(each -> Long.parseLong(each.getFileName().toString()))
                            .max()
                            .orElse(0);
        }
    }

    /** Writes bytes at an offset; the file is made if absent. */
    public void write(String name, long offset, byte[] content) throws IOException {
        Path path = path(name);
        if (!Files.exists(path)) {
            log.add(new Undo.Created(name));
        }
        try (FileChannel channel =
                FileChannel.open(
                        path,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE)) {
            long length = channel.size();
            byte[] former = new byte[Math.clamp(length - offset, 0, content.length)];
            readFully(channel, ByteBuffer.wrap(former), offset);
            log.add(new Undo.Overwritten(inode(path), offset, former, length));
            writeFully(channel, ByteBuffer.wrap(content), offset);
        }
    }

    /** Makes the bytes of a file durable. */
    public void sync(String name) throws IOException {
        Path path = path(name);
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
        log.add(new Undo.Synced(inode(path)));
    }

    /** Gives a file another name, in place of a file that has it. */
    public void rename(String from, String to) throws IOException {
        log.add(new Undo.Renamed(from, to, keep(to)));
        Files.move(path(from), path(to), StandardCopyOption.ATOMIC_MOVE);
    }

    /** Removes a name. */
    public void delete(String name) throws IOException {
        String saved = keep(name);
        if (saved != null) {
            log.add(new Undo.Deleted(name, saved));
        }
        Files.delete(path(name));
    }

    /** Makes all names durable. */
    public void syncDirectory() throws IOException {
        try (FileChannel channel = FileChannel.open(files, StandardOpenOption.READ)) {
            channel.force(true);
        }
        log.add(new Undo.NamesSynced());
        emptyKept();
    }

    /** The content of a file. */
    public byte[] read(String name) throws IOException {
        return Files.readAllBytes(path(name));
    }

    /** All names, in alphabetical order. */
    public List<String> list() throws IOException {
        try (Stream<Path> all = Files.list(files)) {
            return all.map(path -> path.getFileName().toString()).sorted().toList();
        }
    }

    /** Power returns: what was not durable is no more. */
    public void undo() throws IOException {
        for (Undo each : log.newestFirst()) {
            switch (each) {
                case Undo.Overwritten overwritten -> restore(overwritten);
                case Undo.Created(String name) -> Files.deleteIfExists(path(name));
                case Undo.Renamed(String from, String to, String saved) -> {
                    if (!Files.exists(path(from))) {
                        Files.move(path(to), path(from), StandardCopyOption.ATOMIC_MOVE);
                        putBack(to, saved);
                    }
                }
                case Undo.Deleted(String name, String saved) -> putBack(name, saved);
                case Undo.Synced _, Undo.NamesSynced _ ->
                        throw new IllegalStateException("settled, and still open: " + each);
            }
        }
        log.clear();
        emptyKept();
    }

    /** A bit in the middle of each file flips. */
    public void rot() throws IOException {
        for (String name : list()) {
            try (FileChannel channel =
                    FileChannel.open(
                            path(name), StandardOpenOption.READ, StandardOpenOption.WRITE)) {
                if (channel.size() > 0) {
                    ByteBuffer bits = ByteBuffer.allocate(1);
                    channel.read(bits, channel.size() / 2);
                    bits.put(0, (byte) (bits.get(0) ^ 1)).rewind();
                    channel.write(bits, channel.size() / 2);
                }
            }
        }
    }

    private void restore(Undo.Overwritten overwritten) throws IOException {
        Path path = find(overwritten.inode());
        if (path == null) {
            return;
        }
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
            writeFully(channel, ByteBuffer.wrap(overwritten.former()), overwritten.offset());
            channel.truncate(overwritten.formerLength());
        }
    }

    private @Nullable Path find(long inode) throws IOException {
        for (String name : list()) {
            if (inode(path(name)) == inode) {
                return path(name);
            }
        }
        return null;
    }

    private void putBack(String name, @Nullable String saved) throws IOException {
        if (saved != null && Files.exists(kept.resolve(saved))) {
            Files.move(kept.resolve(saved), path(name), StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /** Keeps what has a name under another one; {@code null} if nothing has it. */
    private @Nullable String keep(String name) throws IOException {
        if (!Files.exists(path(name))) {
            return null;
        }
        String saved = Long.toString(++keptCount);
        Files.createLink(kept.resolve(saved), path(name));
        return saved;
    }

    private void emptyKept() throws IOException {
        try (Stream<Path> all = Files.list(kept)) {
            for (Path each : all.toList()) {
                Files.delete(each);
            }
        }
    }

    private Path path(String name) throws IOException {
        if (name.contains("/") || name.startsWith(".")) {
            throw new FileSystemException(name, null, "a name here is one plain word");
        }
        return files.resolve(name);
    }

    private static long inode(Path path) throws IOException {
        return ((Number) Files.getAttribute(path, "unix:ino")).longValue();
    }

    private static void readFully(FileChannel channel, ByteBuffer into, long offset)
            throws IOException {
        while (into.hasRemaining()) {
            if (channel.read(into, offset + into.position()) < 0) {
                throw new IOException("the file ends at " + (offset + into.position()));
            }
        }
    }

    private static void writeFully(FileChannel channel, ByteBuffer from, long offset)
            throws IOException {
        while (from.hasRemaining()) {
            channel.write(from, offset + from.position());
        }
    }

    @Override
    public void close() throws IOException {
        log.close();
    }
}
