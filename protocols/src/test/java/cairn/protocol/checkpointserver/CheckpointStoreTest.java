package cairn.protocol.checkpointserver;

import static org.junit.jupiter.api.Assertions.assertEquals;

import cairn.fault.SeededChoices;
import cairn.model.Boot;
import cairn.model.CpuCosts;
import cairn.model.Epoch;
import cairn.model.Event;
import cairn.model.NodeId;
import cairn.model.memory.PagedMemory;
import cairn.part.DiskEvents;
import cairn.part.Image;
import cairn.protocol.RecordingOutbox;
import cairn.protocol.checkpointserver.CheckpointServerMessage.Restored;
import cairn.protocol.checkpointserver.CheckpointServerMessage.Store;
import cairn.protocol.checkpointserver.CheckpointServerMessage.Stored;
import cairn.protocol.checkpointserver.CheckpointServerMessage.Take;
import cairn.simulator.disk.DiskCosts;
import cairn.simulator.disk.SimulatedDisk;
import cairn.simulator.kernel.Kernel;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import java.util.Objects;

/** What the server keeps of what arrives, in whatever order. */
final class CheckpointStoreTest implements DiskEvents<CheckpointServerMessage> {

    private static final Topology TOPOLOGY = new Topology(4);
    private static final NodeId PRIMARY = TOPOLOGY.hosts().getFirst();

    private final Kernel kernel = new Kernel();
    private final SimulatedDisk disk =
            new SimulatedDisk("n5", DiskCosts.NVME_PROTECTED, kernel, new SeededChoices(1), this);
    private final RecordingOutbox<CheckpointServerMessage> out = new RecordingOutbox<>(0, disk);
    private CheckpointStore store = started();

    private CheckpointStore started() {
        store = new CheckpointStore(TOPOLOGY, CpuCosts.DEFAULT, Rules.SOUND);
        store.boot(new Boot(TOPOLOGY.server(), 0), out);
        settle();
        return store;
    }

    @Override
    public void tell(Event.OfDisk<CheckpointServerMessage> event) {
        store.on(event, out);
    }

    private void settle() {
        while (kernel.step()) {
            // Each step is one operation of the disk.
        }
    }

    private CheckpointServerMessage tell(CheckpointServerMessage message) {
        store.on(new Event.Delivered<>(PRIMARY, message), out);
        settle();
        return out.takeSent().getLast().message();
    }

    private static Store store(long round, long epoch) {
        PagedMemory memory = new PagedMemory(PagedMemory.PAGE_BYTES);
        memory.writeLong(0, epoch);
        Image image = Image.full(1, new Epoch(epoch), memory.snapshot());
        return new Store(1, round, new Checkpoint(1, image));
    }

    private @Nullable Epoch restored() {
        Restored restored = (Restored) tell(new Take(1, 0, 0));
        Checkpoint checkpoint = restored.checkpoint();
        return checkpoint == null ? null : checkpoint.epoch();
    }

    @Test
    void aCheckpointThatComesLateTakesNoNewerOnesPlace() {
        tell(new Take(1, 0, 0));
        assertEquals(new Stored(1, 1), tell(store(1, 1)));
        assertEquals(new Stored(1, 2), tell(store(2, 2)));
        assertEquals(new Stored(1, 1), tell(store(1, 1)));
        assertEquals(new Epoch(2), restored());
        started();
        assertEquals(new Epoch(2), Objects.requireNonNull(restored()), "after a crash too");
    }
}
