package cairn.rdma;

import cairn.model.verbs.WorkRequest;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;

/**
 * The work requests of a queue pair, in the order in which they were posted and are completed. They
 * are numbered on; their places are used again.
 */
final class SendQueue {

    private final @Nullable WorkRequest[] requests;
    private final long[] firstPsns;
    private final int[] packets;
    private final long[] readyNanos;
    private final int mask;
    private final int room;

    private long head;
    private long tail;

    /** Places before this one are free: a signalled completion has said so. */
    private long retired;

    /** An empty queue with room for so many requests. */
    SendQueue(int room) {
        this.room = room;
        int places = Math.max(2, Integer.highestOneBit(room * 2 - 1));
        requests = new WorkRequest[places];
        firstPsns = new long[places];
        packets = new int[places];
        readyNanos = new long[places];
        mask = places - 1;
    }

    /**
     * Adds a request behind all others.
     *
     * @param firstPsn the number of the first of its packets
     * @param count how many packets it is
     * @param ready when its bytes can be sent
     */
    void add(WorkRequest request, long firstPsn, int count, long ready) {
        int slot = (int) tail & mask;
        requests[slot] = request;
        firstPsns[slot] = firstPsn;
        packets[slot] = count;
        readyNanos[slot] = ready;
        tail++;
    }

    /** Takes the oldest request. */
    WorkRequest removeFirst() {
        WorkRequest first = at(head);
        requests[(int) head & mask] = null;
        head++;
        return first;
    }

    /** What was taken so far leaves its places to others. */
    void retire() {
        retired = head;
    }

    /** Forgets all requests, and begins to number anew. */
    void clear() {
        Arrays.fill(requests, null);
        head = 0;
        tail = 0;
        retired = 0;
    }

    boolean isEmpty() {
        return head >= tail;
    }

    int room() {
        return room;
    }

    boolean isFull() {
        return tail - retired >= room;
    }

    /** The number of the oldest request. */
    long head() {
        return head;
    }

    /** The number of the next request that is added. */
    long tail() {
        return tail;
    }

    /** The request of a number, which is there. */
    WorkRequest at(long index) {
        WorkRequest request = requests[(int) index & mask];
        if (request == null) {
            throw new IllegalStateException("no request at " + index);
        }
        return request;
    }

    long firstPsn(long index) {
        return firstPsns[(int) index & mask];
    }

    int packets(long index) {
        return packets[(int) index & mask];
    }

    /** The number of the first packet behind a request's own. */
    long endPsn(long index) {
        return firstPsn(index) + packets(index);
    }

    long readyNanos(long index) {
        return readyNanos[(int) index & mask];
    }
}
