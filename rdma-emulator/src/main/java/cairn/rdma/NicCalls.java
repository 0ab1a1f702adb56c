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
public interface NicCalls extends Verbs {

    /** The adapter that is called. */
    Nic nic();

    @Override
    default void post(int queuePair, WorkRequest request) {
        nic().post(queuePair, request);
    }

    @Override
    default void postReceive(int queuePair, ReceiveRequest request) {
        nic().postReceive(queuePair, request);
    }

    @Override
    default MemoryKey register(
            int domain, MemoryKind kind, List<Extent> translation, Set<Access> access) {
        return nic().register(domain, kind, translation, access);
    }

    @Override
    default void modify(int queuePair, Transition transition) {
        nic().modify(queuePair, transition);
    }

    @Override
    default int allocateDomain() {
        return nic().allocateDomain();
    }

    @Override
    default void deallocateDomain(int domain) {
        nic().deallocateDomain(domain);
    }

    @Override
    default void translate(int lkey, List<Extent> translation) {
        nic().translate(lkey, translation);
    }

    @Override
    default void deregister(int lkey) {
        nic().deregister(lkey);
    }

    @Override
    default int bindWindow(int queuePair, int lkey, long offset, long length, Set<Access> access) {
        return nic().bindWindow(queuePair, lkey, offset, length, access);
    }

    @Override
    default void invalidateWindow(int rkey) {
        nic().invalidateWindow(rkey);
    }

    @Override
    default int createCompletionQueue(int depth) {
        return nic().createCompletionQueue(depth);
    }

    @Override
    default void destroyCompletionQueue(int completionQueue) {
        nic().destroyCompletionQueue(completionQueue);
    }

    @Override
    default @Nullable WorkCompletion poll(int completionQueue) {
        throw new IllegalStateException("completions come as events; there is nothing to poll for");
    }

    @Override
    default int createQueuePair(
            int domain, int sendCompletions, int receiveCompletions, Capacities capacities) {
        return nic().createQueuePair(domain, sendCompletions, receiveCompletions, capacities);
    }

    @Override
    default void destroyQueuePair(int queuePair) {
        nic().destroyQueuePair(queuePair);
    }

    @Override
    default QueuePairState state(int queuePair) {
        return nic().state(queuePair);
    }
}
