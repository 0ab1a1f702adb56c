package cairn.rdma;

import cairn.model.memory.Memory;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Plain memory in one array. */
final class ByteMemory implements Memory {

    final byte[] bytes;

    ByteMemory(int size) {
        bytes = new byte[size];
    }

    @Override
    public long size() {
        return bytes.length;
    }

    @Override
    public void read(long address, byte[] target, int offset, int length) {
        System.arraycopy(bytes, (int) address, target, offset, length);
    }

    @Override
    public void write(long address, byte[] source, int offset, int length) {
        System.arraycopy(source, offset, bytes, (int) address, length);
    }

    @Override
    public long readLong(long address) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong((int) address);
    }

    @Override
    public void writeLong(long address, long value) {
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putLong((int) address, value);
    }
}
