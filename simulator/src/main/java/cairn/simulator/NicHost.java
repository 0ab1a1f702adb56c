package cairn.simulator;

import cairn.model.Event;
import cairn.model.Message;
import cairn.model.NodeId;
import cairn.model.Observation;
import cairn.model.fault.Moment;
import cairn.model.verbs.AsynchronousEvent;
import cairn.model.verbs.MemoryKind;
import cairn.model.verbs.RemoteAccess;
import cairn.model.verbs.WorkCompletion;
import cairn.rdma.Dram;
import cairn.rdma.Host;
import cairn.rdma.Nic;
import cairn.rdma.Packet;
import cairn.rdma.PersistentMemory;
import cairn.simulator.Trace.Step;

import org.jspecify.annotations.Nullable;

import java.util.BitSet;

/**
 * A machine's RDMA interface, and what it needs around it: its packets go to the network, its
 * timers to the kernel, its completions to the process, and what it decided to those who watch.
 */
final class NicHost<M extends Message> implements Host {

    private final World world;
    private final Wires wires;
    private final NodeId self;
    private final int process;
    private final Effects<M> effects;
    private final Nic nic;
    private final BitSet brokenQueues = new BitSet();
    private long packetsLeftAt;
    private long stableBytes;

    NicHost(
            World world,
            Wires wires,
            NodeId self,
            int process,
            Effects<M> effects,
            Dram dram,
            @Nullable PersistentMemory persistent) {
        this.world = world;
        this.wires = wires;
        this.self = self;
        this.process = process;
        this.effects = effects;
        this.nic = new Nic(self, world.environment().rdma(), dram, persistent, this);
    }

    Nic nic() {
        return nic;
    }

    /** Bytes that peers stored to persistent memory here so far. */
    long stableBytes() {
        return stableBytes;
    }

    /** A process starts; its completion queues are new. */
    void boot() {
        brokenQueues.clear();
    }

    @Override
    public long now() {
        return world.kernel().now();
    }

    // ---- packets and timers

    @Override
    public void transmit(NodeId to, Packet packet, int wireBytes) {
        if (world.cores().areShared() && !to.equals(self)) {
            // On one host it is a process that sends.
            long now = world.kernel().now();
            packetsLeftAt = world.handled(Math.max(packetsLeftAt, now), packetsLeftAt > now);
            world.kernel()
                    .schedule(packetsLeftAt, process, Machine.PACKET_LEAVES, to.index(), packet);
        } else {
            send(to.index(), packet, wireBytes);
        }
    }

    /** A packet has been through a core that its machine shares with others. */
    void leaves(int to, Packet packet) {
        send(to, packet, packet.wireBytes());
    }

    private void send(int to, Packet packet, int wireBytes) {
        wires.rdma().send(self.index(), to, wireBytes, Machine.PACKET, self.index(), packet);
    }

    @Override
    public void after(long delayNanos, long timer) {
        world.kernel()
                .schedule(
                        world.kernel().now() + delayNanos, process, Machine.NIC_TIMER, timer, null);
    }

    // ---- what the process learns

    @Override
    public void completed(int completionQueue, WorkCompletion completion) {
        moment(completion);
        world.step(Step.COMPLETED, self.index(), -1, completion);
        effects.after(world.environment().completionNanos(), () -> complete(completionQueue));
    }

    private void moment(WorkCompletion completion) {
        switch (completion.opcode()) {
            case WRITE, WRITE_WITH_IMMEDIATE, ATOMIC_WRITE ->
                    world.moment(Moment.WRITE_COMPLETED, self.index());
            case READ -> world.moment(Moment.READ_COMPLETED, self.index());
            case FLUSH -> world.moment(Moment.FLUSH_COMPLETED, self.index());
            case SEND, COMPARE_AND_SWAP, FETCH_AND_ADD, RECEIVE, RECEIVE_IMMEDIATE, UNDEFINED -> {
                // No fault waits for these.
            }
        }
    }

    /**
     * Takes a completion out of its queue, so that its place is free, and hands it to the process.
     */
    private void complete(int completionQueue) {
        if (brokenQueues.get(completionQueue)) {
            return;
        }
        WorkCompletion completion = nic.poll(completionQueue);
        if (completion != null) {
            effects.arrive(0, new Event.Completed<>(completion));
        }
    }

    @Override
    public void raised(AsynchronousEvent event, int handle) {
        world.step(Step.COMPLETED, self.index(), -1, event);
        if (event == AsynchronousEvent.COMPLETION_QUEUE_ERROR) {
            brokenQueues.set(handle);
        }
        effects.arrive(0, new Event.Raised<>(event, handle));
    }

    // ---- what others learn

    @Override
    public void observed(RemoteAccess access) {
        if (access.applied() && access.kind() == MemoryKind.PERSISTENT) {
            stableBytes += writes(access) ? access.length() : 0;
        }
        world.observe(new Observation.Accessed(world.kernel().now(), access));
    }

    private static boolean writes(RemoteAccess access) {
        return switch (access.operation()) {
            case WRITE, WRITE_WITH_IMMEDIATE, ATOMIC_WRITE, COMPARE_AND_SWAP, FETCH_AND_ADD -> true;
            case SEND, READ, FLUSH, RECEIVE, RECEIVE_IMMEDIATE, UNDEFINED -> false;
        };
    }
}
