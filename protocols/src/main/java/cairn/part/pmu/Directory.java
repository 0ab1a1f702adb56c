package cairn.part.pmu;

import static java.nio.charset.StandardCharsets.US_ASCII;

import cairn.model.Fact.Entry;
import cairn.model.NodeId;
import cairn.part.ByteReader;
import cairn.part.ByteWriter;
import cairn.part.Seal;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What lies where on a unit, and who leads (PMU-11). Every unit holds the same. A change is another
 * directory, of the next generation.
 *
 * <table>
 *   <caption>Layout, little endian</caption>
 *   <tr><td>0</td><td>magic</td></tr>
 *   <tr><td>8</td><td>generation: grows with every change</td></tr>
 *   <tr><td>16</td><td>term of the manager that made the change</td></tr>
 *   <tr><td>24</td><td>term of the leader</td></tr>
 *   <tr><td>32</td><td>node of the leader, or -1; its incarnation (4 bytes each)</td></tr>
 *   <tr><td>40</td><td>number of entries</td></tr>
 *   <tr><td>48 + 40 i</td><td>entry: name (24 bytes of ASCII, padded with zeros), address, length</td></tr>
 *   <tr><td>48 + 40 n</td><td>checksum of all bytes before</td></tr>
 * </table>
 */
public record Directory(
        long generation,
        long managerTerm,
        long leaderTerm,
        int holder,
        int incarnation,
        List<Entry> entries) {

    /** Names no node. */
    static final int NOBODY = -1;

    static final int SLOT_BYTES = 4096;

    /** The directory of a unit that was never programmed. */
    static final Directory BLANK = new Directory(0, 0, 0, NOBODY, 0, List.of());

    private static final long MAGIC = 0x4341_4952_4E44_4952L;
    private static final int HEADER_BYTES = 48;
    private static final int NAME_BYTES = 24;
    private static final int ENTRY_BYTES = NAME_BYTES + 2 * Long.BYTES;
    private static final int MOST_ENTRIES = (SLOT_BYTES - HEADER_BYTES - Seal.BYTES) / ENTRY_BYTES;

    public Directory {
        entries = List.copyOf(entries);
        if (entries.size() > MOST_ENTRIES) {
            throw new IllegalArgumentException(
                    "a directory has room for " + MOST_ENTRIES + " entries: " + entries.size());
        }
    }

    /** What a region is called. */
    static String nameOf(int region) {
        return "region-" + region;
    }

    boolean isBlank() {
        return generation == 0;
    }

    /** Whether a node leads under a term. */
    boolean isLedBy(NodeId node, long term) {
        return holder == node.index() && leaderTerm == term;
    }

    /** The entry of a region by its name, or null. */
    public @Nullable Entry find(String resource) {
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

    /** The same with an entry more, or with another one of its name. */
    public Directory with(Entry added) {
        List<Entry> all = new ArrayList<>(without(added.resource()).entries);
        all.add(added);
        return new Directory(generation, managerTerm, leaderTerm, holder, incarnation, all);
    }

    Directory without(String resource) {
        List<Entry> rest = new ArrayList<>(entries);
        rest.removeIf(entry -> entry.resource().equals(resource));
        return new Directory(generation, managerTerm, leaderTerm, holder, incarnation, rest);
    }

    /** The first place for a region of so many bytes before an address, or -1. */
    public long gapFor(long length, long before) {
        long candidate = UnitStore.FIRST_REGION;
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
        return candidate + length <= before ? candidate : -1;
    }

    int encodedBytes() {
        return encodedBytes(entries.size());
    }

    private static int encodedBytes(int count) {
        return HEADER_BYTES + count * ENTRY_BYTES + Seal.BYTES;
    }

    byte[] encoded() {
        ByteWriter writer =
                new ByteWriter()
                        .number(MAGIC)
                        .number(generation)
                        .number(managerTerm)
                        .number(leaderTerm)
                        .small(holder)
                        .small(incarnation)
                        .number(entries.size());
        for (Entry entry : entries) {
            byte[] name = entry.resource().getBytes(US_ASCII);
            if (name.length > NAME_BYTES) {
                throw new IllegalArgumentException(
                        "a name has at most " + NAME_BYTES + " letters: " + entry.resource());
            }
            writer.raw(Arrays.copyOf(name, NAME_BYTES))
                    .number(entry.address())
                    .number(entry.length());
        }
        return writer.sealed();
    }

    /** The directory in a slot's bytes, or null if there is none that is whole. */
    static @Nullable Directory decode(byte[] bytes) {
        ByteReader reader = new ByteReader(bytes);
        long magic = reader.number();
        long generation = reader.number();
        long managerTerm = reader.number();
        long leaderTerm = reader.number();
        int holder = reader.small();
        int incarnation = reader.small();
        long count = reader.number();
        if (magic != MAGIC
                || count < 0
                || count > MOST_ENTRIES
                || !Seal.isWhole(bytes, 0, encodedBytes((int) count))) {
            return null;
        }
        List<Entry> entries = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String name = new String(reader.bytes(NAME_BYTES), US_ASCII).trim();
            entries.add(new Entry(name, reader.number(), reader.number()));
        }
        return new Directory(generation, managerTerm, leaderTerm, holder, incarnation, entries);
    }
}
