package cairn.simulator;

import cairn.model.Event;
import cairn.model.Hardware;
import cairn.model.Message;
import cairn.model.NodeId;
import cairn.model.Observation;
import cairn.model.fault.Moment;
import cairn.model.memory.Memory;
import cairn.model.memory.PagedMemory;
import cairn.model.memory.PersistentMemoryPort;
import cairn.model.storage.Disk;
import cairn.model.verbs.AsynchronousEvent;
import cairn.model.verbs.MemoryKind;
import cairn.model.verbs.RemoteAccess;
import cairn.model.verbs.Verbs;
import cairn.model.verbs.WorkCompletion;
import cairn.rdma.Dram;
import cairn.rdma.Host;
import cairn.rdma.Loss;
import cairn.rdma.Nic;
import cairn.rdma.Packet;
import cairn.rdma.PersistentMemory;
import cairn.simulator.Trace.Step;
import cairn.simulator.disk.DiskLoss;
import cairn.simulator.disk.SimulatedDisk;

import org.jspecify.annotations.Nullable;

import java.util.BitSet;

/**
 * What a machine has beside its processor: memory, RDMA interface, persistent memory and disk. They
 * outlive its process, and each fault says which of them it empties.
 */
final class Devices<M extends Message> {

    private final World world;
    private final Wires wires;
    private final NodeId self;
    private final int process;
    private final Effects<M> effects;
    private final Dram dram;
    private final @Nullable PersistentMemory persistent;
    private final @Nullable Nic nic;
    private final @Nullable VerbsPort verbs;
    private final @Nullable DiskPort<M> disk;
    private final BitSet brokenQueues = new BitSet();
    private boolean powered = true;
    private long packetsLeftAt;
    private long stableBytes;
    private long losses;

    Devices(
            World world,
            Wires wires,
            NodeId self,
            Hardware hardware,
            int process,
            Effects<M> effects) {
        this.world = world;
        this.wires = wires;
        this.self = self;
        this.process = process;
        this.effects = effects;
        Environment environment = world.environment();
        dram = new Dram(hardware.memoryBytes(), hardware.bufferBytes());
        persistent =
                hardware.persistentBytes() == 0
                        ? null
                        : new PersistentMemory(
                                "pmem " + self,
                                hardware.persistentBytes(),
                                environment.platform(),
                                environment.rdma(),
                                new PersistentMemoryHost(),
                                world.choices());
        nic =
                hardware.nic()
                        ? new Nic(self, environment.rdma(), dram, persistent, new NicHost())
                        : null;
        verbs = nic == null ? null : new VerbsPort(nic, effects, world, self.index());
        disk = hardware.disk() ? new DiskPort<>(world, self, environment.disk(), effects) : null;
    }

    void boot(PagedMemory memory) {
        brokenQueues.clear();
        dram.renew(memory);
    }

    // ---- what the process sees

    Memory buffers() {
        return dram.buffers();
    }

    PersistentMemoryPort persistentMemory() {
        if (persistent == null) {
            throw new IllegalStateException(self + " has no persistent memory");
        }
        return persistent;
    }

    Verbs verbs() {
        if (verbs == null) {
            throw new IllegalStateException(self + " has no RDMA interface");
        }
        return verbs;
    }

    Disk disk() {
        if (disk == null) {
            throw new IllegalStateException(self + " has no disk");
        }
        return disk;
    }

    // ---- what reaches the devices

    void packet(NodeId from, Object packet) {
        if (nic != null && powered) {
            nic.receive(from, (Packet) packet);
        }
    }

    /** A packet has been through a core that its machine shares with others. */
    void leaves(int to, Object packet) {
        int bytes = ((Packet) packet).wireBytes();
        wires.rdma().send(self.index(), to, bytes, Machine.PACKET, self.index(), packet);
    }

    void timer(long timer) {
        if (nic != null && powered) {
            nic.fired(timer);
        }
    }

    // ---- what goes wrong

    /** The process dies: what it had asked of its devices moves on, its connections end. */
    void processCrash() {
        if (nic != null) {
            nic.processCrash();
        }
        if (persistent != null) {
            persistent.processCrash();
        }
        if (disk != null) {
            disk.device().processCrash();
        }
    }

    void warmReset() {
        resetNic();
        if (persistent != null) {
            lost(persistent.warmReset(), Loss.NONE);
        }
        if (disk != null) {
            lost(disk.device().warmReset(), DiskLoss.NONE);
        }
    }

