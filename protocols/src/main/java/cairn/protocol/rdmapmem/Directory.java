package cairn.protocol.rdmapmem;

import cairn.model.Fact.Entry;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/**
 * What lies where on a unit, and who leads (PMU-11). Every unit holds the same.
 *
 * <table>
 *   <caption>Layout, little endian</caption>
 *   <tr><td>0</td><td>magic</td></tr>
 *   <tr><td>8</td><td>generation: grows with every change</td></tr>
 *   <tr><td>16</td><td>term of the manager that made the change</td></tr>
 *   <tr><td>24</td><td>term of the primary</td></tr>
 *   <tr><td>32</td><td>node of the primary, or -1; its incarnation (4 bytes each)</td></tr>
 *   <tr><td>40</td><td>number of entries</td></tr>
 *   <tr><td>48 + 40 i</td><td>entry: name (24 bytes of ASCII, padded with zeros), address, length</td></tr>
 *   <tr><td>48 + 40 n</td><td>checksum of all bytes before</td></tr>
 * </table>
 */
record Directory(
        long generation,
        long managerTerm,
        long leaderTerm,
        int holder,
        int incarnation,
        List<Entry> entries) {

    static final int SLOT_BYTES = 4096;
    static final int NOBODY = -1;

    /** The directory of a unit that was never programmed. */
    static final Directory BLANK = new Directory(0, 0, 0, NOBODY, 0, List.of());

    private static final long MAGIC = 0x4341_4952_4E44_4952L;
    private static final int HEADER_BYTES = 48;
    private static final int NAME_BYTES = 24;
    private static final int ENTRY_BYTES = NAME_BYTES + 2 * Long.BYTES;
    private static final int MOST_ENTRIES = (SLOT_BYTES - HEADER_BYTES - Long.BYTES) / ENTRY_BYTES;

    Directory {
        entries = List.copyOf(entries);
        if (entries.size() > MOST_ENTRIES) {
            throw new IllegalArgumentException(
                    "a directory has room for " + MOST_ENTRIES + " entries: " + entries.size());
        }
    }

    boolean isBlank() {
        return generation == 0;
    }

    @Nullable Entry find(String resource) {
        for (Entry entry : entries) {
            if (entry.resource().equals(resource)) {
                return entry;
            }
        }
        return null;
    }

    /** The same, as the next change by a manager. */
    Directory next(long newManagerTerm) {
        return new Directory(
                generation + 1, newManagerTerm, leaderTerm, holder, incarnation, entries);
    }

    Directory ledBy(int node, int itsIncarnation, long term) {
        return new Directory(generation, managerTerm, term, node, itsIncarnation, entries);
    }

    Directory with(Entry added) {
        List<Entry> all = new ArrayList<>(without(added.resource()).entries);
        all.add(added);
        return new Directory(generation, managerTerm, leaderTerm, holder, incarnation, all);
    }

    Directory without(String resource) {
        List<Entry> rest = new ArrayList<>();
        for (Entry entry : entries) {
            if (!entry.resource().equals(resource)) {
                rest.add(entry);
            }
        }
        return new Directory(generation, managerTerm, leaderTerm, holder, incarnation, rest);
    }

    /** The first gap of so many bytes between two addresses that no entry uses, or -1. */
    long gapFor(long length, long from, long to) {
        long candidate = from;
        boolean moved = true;
        while (moved) {
            moved = false;
            for (Entry entry : entries) {
                if (candidate < entry.address() + entry.length()
                        && entry.address() < candidate + length) {
                    candidate = entry.address() + entry.length();
                    moved = true;
                }
            }
        }
        return candidate + length <= to ? candidate : -1;
    }

    int encodedBytes() {
        return HEADER_BYTES + entries.size() * ENTRY_BYTES + Long.BYTES;
    }

    byte[] encoded() {
        int body = HEADER_BYTES + entries.size() * ENTRY_BYTES;
        byte[] bytes = new byte[body + Long.BYTES];
        Words.put(bytes, 0, MAGIC);
        Words.put(bytes, 8, generation);
        Words.put(bytes, 16, managerTerm);
        Words.put(bytes, 24, leaderTerm);
        Words.put(bytes, 32, ((long) incarnation << 32) | (holder & 0xFFFFFFFFL));
        Words.put(bytes, 40, entries.size());
        for (int i = 0; i < entries.size(); i++) {
            encode(entries.get(i), bytes, HEADER_BYTES + i * ENTRY_BYTES);
        }
        Words.put(bytes, body, Words.checksum(bytes, 0, body));
        return bytes;
    }

    private static void encode(Entry entry, byte[] bytes, int at) {
        String name = entry.resource();
        if (name.length() > NAME_BYTES) {
            throw new IllegalArgumentException(
                    "a name has at most " + NAME_BYTES + " letters: " + name);
        }
        for (int i = 0; i < name.length(); i++) {
            bytes[at + i] = (byte) name.charAt(i);
        }
        Words.put(bytes, at + NAME_BYTES, entry.address());
        Words.put(bytes, at + NAME_BYTES + Long.BYTES, entry.length());
    }

    /** The directory in a slot's bytes, or null if there is none that is whole. */
    static @Nullable Directory decode(byte[] bytes) {
        long count = Words.get(bytes, 40);
        if (Words.get(bytes, 0) != MAGIC || count < 0 || count > MOST_ENTRIES) {
            return null;
        }
        int body = HEADER_BYTES + (int) count * ENTRY_BYTES;
        if (Words.get(bytes, body) != Words.checksum(bytes, 0, body)) {
            return null;
        }
        List<Entry> entries = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            entries.add(decodeEntry(bytes, HEADER_BYTES + i * ENTRY_BYTES));
        }
        return new Directory(
                Words.get(bytes, 8),
                Words.get(bytes, 16),
                Words.get(bytes, 24),
                (int) Words.get(bytes, 32),
                (int) (Words.get(bytes, 32) >>> 32),
                entries);
    }

    private static Entry decodeEntry(byte[] bytes, int at) {
        StringBuilder name = new StringBuilder();
        for (int i = 0; i < NAME_BYTES && bytes[at + i] != 0; i++) {
            name.append((char) bytes[at + i]);
        }
        return new Entry(
                name.toString(),
                Words.get(bytes, at + NAME_BYTES),
                Words.get(bytes, at + NAME_BYTES + Long.BYTES));
    }
}
