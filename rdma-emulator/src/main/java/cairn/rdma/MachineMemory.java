package cairn.rdma;

import cairn.model.memory.Memory;
import cairn.model.verbs.Access;
import cairn.model.verbs.CompletionStatus;
import cairn.model.verbs.Extent;
import cairn.model.verbs.LocalSlice;
import cairn.model.verbs.MemoryKind;

import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * A machine's two memories as its adapter reaches them: by region and offset, piece by physical
 * piece.
 */
final class MachineMemory {

    private static final int LOCAL_WRITE = Rights.of(Access.LOCAL_WRITE);

    private final Memory dram;
    private final @Nullable DurableMemory persistent;
    private final ProtectionTable table;
    private long moved;

    MachineMemory(Memory dram, @Nullable DurableMemory persistent, ProtectionTable table) {
        this.dram = dram;
        this.persistent = persistent;
        this.table = table;
    }

    DurableMemory persistent() {
        if (persistent == null) {
            throw new IllegalArgumentException("this machine has no persistent memory");
        }
        return persistent;
    }

    boolean hasPersistent() {
        return persistent != null;
    }

    void check(MemoryKind kind, List<Extent> translation) {
        long size = kind == MemoryKind.DRAM ? dram.size() : persistent().size();
        if (translation.isEmpty()) {
            throw new IllegalArgumentException("a region has at least one extent");
        }
        for (Extent extent : translation) {
            if (extent.end() > size) {
                throw new IllegalArgumentException(kind + " has " + size + " bytes: " + extent);
            }
        }
    }

    /** Bytes that were ever read or stored by regions: whoever is refused must have moved none. */
    long moved() {
        return moved;
    }

    void read(Region region, long offset, byte[] target, int at, int length) {
        moved += length;
        for (int done = 0; done < length; ) {
            int run = (int) region.run(offset + done, length - done);
            long address = region.physical(offset + done);
            if (region.kind() == MemoryKind.DRAM) {
                dram.read(address, target, at + done, run);
            } else {
                persistent().read(address, target, at + done, run);
            }
            done += run;
        }
    }

    /** A store that takes effect at once. */
    void write(Region region, long offset, byte[] source, int at, int length) {
        moved += length;
        for (int done = 0; done < length; ) {
            int run = (int) region.run(offset + done, length - done);
            long address = region.physical(offset + done);
            if (region.kind() == MemoryKind.DRAM) {
                dram.write(address, source, at + done, run);
            } else {
                persistent().storeNow(address, source, at + done, run);
            }
            done += run;
        }
    }

    /**
     * A store for a peer: to persistent memory it passes the buffers, to DRAM it takes effect at
     * once.
     */
    void accept(WriteStream stream, Region region, long offset, byte[] source, int at, int length) {
        if (region.kind() == MemoryKind.DRAM) {
            write(region, offset, source, at, length);
            return;
        }
        moved += length;
        for (int done = 0; done < length; ) {
            int run = (int) region.run(offset + done, length - done);
            persistent()
                    .accept(
                            stream,
                            !region.relaxed(),
                            region.physical(offset + done),
                            source,
                            at + done,
                            run);
            done += run;
        }
    }

    long drain(int connection) {
        return persistent == null ? 0 : persistent.drain(connection);
    }

    /** Lets everything land that was accepted under a region's present translation. */
    void settle(Region region) {
        if (region.kind() == MemoryKind.PERSISTENT) {
            for (int i = 0; i < region.extents(); i++) {
                persistent().drainRange(region.extentAddress(i), region.extentLength(i));
            }
        }
    }

    /** Moves a range into the persistence domain; returns how many bytes moved. */
    long flush(Region region, long offset, long length) {
        long moved = 0;
        if (region.kind() == MemoryKind.PERSISTENT) {
            for (long done = 0; done < length; ) {
                long run = region.run(offset + done, length - done);
                moved += persistent().flush(region.physical(offset + done), run);
                done += run;
            }
        }
        return moved;
    }

    /** Whether a queue pair of a domain may read, or write, all of a local list. */
    CompletionStatus checkLocal(int domain, List<LocalSlice> slices, boolean writes) {
        for (int i = 0; i < slices.size(); i++) {
            LocalSlice slice = slices.get(i);
            Region region = table.local(slice.lkey());
            if (region == null
                    || region.domain() != domain
                    || !region.covers(slice.offset(), slice.length())
                    || (writes && !Rights.include(region.rights(), LOCAL_WRITE))) {
                return CompletionStatus.LOC_PROT_ERR;
            }
        }
        return CompletionStatus.SUCCESS;
    }

    /** Reads bytes of a list that was checked, from a place in the list on. */
    void gather(List<LocalSlice> slices, long from, byte[] target, int at, int length) {
        move(null, slices, from, target, at, length);
    }

    /**
     * Stores bytes to a list that was checked, from a place in the list on; they pass {@code
     * stream} as a peer's do.
     */
    void scatter(
            WriteStream stream,
            List<LocalSlice> slices,
            long from,
            byte[] source,
            int at,
            int length) {
        move(stream, slices, from, source, at, length);
    }

    private void move(
            @Nullable WriteStream stream,
            List<LocalSlice> slices,
            long from,
            byte[] bytes,
            int at,
            int length) {
        long skip = from;
        int done = 0;
        for (int i = 0; i < slices.size() && done < length; i++) {
            LocalSlice slice = slices.get(i);
            if (skip >= slice.length()) {
                skip -= slice.length();
                continue;
            }
            int run = (int) Math.min(length - done, slice.length() - skip);
            Region region = table.local(slice.lkey());
            if (region == null) {
                throw new IllegalStateException("a slice was not checked: " + slice);
            }
            if (stream == null) {
                read(region, slice.offset() + skip, bytes, at + done, run);
            } else {
                accept(stream, region, slice.offset() + skip, bytes, at + done, run);
            }
            done += run;
            skip = 0;
        }
    }
}
