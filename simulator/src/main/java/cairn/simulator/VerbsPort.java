package cairn.simulator;

import cairn.model.fault.Moment;
import cairn.model.verbs.Access;
import cairn.model.verbs.Extent;
import cairn.model.verbs.MemoryKey;
import cairn.model.verbs.MemoryKind;
import cairn.model.verbs.ReceiveRequest;
import cairn.model.verbs.Transition;
import cairn.model.verbs.WorkRequest;
import cairn.rdma.Nic;
import cairn.rdma.NicCalls;
import cairn.rdma.RdmaCosts;
import cairn.simulator.Trace.Step;

import java.util.List;
import java.util.Set;

/**
 * A process's calls on its RDMA interface: charges the processor, and posts at the time that it has
 * reached.
 */
final class VerbsPort implements NicCalls {

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
    public Nic nic() {
        return nic;
    }

    @Override
    public void post(int queuePair, WorkRequest request) {
        effects.spend(costs.postNanos());
        effects.run(() -> {
            world.moment(Moment.WORK_POSTED, node);
            world.step(Step.POSTED, node, -1, request);
            NicCalls.super.post(queuePair, request);
        });
    }

    @Override
    public void postReceive(int queuePair, ReceiveRequest request) {
        effects.spend(costs.postNanos());
        effects.run(() -> NicCalls.super.postReceive(queuePair, request));
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
        return NicCalls.super.register(domain, kind, translation, access);
    }

    @Override
    public void modify(int queuePair, Transition transition) {
        // Each end waits for half of what it takes to bring a connection up.
        if (transition instanceof Transition.ReadyToReceive) {
            effects.spend(costs.connectNanos() / 2);
        }
        NicCalls.super.modify(queuePair, transition);
    }

    @Override
    public void invalidateWindow(int rkey) {
        effects.run(() -> NicCalls.super.invalidateWindow(rkey));
    }

    /** What was posted before is posted first. */
    @Override
    public void destroyQueuePair(int queuePair) {
        effects.run(() -> NicCalls.super.destroyQueuePair(queuePair));
    }
}
