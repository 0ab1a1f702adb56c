package cairn.part;

import static org.junit.jupiter.api.Assertions.assertTrue;

import cairn.fault.SeededChoices;
import cairn.model.Event;
import cairn.model.Message;
import cairn.part.StableFile.Progress;
import cairn.protocol.RecordingOutbox;
import cairn.simulator.disk.DiskCosts;
import cairn.simulator.disk.SimulatedDisk;
import cairn.simulator.kernel.Kernel;

/** A stable file on a simulated disk, whose owner dies and is started again. */
final class FileBench implements DiskEvents<Message> {

    private static final long RETRY_NANOS = 1_000;

    private final Kernel kernel = new Kernel();
    private final SimulatedDisk disk;
    private RecordingOutbox<Message> out;
    private StableFile file;
    private Progress last = Progress.UNDER_WAY;

    FileBench(long seed) {
        disk =
                new SimulatedDisk(
                        "n0",
                        DiskCosts.NVME_CONSUMER.withTornSectors(),
                        kernel,
                        new SeededChoices(seed),
                        this);
        out = new RecordingOutbox<>(0, disk);
        file = new StableFile("image", 100, RETRY_NANOS);
    }

    SimulatedDisk disk() {
        return disk;
    }

    /** The disk does one operation; false if it has nothing to do. */
    boolean step() {
        return kernel.step();
    }

    /** The owner is started again. */
    void restart() {
        out = new RecordingOutbox<>(0, disk);
        file = new StableFile("image", 100, RETRY_NANOS);
    }

    void write(byte[] content) {
        last = Progress.UNDER_WAY;
        file.write(content, out);
    }

    Progress toTheEnd() {
        while (step()) {
            // Each step is one operation of the disk.
        }
        return last;
    }

    Progress read() {
        last = Progress.UNDER_WAY;
        file.read(out);
        return toTheEnd();
    }

    byte[] content() {
        return file.content();
    }

    /** Fires the retry timer, which must be armed. */
    void retry() {
        assertTrue(file.owns(out.armed().firstKey()));
        out.armed().clear();
        file.fired(out);
    }

    @Override
    public void tell(Event.OfDisk<Message> event) {
        assertTrue(file.owns(event.token()));
        last = file.on(event, out);
    }
}
