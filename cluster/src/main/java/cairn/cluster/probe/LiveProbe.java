package cairn.cluster.probe;

import cairn.cluster.disk.Folder;
import cairn.cluster.run.LiveFailure;
import cairn.cluster.run.LiveScenario;
import cairn.cluster.run.LiveSystem;
import cairn.cluster.run.Machines;
import cairn.cluster.run.SystemUnderTest;
import cairn.fault.FaultPlan;
import cairn.model.Application;
import cairn.model.property.Bounds;
import cairn.model.service.Workload;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/** Measures what simulations of this machine need to know, by the code that live runs use. */
public final class LiveProbe {

    private static final int WARM_UP = 500;
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int SYNCED_BYTES = 16_384;

    private final Machines machines;
    private final Path folder;
    private final int times;

    /**
     * What was measured, in nanoseconds.
     *
     * @param roundTrip a 1 KiB request to another process and its answer
     * @param sync what makes 16 KiB in a file durable
     */
    public record Costs(Spread roundTrip, Spread sync) {}

    /** The least, the median and the 99th percentile of a sample. */
    public record Spread(long least, long median, long most) {

        static Spread of(long[] sample) {
            long[] sorted = sample.clone();
            Arrays.sort(sorted);
            return new Spread(
                    sorted[0], sorted[sorted.length / 2], sorted[sorted.length * 99 / 100]);
        }
    }

    /**
     * A probe.
     *
     * @param folder where live runs keep their files
     * @param times how often each step is repeated
     */
    public LiveProbe(Machines machines, Path folder, int times) {
        this.machines = machines;
        this.folder = folder;
        this.times = times;
    }

    /** Measures; starts a process of its own. */
    public Costs measure() {
        try {
            return new Costs(roundTrip(), sync());
        } catch (IOException e) {
            throw new LiveFailure("cannot measure in " + folder + ": " + e.getMessage(), e);
        }
    }

    private Spread roundTrip() {
        var application =
                new Application.Served(
                        new Idle(), new Workload(1, 1, new Workload.Loop.Closed(0), 1_000_000_000));
        var scenario =
                new LiveScenario<Echo.Nothing>(
                        new Echo(), application, FaultPlan.NONE, new Bounds(1, 1, 1), 0, 0, 0);
        try (SystemUnderTest system =
                new LiveSystem<>(
                        scenario, machines, folder.resolve("probe"), 1, List.of(), List.of())) {
            system.start();
            SystemUnderTest.Session session = system.open(0);
            var wish = new Idle.Wish(new byte[1024]);
            long[] sample = new long[times];
            for (int i = -WARM_UP; i < times; i++) {
                long begun = System.nanoTime();
                session.invoke(wish, PATIENCE).orElseThrow();
                if (i >= 0) {
                    sample[i] = System.nanoTime() - begun;
                }
            }
            return Spread.of(sample);
        }
    }

    private Spread sync() throws IOException {
        try (Folder files = new Folder(folder.resolve("probe").resolve("disk"))) {
            byte[] content = new byte[SYNCED_BYTES];
            long[] sample = new long[Math.min(times, 200)];
            for (int i = 0; i < sample.length; i++) {
                content[i] = (byte) i;
                files.write("new", 0, content);
                long begun = System.nanoTime();
                files.sync("new");
                sample[i] = System.nanoTime() - begun;
                files.rename("new", "old");
                files.syncDirectory();
            }
            return Spread.of(sample);
        }
    }
}
