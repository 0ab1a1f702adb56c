package cairn.part.sets;

import static cairn.model.memory.PagedMemory.PAGE_BYTES;

import cairn.model.Outbox;
import cairn.model.memory.Memory;
import cairn.part.pmu.Link;
import cairn.part.sets.CommitRecord.Piece;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Sets as they were read from one unit into the buffers, one after the other: checks every checksum
 * before anything touches the memory.
 */
final class ReadSets {

    private final SetStore store;
    private final boolean images;
    private final List<CommitRecord> records;
    private final List<Part> parts = new ArrayList<>();
    private final byte[] page = new byte[PAGE_BYTES];
    private long bytes;

    /** A set's data of one region, and where in the buffers it is. */
    private record Part(int region, Piece piece, long at) {}

    /** Room for sets, which are read and put in place from the first to the last. */
    ReadSets(SetStore store, List<CommitRecord> records) {
        this.store = store;
        this.images = store.settings().mode() == StoreMode.OVERWRITE;
        this.records = records;
        for (CommitRecord record : records) {
            for (int region = 0; region < store.layout().regions(); region++) {
                Piece piece = record.pieces().get(region);
                if (piece.length() > 0) {
                    parts.add(new Part(region, piece, store.layout().setBufferOffset() + bytes));
                    bytes += piece.length();
                }
            }
        }
    }

    List<CommitRecord> records() {
        return records;
    }

    /** Asks for all of it at once; there is one read at least. */
    void read(Link link) {
        if (parts.isEmpty()) {
            // Sets without pages; one read keeps the order of things the same.
            link.readBehind(0, 0, true);
        }
        for (Part part : parts) {
            Piece piece = part.piece;
            int length = Math.toIntExact(piece.length());
            boolean last = part.equals(parts.getLast());
            link.read(part.region, piece.offset(), part.at, length, last);
        }
    }

    /** Whether what was read is what was written. */
    boolean isWhole(Outbox<?> out) {
        boolean whole = true;
        for (Part part : parts) {
            whole &= isWhole(part, out.buffers());
        }
        out.spend(store.costs().checksumNanos(bytes));
        return whole;
    }

    private boolean isWhole(Part part, Memory buffers) {
        int[] numbers = numbers(part, buffers);
        long sum = 0;
        for (int i = 0; i < numbers.length; i++) {
            buffers.read(pageAt(part, numbers.length, i), page, 0, PAGE_BYTES);
            sum += Layout.pageChecksum(numbers[i], page);
        }
        return numbers.length > 0 && store.rules().isWhole(sum, part.piece.checksum());
    }

    /** Which pages a part holds; none if its list is broken. */
    private int[] numbers(Part part, Memory buffers) {
        int first = store.layout().firstPage(part.region);
        int end = store.layout().firstPage(part.region + 1);
        if (images) {
            return IntStream.range(first, end).toArray();
        }
        long count = buffers.readLong(part.at);
        if (count <= 0
                || count > end - first
                || Layout.setBytes((int) count) != part.piece.length()) {
            return new int[0];
        }
        int[] numbers = new int[(int) count];
        for (int i = 0; i < count; i++) {
            long number = buffers.readLong(part.at + (1L + i) * Long.BYTES);
            if (number < first || number >= end) {
                return new int[0];
            }
            numbers[i] = (int) number;
        }
        return numbers;
    }

    private long pageAt(Part part, int count, int index) {
        return part.at + (images ? 0 : Layout.listBytes(count)) + (long) index * PAGE_BYTES;
    }

    void install(Outbox<?> out) {
        Memory buffers = out.buffers();
        for (Part part : parts) {
            int[] numbers = numbers(part, buffers);
            for (int i = 0; i < numbers.length; i++) {
                buffers.read(pageAt(part, numbers.length, i), page, 0, PAGE_BYTES);
                out.memory().restorePage(numbers[i], page);
            }
        }
        out.spend(store.costs().memcpyNanos(bytes));
    }
}
