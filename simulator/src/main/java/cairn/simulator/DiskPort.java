package cairn.simulator;

import cairn.model.Event;
import cairn.model.Message;
import cairn.model.NodeId;
import cairn.model.fault.Moment;
import cairn.model.storage.Disk;
import cairn.model.storage.StorageError;
import cairn.simulator.Trace.Step;
import cairn.simulator.disk.Completions;
import cairn.simulator.disk.DiskCosts;
import cairn.simulator.disk.SimulatedDisk;

import java.util.List;

/** A process's calls on its disk: asks at the time that the process has reached. */
final class DiskPort<M extends Message> implements Disk {

    private final World world;
    private final int node;
    private final Effects<M> effects;
    private final SimulatedDisk device;

    DiskPort(World world, NodeId self, DiskCosts costs, Effects<M> effects) {
        this.world = world;
        this.node = self.index();
        this.effects = effects;
        this.device =
                new SimulatedDisk(
                        self.toString(),
                        costs,
                        world.kernel(),
                        world.cores(),
                        world.device(),
                        world.choices(),
                        new Answers());
    }

    /** The disk itself, for its faults. */
    SimulatedDisk device() {
        return device;
    }

    @Override
    public void write(long token, String file, long offset, byte[] content) {
        byte[] kept = content.clone();
        effects.run(() -> device.write(token, file, offset, kept));
    }

    @Override
    public void sync(long token, String file) {
        effects.run(() -> device.sync(token, file));
    }

    @Override
    public void rename(long token, String from, String to) {
        effects.run(() -> device.rename(token, from, to));
    }

    @Override
    public void delete(long token, String file) {
        effects.run(() -> device.delete(token, file));
    }

    @Override
    public void syncDirectory(long token) {
        effects.run(() -> device.syncDirectory(token));
    }

    @Override
    public void read(long token, String file) {
        effects.run(() -> device.read(token, file));
    }

    @Override
    public void list(long token) {
        effects.run(() -> device.list(token));
    }

    private final class Answers implements Completions {

        @Override
        public void written(long token) {
            arrive(new Event.Stored<>(token));
            world.moment(Moment.DISK_WRITTEN, node);
        }

        @Override
        public void synced(long token) {
            arrive(new Event.Stored<>(token));
            world.moment(Moment.DISK_SYNCED, node);
        }

        @Override
        public void fetched(long token, byte[] content) {
            arrive(new Event.Fetched<>(token, content));
        }

        @Override
        public void listed(long token, List<String> names) {
            arrive(new Event.Listed<>(token, names));
        }

        @Override
        public void failed(long token, StorageError error) {
            arrive(new Event.StoreFailed<>(token, error));
        }

        private void arrive(Event<M> event) {
            world.step(Step.DISK, node, -1, event);
            effects.arrive(0, event);
        }
    }
}
