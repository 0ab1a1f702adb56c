package cairn.cluster.probe;

import cairn.cluster.run.LiveCluster;
import cairn.cluster.run.LiveFailure;
import cairn.cluster.run.LiveScenario;
import cairn.cluster.run.Machines;
import cairn.fault.FaultPlan;
import cairn.model.Application;
import cairn.model.property.Bounds;
import cairn.model.service.Workload;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Measures what simulations of this machine need to know, by the code that live runs use. */
public final class LiveProbe {

    private static final int WARM_UP = 500;
    private static final long PATIENCE_SECONDS = 120;

    private final Machines machines;
    private final Path folder;
    private final int times;

    /**
     * What was measured: each list holds nanoseconds, in the order in which they were measured.
     *
     * @param roundTrips 1 KiB to a node of another process, and its answer
     * @param operations an operation of the disk that does not wait for the device: a write of 512
     *     bytes
     * @param largeWrites a write of 64 KiB
     * @param syncs what makes 16 KiB in a new file durable
     * @param directorySyncs what makes names durable, one of which took another's place
     * @param persists what makes 4 KiB durable that were appended to mapped memory
     */
    public record Costs(
            List<Long> roundTrips,
            List<Long> operations,
            List<Long> largeWrites,
            List<Long> syncs,
            List<Long> directorySyncs,
            List<Long> persists) {

        private static Costs of(Measuring.Samples samples) {
            return new Costs(
                    list(samples.trips()),
                    list(Measuring.Step.SMALL_WRITE.of(samples.disk())),
                    list(Measuring.Step.LARGE_WRITE.of(samples.disk())),
                    list(Measuring.Step.SYNC.of(samples.disk())),
                    list(Measuring.Step.DIRECTORY_SYNC.of(samples.disk())),
                    list(Measuring.Step.PERSIST.of(samples.disk())));
        }

        private static List<Long> list(long[] sample) {
            return Arrays.stream(sample).boxed().toList();
        }

        /** Bytes a nanosecond of a copy into the page cache. */
        public double copyBytesPerNano() {
            long longer = Spread.of(largeWrites).median() - Spread.of(operations).median();
            return (Measuring.LARGE_BYTES - Measuring.SMALL_BYTES) / (double) Math.max(1, longer);
        }
    }

    /** The least, the median and the 99th percentile of a sample. */
    public record Spread(long least, long median, long most) {

        /** Those of a sample that is not empty. */
        public static Spread of(List<Long> sample) {
            return of(sample.stream().mapToLong(Long::longValue).toArray());
        }

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
        var application =
                new Application.Served(
                        new Idle(), new Workload(1, 1, new Workload.Loop.Closed(0), 1_000_000_000));
        var scenario =
                new LiveScenario<Measuring.Word>(
                        new Measuring(), application, FaultPlan.NONE, new Bounds(1, 1, 1), 0, 0, 0);
        var beginning = new Beginning(1);
        try (var cluster =
                new LiveCluster<>(
                        scenario, machines, folder.resolve("probe"), 1, List.of(), beginning)) {
            cluster.start();
            beginning.await();
            var measured = new CompletableFuture<Measuring.Samples>();
            var asker =
                    new Measuring.Asker(
                            times, WARM_UP, Math.min(times, Measuring.MOST_STORES), measured);
            cluster.client(1, asker).perform(asker::ask);
            return Costs.of(measured.get(PATIENCE_SECONDS, TimeUnit.SECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LiveFailure("interrupted", e);
        } catch (ExecutionException | TimeoutException e) {
            throw new LiveFailure("cannot measure in " + folder + ": " + e, e);
        }
    }
}
