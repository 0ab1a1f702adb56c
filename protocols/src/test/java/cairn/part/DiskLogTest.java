package cairn.part;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cairn.fault.SeededChoices;
import cairn.model.Event;
import cairn.model.Message;
import cairn.part.DiskLog.Progress;
import cairn.protocol.RecordingOutbox;
import cairn.simulator.disk.DiskCosts;
import cairn.simulator.disk.SimulatedDisk;
import cairn.simulator.kernel.Kernel;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

/** A log on a simulated disk, whose owner dies and is started again. */
final class DiskLogTest implements DiskEvents<Message> {

    private static final int SEEDS = 40;

    private Kernel kernel = new Kernel();
    private SimulatedDisk disk = disk(0);
    private RecordingOutbox<Message> out = new RecordingOutbox<>(0, disk);
    private DiskLog log = new DiskLog(0, 1_000);
    private Progress last = Progress.UNDER_WAY;

    private SimulatedDisk disk(long seed) {
        return new SimulatedDisk(
                "n0",
                DiskCosts.NVME_CONSUMER.withTornSectors(),
                kernel,
                new SeededChoices(seed),
                this);
    }

    /** An empty disk. */
    private void begin(long seed) {
        kernel = new Kernel();
        disk = disk(seed);
        restart();
    }

    private void restart() {
        out = new RecordingOutbox<>(0, disk);
        log = new DiskLog(0, 1_000);
    }

    private List<Integer> read() {
        last = Progress.UNDER_WAY;
        log.read(out);
        run();
        assertEquals(Progress.READ, last);
        return log.takeRecords().stream().map(record -> record.length).toList();
    }

    private void run() {
        while (kernel.step()) {
            // Each step is one operation of the disk.
        }
    }

    /** Adds a record that is known by its length. */
    private void append(int length) {
        log.append(new byte[length]);
        log.flush(out);
    }

    private static List<Integer> upTo(int length) {
        List<Integer> lengths = new ArrayList<>();
        for (int i = 1; i <= length; i++) {
            lengths.add(i);
        }
        return lengths;
    }

    @Test
    void whatWasAppendedIsReadInOrderFromAllItsFiles() {
        begin(1);
        assertEquals(List.of(), read());
        append(1);
        append(2);
        run();
        log.beginSegment();
        append(3);
        run();
        assertEquals(3, log.durable());
        restart();
        assertEquals(upTo(3), read());
        append(4);
        run();
        restart();
        assertEquals(upTo(4), read());
    }

    @Test
    void filesBeforeASegmentAreGivenUp() {
        begin(1);
        read();
        append(1);
        run();
        long segment = log.beginSegment();
        append(2);
        run();
        log.deleteBefore(segment, out);
        run();
        restart();
        assertEquals(List.of(2), read());
    }

    /** After a loss of power at any step, a beginning is there, and all that was called durable. */
    @Test
    void aLossOfPowerAtAnyStepTakesNothingThatWasDurable() {
        boolean lost = false;
        for (int seed = 1; seed <= SEEDS; seed++) {
            for (int steps = 0; steps <= 3; steps++) {
                begin(seed);
                read();
                append(1);
                run();
                append(2);
                append(3);
                for (int i = 0; i < steps; i++) {
                    kernel.step();
                }
                int durable = (int) log.durable();
                disk.powerLoss();
                restart();
                List<Integer> found = read();
                assertEquals(upTo(found.size()), found);
                assertTrue(found.size() >= durable, "of " + durable + " only " + found);
                lost |= found.size() < 3;
            }
        }
        assertTrue(lost);
    }

    /**
     * The owner dies before the sync: what the next one reads may be in the page cache alone, and
     * it relies on it, writes behind it in another file and dies by a loss of power.
     */
    @Test
    void whatWasReadAfterACrashBeforeTheSyncIsThereAfterALossOfPower() {
        for (int seed = 1; seed <= SEEDS; seed++) {
            for (int steps = 0; steps <= 4; steps++) {
                begin(seed);
                read();
                append(1);
                if (seed % 2 == 0) {
                    // The name of its file is durable, or is not.
                    run();
                }
                append(2);
                for (int i = 0; i < steps; i++) {
                    kernel.step();
                }
                disk.processCrash();
                restart();
                List<Integer> found = read();
                log.append(new byte[found.size() + 1]);
                log.flush(out);
                if (seed % 3 == 0) {
                    run();
                }
                disk.powerLoss();
                restart();
                List<Integer> again = read();
                assertEquals(found, again.subList(0, Math.min(found.size(), again.size())));
            }
        }
    }

    @Override
    public void tell(Event.OfDisk<Message> event) {
        assertTrue(log.owns(event.token()));
        Progress progress = log.on(event, out);
        last = progress == Progress.UNDER_WAY ? last : progress;
        if (progress == Progress.WRITTEN) {
            log.flush(out);
        }
    }
}
