package cairn.simulator;

import cairn.model.Event;
import cairn.model.Hardware;
import cairn.model.Message;
import cairn.model.NodeId;
import cairn.model.fault.Moment;
import cairn.model.memory.Memory;
import cairn.model.memory.PagedMemory;
import cairn.model.memory.PersistentMemoryPort;
import cairn.model.storage.Disk;
import cairn.model.verbs.Verbs;
import cairn.rdma.Dram;
import cairn.rdma.Loss;
import cairn.rdma.Packet;
import cairn.rdma.PersistentMemory;
import cairn.simulator.Trace.Step;
import cairn.simulator.disk.DiskLoss;
import cairn.simulator.disk.SimulatedDisk;

import org.jspecify.annotations.Nullable;

/**
 * What a machine has beside its processor: memory, RDMA interface, persistent memory and disk. They
 * outlive its process, and each fault says which of them it empties.
 */
final class Devices<M extends Message> {

    private final World world;
    private final NodeId self;
    private final Effects<M> effects;
    private final Dram dram;
    private final @Nullable PersistentMemory persistent;
    private final @Nullable NicHost<M> rdma;
    private final @Nullable VerbsPort verbs;
    private final @Nullable DiskPort<M> disk;
    private boolean powered = true;
    private long losses;

    Devices(
            World world,
            Wires wires,
            NodeId self,
            Hardware hardware,
            int process,
            Effects<M> effects) {
        this.world = world;
        this.self = self;
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
        rdma =
                hardware.nic()
                        ? new NicHost<>(world, wires, self, process, effects, dram, persistent)
                        : null;
        verbs = rdma == null ? null : new VerbsPort(rdma.nic(), effects, world, self.index());
        disk = hardware.disk() ? new DiskPort<>(world, self, environment.disk(), effects) : null;
    }

    void boot(PagedMemory memory) {
        if (rdma != null) {
            rdma.boot();
        }
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
        if (rdma != null && powered) {
            rdma.nic().receive(from, (Packet) packet);
        }
    }

    /** A packet has been through a core that its machine shares with others. */
    void leaves(int to, Object packet) {
        if (rdma != null) {
            rdma.leaves(to, (Packet) packet);
        }
    }

    void timer(long timer) {
        if (rdma != null && powered) {
            rdma.nic().fired(timer);
        }
    }

    // ---- what goes wrong

    /** The process dies: what it had asked of its devices moves on, its connections end. */
    void processCrash() {
        if (rdma != null) {
            rdma.nic().processCrash();
        }
        if (persistent != null) {
            persistent.processCrash();
        }
        if (disk != null) {
            disk.device().processCrash();
        }
    }

    /** The machine restarts; its process has died before. */
    void warmReset() {
        if (persistent != null) {
            lost(persistent.warmReset(), Loss.NONE);
        }
        if (disk != null) {
            lost(disk.device().warmReset(), DiskLoss.NONE);
        }
    }

    /** The machine loses power; its process has died before. */
    void powerLoss() {
        powered = false;
        if (persistent != null) {
            lost(persistent.powerLoss(), Loss.NONE);
        }
        if (disk != null) {
            lost(disk.device().powerLoss(), DiskLoss.NONE);
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
        if (rdma != null) {
            lost(rdma.nic().reset(), Loss.NONE);
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
        return (rdma == null ? 0 : rdma.stableBytes())
                + (disk == null ? 0 : disk.device().bytesWritten());
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
}
