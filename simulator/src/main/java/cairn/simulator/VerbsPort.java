package cairn.simulator;

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
import cairn.rdma.RdmaCosts;
import cairn.simulator.Trace.Step;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Set;

/**
 * A process's calls on its RDMA interface: charges the processor, and posts at the time that it has
 * reached.
 */
final class VerbsPort implements Verbs {

    private static final int PAGE_BYTES = 4096;

    private final Nic nic;
    private final RdmaCosts costs;
    private final Effects<?> effects;
    private final World world;
    private final int node;

    VerbsPort(Nic nic, Effects<?> effects, World world, int node) {
        this.nic = nic;
        this.costs = world.environment().rdma();
        this.effects = effects;
        this.world = world;
        this.node = node;
    }

    @Override
    public void post(int queuePair, WorkRequest request) {
        effects.spend(costs.postNanos());
        effects.run(() -> {
            world.moment(Moment.WORK_POSTED, node);
            world.step(Step.POSTED, node, -1, request);
            nic.post(queuePair, request);
        });
    }

    @Override
    public void postReceive(int queuePair, ReceiveRequest request) {
        effects.spend(costs.postNanos());
        effects.run(() -> nic.postReceive(queuePair, request));
    }

    @Override
    public MemoryKey register(
            int domain, MemoryKind kind, List<Extent> translation, Set<Access> access) {
        long bytes = 0;
        for (Extent extent : translation) {
            bytes += extent.length();
        }
        effects.spend(
                costs.registrationNanos()
                        + costs.registrationNanosPerPage() * (bytes / PAGE_BYTES));
        return nic.register(domain, kind, translation, access);
    }

    @Override
    public void modify(int queuePair, Transition transition) {
        // Each end waits for half of what it takes to bring a connection up.
        if (transition instanceof Transition.ReadyToReceive) {
            effects.spend(costs.connectNanos() / 2);
        }
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
        effects.run(() -> nic.invalidateWindow(rkey));
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
        // What was posted before is posted first.
        effects.run(() -> nic.destroyQueuePair(queuePair));
    }

    @Override
    public QueuePairState state(int queuePair) {
        return nic.state(queuePair);
    }
}
