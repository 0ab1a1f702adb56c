package cairn.cluster.memory;

import cairn.rdma.DurableMemory;
import cairn.rdma.Loss;
import cairn.rdma.Platform;
import cairn.rdma.WriteStream;

import jdk.nio.mapmode.ExtendedMapMode;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.LongConsumer;

/**
 * Persistent memory of one machine in a memory-mapped file: what was stored is visible at once, a
 * killed process loses nothing of it, and a flush is one of the mapping. A second file holds what
 * is durable; a loss of power leaves that.
 *
 * <p>It is a machine with ADR whose adapter does not write into the cache: what a connection wrote
 * is durable when a READ or a FLUSH has pushed it out. The mapping is a MAP_SYNC one where the file
 * system has persistent memory below it; elsewhere a flush is msync(2). Used by one thread at a
 * time.
 *
 * <pre>
 * memory   what is visible
 * media    what is durable
 * </pre>
 */
public final class MappedMemory implements DurableMemory {

    private static final String VISIBLE = "memory";
    private static final String DURABLE = "media";
    private static final ValueLayout.OfLong LONG =
            ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private final long size;
    private final LongConsumer persisted;
    private final MemorySegment visible;
    private final MemorySegment durable;
    private final Map<Integer, List<Range>> accepted = new HashMap<>();
    private long stableBytes;

    /** A range of addresses. */
    private record Range(long address, long length) {}

    /**
     * The memory in a folder, zero if nothing is there.
     *
     * @param size in bytes
     * @param persisted told the token of each {@link #persist} that is done
     * @throws IOException if the files cannot be made or mapped
     */
    public MappedMemory(Path folder, long size, LongConsumer persisted) throws IOException {
        Files.createDirectories(folder);
        this.size = size;
        this.persisted = persisted;
        Path file = folder.resolve(VISIBLE);
        Optional<MemorySegment> direct = mapSynchronously(file);
        this.visible =
                direct.isPresent() ? direct.get() : map(file, FileChannel.MapMode.READ_WRITE);
        this.durable = map(folder.resolve(DURABLE), FileChannel.MapMode.READ_WRITE);
    }

    private Optional<MemorySegment> mapSynchronously(Path file) {
        try {
            return Optional.of(map(file, ExtendedMapMode.READ_WRITE_SYNC));
        } catch (UnsupportedOperationException | IOException e) {
            // No persistent memory below this file system: an ordinary mapping has to do.
            return Optional.empty();
        }
    }

    private MemorySegment map(Path file, FileChannel.MapMode mode) throws IOException {
        try (FileChannel channel =
                FileChannel.open(
                        file,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE)) {
            return channel.map(mode, 0, size, Arena.global());
        }
    }

    /** Power returns: in a folder, what is visible is what was durable. */
    public static void losePower(Path folder) throws IOException {
        if (Files.exists(folder.resolve(DURABLE))) {
            Files.copy(
                    folder.resolve(DURABLE),
                    folder.resolve(VISIBLE),
                    StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /** Bytes that were made durable so far. */
    public long stableBytes() {
        return stableBytes;
    }

    @Override
    public Platform platform() {
        return Platform.DIRECT_WRITE;
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public void read(long address, byte[] target, int offset, int length) {
        MemorySegment.copy(visible, ValueLayout.JAVA_BYTE, address, target, offset, length);
    }

    @Override
    public void write(long address, byte[] source, int offset, int length) {
        MemorySegment.copy(source, offset, visible, ValueLayout.JAVA_BYTE, address, length);
    }

    @Override
    public long readLong(long address) {
        return visible.get(LONG, address);
    }

    @Override
    public void writeLong(long address, long value) {
        visible.set(LONG, address, value);
    }

    @Override
    public void persist(long address, long length, long token) {
        flush(address, length);
        persisted.accept(token);
    }

    @Override
    public void accept(
            WriteStream stream,
            boolean ordered,
            long address,
            byte[] source,
            int offset,
            int length) {
        write(address, source, offset, length);
        List<Range> ranges = accepted.computeIfAbsent(stream.connection(), _ -> new ArrayList<>());
        if (!ranges.isEmpty()) {
            Range last = ranges.getLast();
            if (last.address + last.length == address) {
                ranges.set(ranges.size() - 1, new Range(last.address, last.length + length));
                return;
            }
        }
        ranges.add(new Range(address, length));
    }

    @Override
    public long drain(int connection) {
        List<Range> ranges = accepted.remove(connection);
        long moved = 0;
        for (Range range : ranges == null ? List.<Range>of() : ranges) {
            moved += flush(range.address, range.length);
        }
        return moved;
    }

    @Override
    public void drainRange(long address, long length) {
        // What was accepted is visible already.
        Objects.checkFromIndexSize(address, length, size);
    }

    @Override
    public long flush(long address, long length) {
        MemorySegment changed = visible.asSlice(address, length);
        if (changed.mismatch(durable.asSlice(address, length)) < 0) {
            // A FLUSH finds what its arrival has pushed out before: nothing is left to be waited
            // for.
            return 0;
        }
        changed.force();
        MemorySegment.copy(visible, address, durable, address, length);
        stableBytes += length;
        return length;
    }

    @Override
    public void storeNow(long address, byte[] source, int offset, int length) {
        write(address, source, offset, length);
    }

    @Override
    public Loss nicLoss() {
        accepted.clear();
        // What was accepted is visible already, and stays.
        return Loss.NONE;
    }

    /** Inverts a bit in each 64-byte line that a range touches. */
    public void rot(long address, long length) {
        for (long at = address; at < Math.min(size, address + length); at += 64) {
            byte rotten = (byte) (visible.get(ValueLayout.JAVA_BYTE, at) ^ 1);
            visible.set(ValueLayout.JAVA_BYTE, at, rotten);
            durable.set(ValueLayout.JAVA_BYTE, at, rotten);
        }
    }
}
