package cairn.cluster.disk;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Stream;

/**
 * The files of one place, really written and really synced, on a file system that tells inodes. A
 * killed process loses nothing of them. A loss of power does: what was not synced is taken back,
 * file contents and names each by themselves, as {@link cairn.model.storage.Disk} has it.
 *
 * <pre>
 * files/   what the process sees
 * ballast  all space that was left, while the disk is full
 * kept/    former contents of names that are not durable yet
 * undo     how to take back what is not durable
 * </pre>
 */
public final class Folder implements FileLayer {

    /** More descriptors than this one place needs none. */
    private static final int MOST_OPEN = 32;

    private static final int SECTOR_BYTES = 512;
    private static final int BALLAST_BYTES = 1 << 20;
    private static final int LEAST_BALLAST_BYTES = 1 << 10;

    private final Path files;
    private final Path kept;
    private final UndoLog log;
    private final Path ballast;
    private final boolean alone;
    private final LinkedHashMap<String, OpenFile> open = new LinkedHashMap<>();
    private long keptCount;
    private boolean keeps;

    /** The folder at a path, which is made if it is not there. */
    public Folder(Path path) throws IOException {
        this(path, false);
    }

    /** The folder of a place that has the file system to itself, and may fill it. */
    public static Folder onItsOwn(Path path) throws IOException {
        return new Folder(path, true);
    }

    private Folder(Path path, boolean alone) throws IOException {
        this.alone = alone;
        ballast = path.resolve("ballast");
        files = Files.createDirectories(path.resolve("files"));
        kept = Files.createDirectories(path.resolve("kept"));
        log = new UndoLog(path.resolve("undo"));
        try (Stream<Path> earlier = Files.list(kept)) {
            keptCount =
                    earlier.mapToLong(each -> Long.parseLong(each.getFileName().toString()))
                            .max()
                            .orElse(0);
        }
        keeps = keptCount > 0;
    }

    @Override
    public void write(String name, long offset, byte[] content) throws IOException {
        OpenFile file = openOrMade(name);
        log.add(
                new Undo.Overwritten(
                        file.inode(), offset, file.read(offset, content.length), file.length()));
        file.write(offset, content);
    }

    @Override
    public void loseWrite(String name, long offset, int length) throws IOException {
        byte[] former = openOrMade(name).read(offset, length);
        write(name, offset, Arrays.copyOf(former, length));
    }

    @Override
    public void sync(String name) throws IOException {
        OpenFile file = open(name);
        file.sync();
        log.add(new Undo.Synced(file.inode()));
    }

    private OpenFile openOrMade(String name) throws IOException {
        try {
            return open(name);
        } catch (NoSuchFileException e) {
            log.add(new Undo.Created(name));
            return kept(name, OpenFile.made(path(name)));
        }
    }

    /** A file that stays open until so many others were opened since. */
    private OpenFile open(String name) throws IOException {
        OpenFile known = open.get(name);
        return known == null ? kept(name, new OpenFile(path(name))) : known;
    }

    private OpenFile kept(String name, OpenFile file) throws IOException {
        if (open.size() >= MOST_OPEN) {
            shut(open.firstEntry().getKey());
        }
        open.put(name, file);
        return file;
    }

    private void shut(String name) throws IOException {
        OpenFile former = open.remove(name);
        if (former != null) {
            former.close();
        }
    }

    @Override
    public void rename(String from, String to) throws IOException {
        if (!Files.exists(path(from))) {
            // Nothing is noted of what is not done.
            throw new NoSuchFileException(from);
        }
        log.add(new Undo.Renamed(from, to, keep(to)));
        Files.move(path(from), path(to), StandardCopyOption.ATOMIC_MOVE);
        shut(to);
        OpenFile moved = open.remove(from);
        if (moved != null) {
            open.put(to, moved);
        }
    }

    @Override
    public void delete(String name) throws IOException {
        String saved = keep(name);
        if (saved != null) {
            log.add(new Undo.Deleted(name, saved));
        }
        Files.delete(path(name));
        shut(name);
    }

    @Override
    public void syncDirectory() throws IOException {
        try (FileChannel channel = FileChannel.open(files, StandardOpenOption.READ)) {
            channel.force(true);
        }
        log.add(new Undo.NamesSynced());
        emptyKept();
    }

    @Override
    public byte[] read(String name) throws IOException {
        return Files.readAllBytes(path(name));
    }

    @Override
    public List<String> list() throws IOException {
        try (Stream<Path> all = Files.list(files)) {
            return all.map(path -> path.getFileName().toString()).sorted().toList();
        }
    }

    /** Power returns: what was not durable is no more. */
    public void undo() throws IOException {
        for (Undo each : log.newestFirst()) {
            // Names change here, and files with them.
            shutAll();
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
                case Undo.Synced _, Undo.NamesSynced _, Undo.Gone _ ->
                        throw new IllegalStateException("settled, and still open: " + each);
            }
        }
        log.clear();
        emptyKept();
    }

    @Override
    public boolean fill(boolean full) throws IOException {
        if (!alone) {
            return false;
        }
        if (full) {
            for (int bytes = BALLAST_BYTES; bytes >= LEAST_BALLAST_BYTES; bytes /= 4) {
                fillBy(bytes);
            }
        } else {
            Files.deleteIfExists(ballast);
        }
        return true;
    }

    private void fillBy(int bytes) throws IOException {
        try (FileChannel channel =
                FileChannel.open(ballast, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            while (channel.write(ByteBuffer.allocate(bytes)) == bytes) {
                // Until no such piece is left.
            }
        } catch (IOException e) {
            if (!isNoSpace(e)) {
                throw e;
            }
        }
    }

    /** Whether a file system says that it is full. */
    public static boolean isNoSpace(IOException e) {
        String message = String.valueOf(e.getMessage());
        return message.contains("No space left") || message.contains("Disk quota exceeded");
    }

    @Override
    public void rot() throws IOException {
        for (String name : list()) {
            OpenFile file = open(name);
            if (file.length() > 0) {
                long middle = file.length() / 2;
                byte[] bits = file.read(middle, 1);
                bits[0] ^= 1;
                file.write(middle, bits);
            }
        }
    }

    @Override
    public void truncate() throws IOException {
        long most = 0;
        for (String name : list()) {
            most = Math.max(most, open(name).length());
        }
        for (String name : list()) {
            OpenFile file = open(name);
            if (most > 0 && file.length() == most) {
                file.truncate((most - 1) / SECTOR_BYTES * SECTOR_BYTES);
                return;
            }
        }
    }

    private void restore(Undo.Overwritten overwritten) throws IOException {
        for (String name : list()) {
            if (OpenFile.inode(path(name)) == overwritten.inode()) {
                OpenFile file = open(name);
                file.write(overwritten.offset(), overwritten.former());
                file.truncate(overwritten.formerLength());
                return;
            }
        }
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
        keeps = true;
        Files.createLink(kept.resolve(saved), path(name));
        return saved;
    }

    private void emptyKept() throws IOException {
        if (!keeps) {
            return;
        }
        keeps = false;
        try (Stream<Path> all = Files.list(kept)) {
            for (Path each : all.toList()) {
                // Another file may be given its number from now on.
                if (((Number) Files.getAttribute(each, "unix:nlink")).intValue() == 1) {
                    log.forget(OpenFile.inode(each));
                }
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

    private void shutAll() throws IOException {
        for (OpenFile file : open.values()) {
            file.close();
        }
        open.clear();
    }

    @Override
    public void close() throws IOException {
        shutAll();
        log.close();
    }
}
