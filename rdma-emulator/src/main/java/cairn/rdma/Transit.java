package cairn.rdma;

import java.util.Arrays;

/**
 * Writes that the adapter has accepted and that are still in its buffers or in the PCIe and I/O
 * buffers: acknowledged perhaps, but neither visible nor durable.
 *
 * <p>Each stays until it is due, is pushed out, or is lost. Of one connection, messages land in
 * order, unless they are relaxed; the packets of one message land in any order. Nothing is ordered
 * between connections. Time passes lazily: whoever looks settles what is due first.
 */
final class Transit {

    /** The message number of a write that is not ordered. */
    static final int UNORDERED = -1;

    private long[] addresses = new long[16];
    private byte[][] sources = new byte[16][];
    private int[] offsets = new int[16];
    private int[] lengths = new int[16];
    private int[] connections = new int[16];
    private int[] messages = new int[16];
    private long[] dues = new long[16];
    private long[] serials = new long[16];
    private long serial;
    private int count;
    private long firstDue = Long.MAX_VALUE;
    private long landingNanos = Long.MAX_VALUE;
    private final Landing landing;

    /** Where bytes go when they leave. */
    interface Landing {
        void land(long address, byte[] source, int offset, int length);
    }

    Transit(Landing landing) {
        this.landing = landing;
    }

    boolean isEmpty() {
        return count == 0;
    }

    long firstDue() {
        return firstDue;
    }

    /** Accepts a write; the bytes are not copied and must not change. */
    void accept(
            long address,
            byte[] source,
            int offset,
            int length,
            int connection,
            int message,
            long due) {
        if (count == addresses.length) {
            grow();
        }
        addresses[count] = address;
        sources[count] = source;
        offsets[count] = offset;
        lengths[count] = length;
        connections[count] = connection;
        messages[count] = message;
        dues[count] = due;
        serials[count] = serial++;
        count++;
        firstDue = Math.min(firstDue, due);
    }

    private void grow() {
        int room = count * 2;
        addresses = Arrays.copyOf(addresses, room);
        sources = Arrays.copyOf(sources, room);
        offsets = Arrays.copyOf(offsets, room);
        lengths = Arrays.copyOf(lengths, room);
        connections = Arrays.copyOf(connections, room);
        messages = Arrays.copyOf(messages, room);
        dues = Arrays.copyOf(dues, room);
        serials = Arrays.copyOf(serials, room);
    }

    /** Lands everything that is due, the earliest first and equals in the order of arrival. */
    void settle(long now) {
        while (firstDue <= now) {
            int earliest = 0;
            for (int i = 1; i < count; i++) {
                if (dues[i] < dues[earliest]) {
                    earliest = i;
                }
            }
            landingNanos = dues[earliest];
            landAndRemove(earliest);
        }
        landingNanos = Long.MAX_VALUE;
    }

    /** When the write that is landing was due; the end of time when it is pushed out before. */
    long landingNanos() {
        return landingNanos;
    }

    /**
     * Pushes out all writes of a connection, in the order in which they would land; returns how
     * many bytes.
     */
    long drain(int connection) {
        return drain(connection, Long.MAX_VALUE);
    }

    /** Pushes out a connection's writes before a message, and those that are not ordered. */
    private long drain(int connection, long beforeMessage) {
        long bytes = 0;
        for (int next = earliestOf(connection, beforeMessage);
                next >= 0;
                next = earliestOf(connection, beforeMessage)) {
            bytes += lengths[next];
            landAndRemove(next);
        }
        return bytes;
    }

    /** Pushes out what overlaps a range, and what the order of its connection puts before it. */
    void drainRange(long address, long length) {
        for (int i = firstIn(address, length); i >= 0; i = firstIn(address, length)) {
            landInOrder(i);
        }
    }

    void drainAll() {
        settle(Long.MAX_VALUE - 1);
    }

