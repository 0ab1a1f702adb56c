package cairn.part.pmu;

import cairn.model.memory.PagedMemory;
import cairn.model.memory.PersistentMemoryPort;

import java.util.ArrayList;
import java.util.List;

/** Persistent memory that remembers each aligned word written since a moment, to tear it. */
final class FakePersistentMemory implements PersistentMemoryPort {

    private final PagedMemory memory;
    private PagedMemory before;
    private final List<Long> words = new ArrayList<>();

    FakePersistentMemory(long bytes) {
        memory = new PagedMemory(bytes);
        before = copy(memory);
    }

    private static PagedMemory copy(PagedMemory from) {
        PagedMemory to = new PagedMemory(from.size());
        for (long address = 0; address < from.size(); address += Long.BYTES) {
            to.writeLong(address, from.readLong(address));
        }
        return to;
    }

    /** From now on, what is written may be lost word by word. */
    void startTearing() {
        before = copy(memory);
        words.clear();
    }

    int wordsWritten() {
        return words.size();
    }

    /** As after a loss of power in which only the written words whose bits are set have landed. */
    FakePersistentMemory torn(long landed) {
        FakePersistentMemory after = new FakePersistentMemory(memory.size());
        for (long address = 0; address < memory.size(); address += Long.BYTES) {
            after.memory.writeLong(address, before.readLong(address));
        }
        for (int i = 0; i < words.size(); i++) {
            if ((landed >>> Math.min(i, 63) & 1) != 0) {
                after.memory.writeLong(words.get(i), memory.readLong(words.get(i)));
            }
        }
        return after;
    }

    @Override
    public long size() {
        return memory.size();
    }

    @Override
    public void read(long address, byte[] target, int offset, int length) {
        memory.read(address, target, offset, length);
    }

    @Override
    public void write(long address, byte[] source, int offset, int length) {
        for (long word = address & -8L; word < address + length; word += Long.BYTES) {
            words.add(word);
        }
        memory.write(address, source, offset, length);
    }

    @Override
    public long readLong(long address) {
        return memory.readLong(address);
    }

    @Override
    public void writeLong(long address, long value) {
        words.add(address);
        memory.writeLong(address, value);
    }

    @Override
    public void persist(long address, long length, long token) {
        // The test tears what was written; nothing is made durable before.
    }
}
