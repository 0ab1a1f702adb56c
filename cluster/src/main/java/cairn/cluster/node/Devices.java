package cairn.cluster.node;

import cairn.cluster.control.DiskTrouble;
import cairn.cluster.disk.Folder;
import cairn.model.Event;
import cairn.model.Message;
import cairn.model.NodeId;
import cairn.model.memory.Memory;
import cairn.model.memory.PagedMemory;
import cairn.model.memory.PersistentMemoryPort;
import cairn.model.storage.Disk;
import cairn.model.verbs.Verbs;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.function.Consumer;

/** What a machine has beside its processor. */
public final class Devices<M extends Message> {

    private final NodeId self;
    private final PagedMemory buffers;
    private final @Nullable LiveDisk<M> disk;

    Devices(
            NodeId self,
            Equipment equipment,
            PagedMemory memory,
            Site site,
            Turns turns,
            Consumer<Event<M>> events) {
        this.self = self;
        this.buffers = new PagedMemory(equipment.hardware().bufferBytes());
        try {
            this.disk =
                    equipment.hardware().disk()
                            ? new LiveDisk<>(new Folder(equipment.folder()), site, events)
                            : null;
        } catch (IOException e) {
            throw new UncheckedIOException("no place for the files of " + self, e);
        }
    }

    Memory buffers() {
        return buffers;
    }

    PersistentMemoryPort persistentMemory() {
        throw new IllegalStateException(self + " has no persistent memory");
    }

    Verbs verbs() {
        throw new IllegalStateException(self + " has no RDMA interface");
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
        throw new IllegalStateException(self + " has no RDMA interface");
    }

    /** The disk is in this state from now on. */
    public void trouble(DiskTrouble trouble) {
        device().set(trouble);
    }

    /** Bits of all files flip. */
    public void rotDisk() {
        device().rot();
    }

    /** Bytes written to stable storage so far. */
    public long stableBytes() {
        return disk == null ? 0 : disk.bytesWritten();
    }
}