    void powerLoss() {
        powered = false;
        if (persistent != null) {
            lost(persistent.powerLoss(), Loss.NONE);
        }
        if (disk != null) {
            lost(disk.device().powerLoss(), DiskLoss.NONE);
        }
        if (nic != null) {
            nic.reset();
        }
    }

    private void lost(Record loss, Record none) {
        if (!loss.equals(none)) {
            losses++;
            world.step(Step.LOST, self.index(), -1, loss);
        }
    }

    void permanentLoss() {
        powerLoss();
        if (persistent != null) {
            persistent.permanentLoss();
        }
        if (disk != null) {
            disk.device().permanentLoss();
        }
    }

    void powerOn() {
        powered = true;
    }

    void resetNic() {
        if (nic != null) {
            nic.reset();
        }
    }

    void rot(long address, long length) {
        if (persistent != null) {
            losses++;
            persistent.rot(address, length);
        }
    }

    /** The disk, for faults of disks. */
    SimulatedDisk device() {
        if (disk == null) {
            throw new IllegalStateException(self + " has no disk that could fail");
        }
        return disk.device();
    }

    /** How often bytes were lost here so far, or decayed. */
    long losses() {
        return losses;
    }

    /** Bytes written to stable storage so far, by disk and RDMA interface. */
    long stableBytes() {
        return stableBytes + (disk == null ? 0 : disk.device().bytesWritten());
    }

    private final class PersistentMemoryHost implements PersistentMemory.Host {

        @Override
        public long now() {
            return world.kernel().now();
        }

        @Override
        public void persisted(long delayNanos, long token) {
            world.moment(Moment.PERSISTED, self.index());
            world.step(Step.PERSISTED, self.index(), -1, token);
            effects.arrive(delayNanos, new Event.Persisted<>(token));
        }
    }

    private final class NicHost implements Host {

        @Override
        public long now() {
            return world.kernel().now();
        }

        @Override
        public void transmit(NodeId to, Packet packet, int wireBytes) {
            if (world.cores().areShared() && !to.equals(self)) {
                // On one host it is a process that sends.
                long now = world.kernel().now();
                packetsLeftAt = world.handled(Math.max(packetsLeftAt, now), packetsLeftAt > now);
                world.kernel()
                        .schedule(
                                packetsLeftAt, process, Machine.PACKET_LEAVES, to.index(), packet);
                return;
            }
            wires.rdma()
                    .send(
                            self.index(),
                            to.index(),
                            wireBytes,
                            Machine.PACKET,
                            self.index(),
                            packet);
        }

        @Override
        public void after(long delayNanos, long timer) {
            world.kernel()
                    .schedule(
                            world.kernel().now() + delayNanos,
                            process,
                            Machine.NIC_TIMER,
                            timer,
                            null);
        }

        @Override
        public void completed(int completionQueue, WorkCompletion completion) {
            completedMoment(completion);
            world.step(Step.COMPLETED, self.index(), -1, completion);
            effects.after(world.environment().completionNanos(), () -> complete(completionQueue));
        }

        @Override
        public void raised(AsynchronousEvent event, int handle) {
            world.step(Step.COMPLETED, self.index(), -1, event);
            if (event == AsynchronousEvent.COMPLETION_QUEUE_ERROR) {
                brokenQueues.set(handle);
            }
            effects.arrive(0, new Event.Raised<>(event, handle));
        }

        @Override
        public void observed(RemoteAccess access) {
            if (access.applied() && access.kind() == MemoryKind.PERSISTENT) {
                stableBytes += writes(access) ? access.length() : 0;
            }
            world.observe(new Observation.Accessed(world.kernel().now(), access));
        }
    }

    /**
     * Takes a completion out of its queue, so that its place is free, and hands it to the process.
     */
    private void complete(int completionQueue) {
        if (nic == null || brokenQueues.get(completionQueue)) {
            return;
        }
        WorkCompletion completion = nic.poll(completionQueue);
        if (completion != null) {
            effects.arrive(0, new Event.Completed<>(completion));
        }
    }

    private static boolean writes(RemoteAccess access) {
        return switch (access.operation()) {
            case WRITE, WRITE_WITH_IMMEDIATE, ATOMIC_WRITE, COMPARE_AND_SWAP, FETCH_AND_ADD -> true;
            case SEND, READ, FLUSH, RECEIVE, RECEIVE_IMMEDIATE, UNDEFINED -> false;
        };
    }

    private void completedMoment(WorkCompletion completion) {
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
}
