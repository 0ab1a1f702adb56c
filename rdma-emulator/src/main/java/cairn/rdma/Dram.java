package cairn.rdma;

import cairn.model.memory.Memory;
import cairn.model.memory.PagedMemory;

import java.util.Objects;

/**
 * A machine's volatile memory as its devices address it: the process's paged memory, then its
 * buffers. A store by a device is not seen by page protection. Both parts are new after each start
 * of the process.
 */
public final class Dram implements Memory {

    private final long size;
    private PagedMemory paged;
    private PagedMemory buffers;

    /** Zeroed memory of these two sizes, in bytes. */
    public Dram(long memoryBytes, long bufferBytes) {
        paged = new PagedMemory(memoryBytes);
        buffers = new PagedMemory(bufferBytes);
        size = paged.size() + buffers.size();
    }

    /** The process started again: its memory is this, and its buffers are zero. */
    public void renew(PagedMemory fresh) {
        if (fresh.size() != paged.size()) {
            throw new IllegalArgumentException("memory of another size: " + fresh.size());
        }
        paged = fresh;
        buffers = new PagedMemory(buffers.size());
    }

    /** The part behind the paged memory, as the process addresses it. */
    public Memory buffers() {
        return buffers;
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public void read(long address, byte[] target, int offset, int length) {
        Objects.checkFromIndexSize(address, length, size);
        int first = inPaged(address, length);
        if (first > 0) {
            paged.read(address, target, offset, first);
        }
        if (first < length) {
            buffers.read(address + first - paged.size(), target, offset + first, length - first);
        }
    }

    @Override
    public void write(long address, byte[] source, int offset, int length) {
        Objects.checkFromIndexSize(address, length, size);
        int first = inPaged(address, length);
        if (first > 0) {
            paged.writeByDevice(address, source, offset, first);
        }
        if (first < length) {
            buffers.write(address + first - paged.size(), source, offset + first, length - first);
        }
    }

    /** How many bytes of a range lie in the paged part. */
    private int inPaged(long address, int length) {
        return (int) Math.clamp(paged.size() - address, 0L, length);
    }

    @Override
    public long readLong(long address) {
        return address >= paged.size()
                ? buffers.readLong(address - paged.size())
                : paged.readLong(address);
    }

    @Override
    public void writeLong(long address, long value) {
        if (address >= paged.size()) {
            buffers.writeLong(address - paged.size(), value);
        } else {
            paged.writeLong(address, value);
        }
    }
}
