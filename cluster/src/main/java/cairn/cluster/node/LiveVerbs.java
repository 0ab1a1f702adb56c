package cairn.cluster.node;

import cairn.model.fault.Moment;
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
import cairn.rdma.Nic;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Set;

/** A node's calls on the emulated interface of its machine, which take place at once. */
final class LiveVerbs implements Verbs {

    private final Nic nic;
    private final Site site;

    LiveVerbs(Nic nic, Site site) {
        this.nic = nic;
        this.site = site;
    }

    @Override
    public void post(int queuePair, WorkRequest request) {
        site.moment(Moment.WORK_POSTED);
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
    public int allocateDomain() {
        return nic.allocateDomain();
    }

    @Override
    public void deallocateDomain(int domain) {
        nic.deallocateDomain(domain);
    }

    @Override
    public void translate(int lkey, List<Extent> translation) {
        nic.translate(lkey, translation);
    }

    @Override
    public void deregister(int lkey) {
        nic.deregister(lkey);
    }

    @Override
    public int bindWindow(int queuePair, int lkey, long offset, long length, Set<Access> access) {
        return nic.bindWindow(queuePair, lkey, offset, length, access);
    }

    @Override
    public void invalidateWindow(int rkey) {
        nic.invalidateWindow(rkey);
    }

    @Override
    public int createCompletionQueue(int depth) {
        return nic.createCompletionQueue(depth);
    }

    @Override
    public void destroyCompletionQueue(int completionQueue) {
        nic.destroyCompletionQueue(completionQueue);
    }

    @Override
    public @Nullable WorkCompletion poll(int completionQueue) {
        throw new IllegalStateException("completions come as events; there is nothing to poll for");
    }

    @Override
    public int createQueuePair(
            int domain, int sendCompletions, int receiveCompletions, Capacities capacities) {
        return nic.createQueuePair(domain, sendCompletions, receiveCompletions, capacities);
    }

    @Override
    public void destroyQueuePair(int queuePair) {
        nic.destroyQueuePair(queuePair);
    }

    @Override
    public QueuePairState state(int queuePair) {
        return nic.state(queuePair);
    }
}
