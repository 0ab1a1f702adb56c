package cairn.model.verbs;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Set;

/**
 * The local calls on one machine's adapter. They are synchronous and return plain numbers, so that
 * a node keeps nothing but numbers. A handle or argument that is not valid throws {@link
 * IllegalArgumentException}; a call that the present state does not allow throws {@link
 * IllegalStateException}; either way nothing has changed.
 */
public interface Verbs {

    /** Allocates a protection domain: keys work only on queue pairs of the same domain. */
    int allocateDomain();

    /**
     * Frees a protection domain; throws {@link IllegalStateException} while a region or queue pair
     * uses it.
     */
    void deallocateDomain(int domain);

    /**
     * Registers a region. The extents, one after the other, are what offsets from zero mean.
     *
     * <p>Throws {@link IllegalArgumentException} when REMOTE_WRITE or REMOTE_ATOMIC come without
     * LOCAL_WRITE, when the extents leave the memory, or when FLUSH_PERSISTENT is asked of a
     * platform that does not implement it.
     */
    MemoryKey register(int domain, MemoryKind kind, List<Extent> translation, Set<Access> access);

    /**
     * Gives a region another translation (PMU-4). Writes that were accepted under the old one are
     * in their old places when this returns; a message of which only a part had arrived is refused
     * with REM_ACCESS_ERR at its next packet, so that no message is split between two translations.
     */
    void translate(int lkey, List<Extent> translation);

    /**
     * Deregisters a region: its keys are refused from now on. Throws while a window is bound to it.
     */
    void deregister(int lkey);

    /**
     * Binds a window to a range of a region and to one connection (type 2 memory window). The rkey
     * returned is refused on every other queue pair (PMU-10, PMU-17) and ends with its queue pair.
     */
    int bindWindow(int queuePair, int lkey, long offset, long length, Set<Access> access);

    /**
     * Ends a window: accesses with its key are refused from now on, and what was accepted has
     * landed.
     */
    void invalidateWindow(int rkey);

    /**
     * A completion queue for {@code depth} completions; one more before a poll makes it unusable.
     */
    int createCompletionQueue(int depth);

    /**
     * Destroys a completion queue; throws {@link IllegalStateException} while a queue pair uses it.
     */
    void destroyCompletionQueue(int completionQueue);

    /**
     * The oldest completion, or null. Taking it makes room. Throws {@link IllegalStateException}
     * when the queue has overrun.
     */
    @Nullable WorkCompletion poll(int completionQueue);

    /**
     * A reliable connection in state RESET; the number returned is what the peer needs to connect.
     */
    int createQueuePair(
            int domain, int sendCompletions, int receiveCompletions, Capacities capacities);

    /** Destroys a queue pair and its windows; what was outstanding completes no more. */
    void destroyQueuePair(int queuePair);

    /**
     * Changes the state; throws {@link IllegalStateException} when the present state does not allow
     * it.
     */
    void modify(int queuePair, Transition transition);

    QueuePairState state(int queuePair);

    /**
     * Posts to the send queue. Throws {@link IllegalStateException} before RTS and when the queue
     * is full; in ERR the request completes with WR_FLUSH_ERR.
     *
     * <p>Places of unsignalled requests are free again only when a later completion says so.
     */
    void post(int queuePair, WorkRequest request);

    /**
     * Posts to the receive queue. Throws in RESET and when the queue is full; in ERR it is flushed.
     */
    void postReceive(int queuePair, ReceiveRequest request);
}
