package cairn.model.memory;

/**
 * The part of a memory from an address on, as its user sees it: its own address zero is the base.
 */
public record Shifted(Memory memory, long base) implements Memory {

    @Override
    public long size() {
        return memory.size() - base;
    }

    @Override
    public void read(long address, byte[] into, int offset, int length) {
        memory.read(base + address, into, offset, length);
    }

    @Override
    public void write(long address, byte[] from, int offset, int length) {
        memory.write(base + address, from, offset, length);
    }

    @Override
    public long readLong(long address) {
        return memory.readLong(base + address);
    }

    @Override
    public void writeLong(long address, long value) {
        memory.writeLong(base + address, value);
    }
}