    /** The first write that overlaps a range, or -1. */
    int firstIn(long address, long length) {
        for (int i = 0; i < count; i++) {
            if (addresses[i] < address + length && address < addresses[i] + lengths[i]) {
                return i;
            }
        }
        return -1;
    }

    /** Lands a write now, after those of its connection that belong before it. */
    void landInOrder(int index) {
        landAndRemove(afterEarlier(index));
    }

    /**
     * Lands the second half of a write, cut between cache lines, before its first half: the bytes
     * of a message do not arrive in order. A write inside one cache line lands as a whole.
     */
    void landTailInOrder(int index) {
        int at = afterEarlier(index);
        int head = (int) (64 - (addresses[at] & 63));
        if (head >= lengths[at]) {
            landAndRemove(at);
            return;
        }
        int cut = head + (lengths[at] - head) / 128 * 64;
        landing.land(addresses[at] + cut, sources[at], offsets[at] + cut, lengths[at] - cut);
        lengths[at] = cut;
    }

    /** Lands the earlier messages of a write's connection; returns where the write is then. */
    private int afterEarlier(int index) {
        if (messages[index] == UNORDERED) {
            return index;
        }
        long sought = serials[index];
        drain(connections[index], messages[index]);
        int at = 0;
        while (serials[at] != sought) {
            at++;
        }
        return at;
    }

    /**
     * Loses everything but what survives, word by word where asked; returns how many bytes are
     * lost.
     */
    long lose(Survivors survivors, Landing rescue) {
        long lost = 0;
        for (int i = 0; i < count; i++) {
            if (survivors.tearsPackets()) {
                lost += tear(i, survivors, rescue);
            } else if (survivors.packet()) {
                rescue.land(addresses[i], sources[i], offsets[i], lengths[i]);
            } else {
                lost += lengths[i];
            }
        }
        clear();
        return lost;
    }

    private long tear(int index, Survivors survivors, Landing rescue) {
        long lost = 0;
        int words = 0;
        int asked = 0;
        for (int done = 0; done < lengths[index]; ) {
            long address = addresses[index] + done;
            int run = (int) Math.min(lengths[index] - done, 8 - (address & 7));
            if (asked == 0) {
                words = survivors.wordsOfPacket();
                asked = 8;
            }
            if ((words & 1) != 0) {
                rescue.land(address, sources[index], offsets[index] + done, run);
            } else {
                lost += run;
            }
            words >>>= 1;
            asked--;
            done += run;
        }
        return lost;
    }

    void clear() {
        Arrays.fill(sources, 0, count, new byte[0]);
        count = 0;
        firstDue = Long.MAX_VALUE;
    }

    private int earliestOf(int connection, long beforeMessage) {
        int earliest = -1;
        for (int i = 0; i < count; i++) {
            if (connections[i] == connection
                    && messages[i] < beforeMessage
                    && (earliest < 0 || dues[i] < dues[earliest])) {
                earliest = i;
            }
        }
        return earliest;
    }

    private void landAndRemove(int index) {
        landing.land(addresses[index], sources[index], offsets[index], lengths[index]);
        remove(index);
    }

    private void remove(int index) {
        int behind = count - index - 1;
        System.arraycopy(addresses, index + 1, addresses, index, behind);
        System.arraycopy(sources, index + 1, sources, index, behind);
        System.arraycopy(offsets, index + 1, offsets, index, behind);
        System.arraycopy(lengths, index + 1, lengths, index, behind);
        System.arraycopy(connections, index + 1, connections, index, behind);
        System.arraycopy(messages, index + 1, messages, index, behind);
        System.arraycopy(dues, index + 1, dues, index, behind);
        System.arraycopy(serials, index + 1, serials, index, behind);
        count--;
        firstDue = Long.MAX_VALUE;
        for (int i = 0; i < count; i++) {
            firstDue = Math.min(firstDue, dues[i]);
        }
    }
}
