package cairn.cluster.node;

import cairn.cluster.group.Kind;
import cairn.cluster.memory.MappedMemory;
import cairn.model.Event;
import cairn.model.Message;
import cairn.model.NodeId;
import cairn.model.Observation;
import cairn.model.fault.Moment;
import cairn.model.memory.Memory;
import cairn.model.verbs.AsynchronousEvent;
import cairn.model.verbs.RemoteAccess;
import cairn.model.verbs.Verbs;
import cairn.model.verbs.WorkCompletion;
import cairn.rdma.Host;
import cairn.rdma.Nic;
import cairn.rdma.Packet;
import cairn.rdma.RdmaCosts;

import org.jspecify.annotations.Nullable;

import java.util.BitSet;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * An emulated RDMA interface in real time: the logic of {@link Nic}, whose packets are messages of
 * the group. It takes turns with its node and never waits for it: a node that stands still is
 * served on.
 */
final class Adapter<M extends Message> implements Host {

    /** Numbers of queue pairs that one life of a process may use up. */
    private static final int PAIRS_OF_A_LIFE = 1 << 16;

    private final NodeId self;
    private final Site site;
    private final Turns turns;
    private final Consumer<Event<M>> events;
    private final Nic nic;
    private final LiveVerbs verbs;
    private final BitSet brokenQueues = new BitSet();

    Adapter(
            NodeId self,
            int incarnation,
            Memory dram,
            @Nullable MappedMemory persistent,
            Site site,
            Turns turns,
            Consumer<Event<M>> events) {
        this.self = self;
        this.site = site;
        this.turns = turns;
        this.events = events;
        this.nic =
                new Nic(
                        self,
                        RdmaCosts.DEFAULT,
                        dram,
                        persistent,
                        this,
                        incarnation * PAIRS_OF_A_LIFE);
        this.verbs = new LiveVerbs(nic, site);
    }

    Verbs verbs() {
        return verbs;
    }

    /** A packet of another interface; called in a turn. */
    void packet(NodeId from, Packet packet) {
        nic.receive(from, packet);
    }

    @Override
    public long now() {
        return site.time().now();
    }

    @Override
    public void transmit(NodeId to, Packet packet, int wireBytes) {
        if (to.equals(self)) {
            turns.take(() -> nic.receive(self, packet));
        } else {
            site.flush();
            site.send(Kind.PACKET, self.index(), to.index(), packet.alone());
        }
    }

    @Override
    public void after(long delayNanos, long timer) {
        Runnable fired = () -> turns.take(() -> nic.fired(timer));
        if (delayNanos <= site.shortWaitNanos()) {
            fired.run();
        } else {
            var _ = site.timers().schedule(fired, delayNanos, TimeUnit.NANOSECONDS);
        }
    }

    @Override
    public void completed(int completionQueue, WorkCompletion completion) {
        moment(completion);
        turns.take(() -> complete(completionQueue));
    }

    /** Takes a completion out of its queue, so that its place is free, and hands it to the node. */
    private void complete(int completionQueue) {
        if (brokenQueues.get(completionQueue)) {
            return;
        }
        WorkCompletion completion = nic.poll(completionQueue);
        if (completion != null) {
            events.accept(new Event.Completed<>(completion));
        }
    }

    @Override
    public void raised(AsynchronousEvent event, int handle) {
        if (event == AsynchronousEvent.COMPLETION_QUEUE_ERROR) {
            brokenQueues.set(handle);
        }
        events.accept(new Event.Raised<>(event, handle));
    }

    @Override
    public void observed(RemoteAccess access) {
        site.observe(new Observation.Accessed(now(), access));
    }

    private void moment(WorkCompletion completion) {
        switch (completion.opcode()) {
            case WRITE, WRITE_WITH_IMMEDIATE, ATOMIC_WRITE -> site.moment(Moment.WRITE_COMPLETED);
            case READ -> site.moment(Moment.READ_COMPLETED);
            case FLUSH -> site.moment(Moment.FLUSH_COMPLETED);
            case SEND, COMPARE_AND_SWAP, FETCH_AND_ADD, RECEIVE, RECEIVE_IMMEDIATE, UNDEFINED -> {
                // No fault waits for these.
            }
        }
    }
}
