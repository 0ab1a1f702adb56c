package cairn.rdma;

import cairn.model.NodeId;
import cairn.model.memory.Memory;
import cairn.model.verbs.Access;
import cairn.model.verbs.Capacities;
import cairn.model.verbs.Extent;
import cairn.model.verbs.MemoryKey;
import cairn.model.verbs.MemoryKind;
import cairn.model.verbs.QueuePairState;
import cairn.model.verbs.ReceiveRequest;
import cairn.model.verbs.Transition;
import cairn.model.verbs.Verbs;
import cairn.model.verbs.WorkCompletion;
import cairn.model.verbs.WorkRequest;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Set;

/** One machine's RDMA adapter. */
public final class Nic implements Verbs {

    private final NodeId node;

    /** {@code persistent} is null on a machine without persistent memory. */
    public Nic(
            NodeId node,
            RdmaCosts costs,
            Memory dram,
            @Nullable PersistentMemory persistent,
            Host host) {
        this.node = node;
    }

    /** A packet arrived. */
    public void receive(NodeId from, Packet packet) {
        if (node.index() >= 0) throw new UnsupportedOperationException();
    }

    /** A timer that was set through {@link Host#after} has run out. */
    public void fired(long timer) {
        if (node.index() >= 0) throw new UnsupportedOperationException();
    }

    /**
     * The program that made the calls has died: its queue pairs, completion queues, regions and
     * domains are gone without completions; writes that were accepted move on.
     */
    public void processCrash() {
        if (node.index() >= 0) throw new UnsupportedOperationException();
    }

    /**
     * The adapter is reset, or its machine restarts: as {@link #processCrash}, and writes in its
     * buffers are lost.
     */
    public void reset() {
        if (node.index() >= 0) throw new UnsupportedOperationException();
    }

    @Override
    public int allocateDomain() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void deallocateDomain(int domain) {
        throw new UnsupportedOperationException();
    }

    @Override
    public MemoryKey register(
            int domain, MemoryKind kind, List<Extent> translation, Set<Access> access) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void translate(int lkey, List<Extent> translation) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void deregister(int lkey) {
        throw new UnsupportedOperationException();
    }

    @Override
    public int bindWindow(int queuePair, int lkey, long offset, long length, Set<Access> access) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void invalidateWindow(int rkey) {
        throw new UnsupportedOperationException();
    }

    @Override
    public int createCompletionQueue(int depth) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void destroyCompletionQueue(int completionQueue) {
        throw new UnsupportedOperationException();
    }

    @Override
    public @Nullable WorkCompletion poll(int completionQueue) {
        throw new UnsupportedOperationException();
    }

    @Override
    public int createQueuePair(
            int domain, int sendCompletions, int receiveCompletions, Capacities capacities) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void destroyQueuePair(int queuePair) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void modify(int queuePair, Transition transition) {
        throw new UnsupportedOperationException();
    }

    @Override
    public QueuePairState state(int queuePair) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void post(int queuePair, WorkRequest request) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void postReceive(int queuePair, ReceiveRequest request) {
        throw new UnsupportedOperationException();
    }
}
