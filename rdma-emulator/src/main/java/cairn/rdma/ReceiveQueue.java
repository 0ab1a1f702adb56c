package cairn.rdma;

import cairn.model.verbs.ReceiveRequest;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;

/** Receive requests in the order in which they were posted. */
final class ReceiveQueue {

    private final @Nullable ReceiveRequest[] ring;
    private int first;
    private int count;

    ReceiveQueue(int room) {
        ring = new ReceiveRequest[room];
    }

    void add(ReceiveRequest request) {
        if (count == ring.length) {
            throw new IllegalStateException("the receive queue is full: " + count + " requests");
        }
        ring[(first + count) % ring.length] = request;
        count++;
    }

    @Nullable ReceiveRequest peek() {
        return count == 0 ? null : ring[first];
    }

    @Nullable ReceiveRequest take() {
        ReceiveRequest oldest = peek();
        if (oldest != null) {
            ring[first] = null;
            first = (first + 1) % ring.length;
            count--;
        }
        return oldest;
    }

    /** Forgets all requests without completions. */
    void clear() {
        Arrays.fill(ring, null);
        first = 0;
        count = 0;
    }
}
