package cairn.cluster.node;

import cairn.cluster.control.DiskTrouble;
import cairn.cluster.memory.MappedMemory;
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
import cairn.rdma.Packet;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.function.Consumer;

/** What a machine has beside its processor. */
public final class Devices<M extends Message> {

    private final NodeId self;
    private final Dram dram;
    private final @Nullable MappedMemory persistent;
    private final @Nullable Adapter<M> adapter;
    private final @Nullable LiveDisk<M> disk;

    Devices(
            NodeId self,
            int incarnation,
            Equipment equipment,
            PagedMemory memory,
            Site site,
            Turns turns,
            Consumer<Event<M>> events) {
        Hardware hardware = equipment.hardware();
        this.self = self;
        this.dram = new Dram(hardware.memoryBytes(), hardware.bufferBytes());
        dram.renew(memory);
        try {
            this.persistent =
                    hardware.persistentBytes() == 0
                            ? null
                            : new MappedMemory(
                                    equipment.folder(),
                                    hardware.persistentBytes(),
                                    token -> {
                                        site.moment(Moment.PERSISTED);
                                        events.accept(new Event.Persisted<>(token));
                                    });
            this.disk =
                    hardware.disk()
                            ? new LiveDisk<>(
                                    equipment.files().open(equipment.folder()), site, events)
                            : null;
        } catch (IOException e) {
            throw new UncheckedIOException("no place for the files of " + self, e);
        }
        this.adapter =
                hardware.nic()
                        ? new Adapter<>(self, incarnation, dram, persistent, site, turns, events)
                        : null;
    }

    Memory buffers() {
        return dram.buffers();
    }

    PersistentMemoryPort persistentMemory() {
        return mapped();
    }

    private MappedMemory mapped() {
        if (persistent == null) {
            throw new IllegalStateException(self + " has no persistent memory");
        }
        return persistent;
    }

    Verbs verbs() {
        if (adapter == null) {
            throw new IllegalStateException(self + " has no RDMA interface");
        }
        return adapter.verbs();
    }

    Disk disk() {
        return device();
    }

    private LiveDisk<M> device() {
        if (disk == null) {
            throw new IllegalStateException(self + " has no disk");
        }
        return disk;
    }

    void packet(NodeId from, Object packet) {
        if (adapter != null) {
            adapter.packet(from, (Packet) packet);
        }
    }

    /** Bits of the persistent memory flip; called in a turn. */
    void rotMemory(long address, long length) {
        mapped().rot(address, length);
    }

    /** The disk is in this state from now on. */
    public void trouble(DiskTrouble trouble) {
        device().set(trouble);
    }

    /** Bits of all files flip. */
    public void rotDisk() {
        device().rot();
    }

    /** A stored file loses its end. */
    public void truncateFile() {
        device().truncateFile();
    }

    /** Bytes written to stable storage so far. */
    public long stableBytes() {
        return (disk == null ? 0 : disk.bytesWritten())
                + (persistent == null ? 0 : persistent.stableBytes());
    }
}
