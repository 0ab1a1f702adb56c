package cairn.rdma;

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

/**
 * The calls of a process on the adapter of its machine, each handed on at once; a driver overrides
 * those that take time, wait for their turn or are watched. Completions come to the process as
 * events, so there is nothing to poll for.
 */
public abstract class NicCalls implements Verbs {

    private final Nic nic;

    /** Calls this adapter. */
    protected NicCalls(Nic nic) {
        this.nic = nic;
    }

    @Override
    public void post(int queuePair, WorkRequest request) {
        nic.post(queuePair, request);
    }

    @Override
    public void postReceive(int queuePair, ReceiveRequest request) {
        nic.postReceive(queuePair, request);
    }

    @Override
    public MemoryKey register(
            int domain, MemoryKind kind, List<Extent> translation, Set<Access> access) {
        return nic.register(domain, kind, translation, access);
    }

    @Override
    public void modify(int queuePair, Transition transition) {
        nic.modify(queuePair, transition);
    }

    @Override
    public final int allocateDomain() {
        return nic.allocateDomain();
    }

    @Override
    public final void deallocateDomain(int domain) {
        nic.deallocateDomain(domain);
    }

    @Override
    public final void translate(int lkey, List<Extent> translation) {
        nic.translate(lkey, translation);
    }

    @Override
    public final void deregister(int lkey) {
        nic.deregister(lkey);
    }

    @Override
    public final int bindWindow(
            int queuePair, int lkey, long offset, long length, Set<Access> access) {
        return nic.bindWindow(queuePair, lkey, offset, length, access);
    }

    @Override
    public void invalidateWindow(int rkey) {
        nic.invalidateWindow(rkey);
    }

    @Override
    public final int createCompletionQueue(int depth) {
        return nic.createCompletionQueue(depth);
    }

    @Override
    public final void destroyCompletionQueue(int completionQueue) {
        nic.destroyCompletionQueue(completionQueue);
    }

    @Override
    public final @Nullable WorkCompletion poll(int completionQueue) {
        throw new IllegalStateException("completions come as events; there is nothing to poll for");
    }

    @Override
    public final int createQueuePair(
            int domain, int sendCompletions, int receiveCompletions, Capacities capacities) {
        return nic.createQueuePair(domain, sendCompletions, receiveCompletions, capacities);
    }

    @Override
    public void destroyQueuePair(int queuePair) {
        nic.destroyQueuePair(queuePair);
    }

    @Override
    public final QueuePairState state(int queuePair) {
        return nic.state(queuePair);
    }
}
