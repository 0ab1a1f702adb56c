package cairn.part.pmu;

import cairn.model.choice.Mix;
import cairn.model.memory.Memory;
import cairn.model.memory.PersistentMemoryPort;

import org.jspecify.annotations.Nullable;

/**
 * A unit's own part of its persistent memory: the highest manager's term, and the directory. Both
 * exist twice; a new value goes to the place of the older one, so that a loss of power leaves one
 * that is whole (PMU-11).
 *
 * <table>
 *   <caption>Layout</caption>
 *   <tr><td>0, 64</td><td>manager's term, and its check word</td></tr>
 *   <tr><td>4096, 8192</td><td>directory</td></tr>
 *   <tr><td>12288</td><td>the first region</td></tr>
 * </table>
 */
final class UnitStore {

    /** Where regions begin. */
    static final long FIRST_REGION = 12_288;

    private static final long TERM_STRIDE = 64;
    private static final long TERM_BYTES = 16;

    private final PersistentMemoryPort memory;
    private final PmuRules rules;
    private long term;
    private int termSlot;
    private Directory directory = Directory.BLANK;
    private int directorySlot;

    /** Reads what is there. */
    UnitStore(PersistentMemoryPort memory, PmuRules rules) {
        this.memory = memory;
        this.rules = rules;
        for (int slot = 0; slot < 2; slot++) {
            long found = termIn(memory, slot);
            if (found > term) {
                term = found;
                termSlot = slot;
            }
            Directory read = directoryIn(memory, slot);
            if (read != null && read.generation() > directory.generation()) {
                directory = read;
                directorySlot = slot;
            }
        }
    }

    private static long termIn(Memory memory, int slot) {
        long value = memory.readLong(slot * TERM_STRIDE);
        return memory.readLong(slot * TERM_STRIDE + Long.BYTES) == Mix.mix(value) ? value : 0;
    }

    private static @Nullable Directory directoryIn(Memory memory, int slot) {
        byte[] bytes = new byte[Directory.SLOT_BYTES];
        memory.read(directoryAddress(slot), bytes, 0, bytes.length);
        return Directory.decode(bytes);
    }

    private static long directoryAddress(int slot) {
        return (1L + slot) * Directory.SLOT_BYTES;
    }

    /** The highest manager's term that was seen. */
    long term() {
        return term;
    }

    Directory directory() {
        return directory;
    }

    /** Begins to keep a higher term; it is kept when the persist with this token is reported. */
    void keepTerm(long higher, long token) {
        termSlot = 1 - termSlot;
        term = higher;
        long address = termSlot * TERM_STRIDE;
        memory.writeLong(address, higher);
        memory.writeLong(address + Long.BYTES, Mix.mix(higher));
        memory.persist(address, TERM_BYTES, token);
    }

    /** Begins to keep a new directory; it is kept when the persist with this token is reported. */
    void keep(Directory changed, long token) {
        directorySlot = rules.nextDirectorySlot(directorySlot);
        directory = changed;
        byte[] bytes = changed.encoded();
        memory.write(directoryAddress(directorySlot), bytes, 0, bytes.length);
        memory.persist(directoryAddress(directorySlot), bytes.length, token);
    }

    /** Clears the beginning of a range, so that nothing old in it looks like a commit record. */
    void clear(long address, long length, long token) {
        memory.write(address, new byte[(int) length], 0, (int) length);
        memory.persist(address, length, token);
    }
}
