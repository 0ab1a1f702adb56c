package cairn.rdma;

/**
 * The write-pending queue: which ranges reached the memory controller a moment ago. No fault
 * empties it; it is for looking at.
 */
final class RecentStores {

    private static final int ROOM = 64;

    private final long[] addresses = new long[ROOM];
    private final long[] lengths = new long[ROOM];
    private final long[] until = new long[ROOM];
    private int next;

    void add(long address, long length, long untilNanos) {
        addresses[next] = address;
        lengths[next] = length;
        until[next] = untilNanos;
        next = (next + 1) & (ROOM - 1);
    }

    boolean holds(long address, long now) {
        for (int i = 0; i < ROOM; i++) {
            if (until[i] > now && address >= addresses[i] && address - addresses[i] < lengths[i]) {
                return true;
            }
        }
        return false;
    }
}
