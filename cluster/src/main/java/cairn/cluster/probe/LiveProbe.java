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

/**
 * Measures what simulations of this machine need to know, by the code that live runs use, in a
 * process that stays, so that its code has been compiled.
 */
public final class LiveProbe implements AutoCloseable {

    /** Bytes of a message whose answer is waited for. */
    public static final int PING_BYTES = Measuring.PING_BYTES;

    /** Bytes of a long message of several that are sent at once, and of a short one. */
    public static final int PIECE_BYTES = Measuring.PIECE_BYTES;

    public static final int SMALL_PIECE_BYTES = Measuring.SMALL_PIECE_BYTES;

    /** The time between two that are measured. */
    public static final long THINK_NANOS = Measuring.THINK_NANOS;

    /** How many messages are sent at once, if several are. */
    public static final int PIECES = Measuring.PIECES;

    /** Rounds until the code of both ends is compiled. */
    private static final int FIRST_WARM_UP = 1_500;

    private static final int WARM_UP = 50;
    private static final long PATIENCE_SECONDS = 120;

    private final Path folder;
    private final int times;
    private final LiveCluster<Measuring.Word> cluster;
    private int warmUp = FIRST_WARM_UP;

    /**
     * What was measured: each list holds nanoseconds, in the order in which they were measured.
     *
     * @param roundTrips 1 KiB to a node of another process, and its answer
     * @param processor of a core for a message at either end, on all threads of a process
     * @param pieces a message of 4 KiB and a short answer
     * @param manyPieces {@link #PIECES} of them at once, and an answer to the last
     * @param smallPieces a message of 64 bytes and a short answer
     * @param manySmallPieces the same number of them
     * @param syncsOfOne two messages to two processes, one of which syncs, and their answers
     * @param syncsOfTwo the same where both sync
     * @param creations a new file with 512 bytes, the first that the disk is asked for
     * @param renames a file that takes another's place
     * @param smallWrites a write of 512 bytes to a file that was written before
     * @param largeWrites a write of 64 KiB
     * @param syncs what makes 16 KiB in a new file durable
     * @param directorySyncs what makes names durable, one of which took another's place
     * @param persists what makes 4 KiB durable that were appended to mapped memory
     */
    public record Costs(
            List<Long> roundTrips,
            long processor,
            List<Long> pieces,
            List<Long> manyPieces,
            List<Long> smallPieces,
            List<Long> manySmallPieces,
            List<Long> syncsOfOne,
            List<Long> syncsOfTwo,
            List<Long> creations,
            List<Long> renames,
            List<Long> smallWrites,
            List<Long> largeWrites,
            List<Long> syncs,
            List<Long> directorySyncs,
            List<Long> persists) {

        private static Costs of(Measuring.Samples samples) {
            return new Costs(
                    list(Measuring.Asking.PING.of(samples)),
                    samples.processor(),
                    list(Measuring.Asking.PIECE.of(samples)),
                    list(Measuring.Asking.PIECES.of(samples)),
                    list(Measuring.Asking.SMALL_PIECE.of(samples)),
                    list(Measuring.Asking.SMALL_PIECES.of(samples)),
                    list(Measuring.Asking.SYNC_ONE.of(samples)),
                    list(Measuring.Asking.SYNC_BOTH.of(samples)),
                    list(Measuring.Step.CREATE.of(samples.disk())),
                    list(Measuring.Step.RENAME.of(samples.disk())),
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
            long longer = Spread.of(largeWrites).median() - Spread.of(smallWrites).median();
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
     * Starts processes of its own.
     *
     * @param folder where live runs keep their files
     * @param times how often each step is repeated
     */
    public LiveProbe(Machines machines, Path folder, int times) {
        this.folder = folder;
        this.times = times;
        var application =
                new Application.Served(
                        new Idle(), new Workload(1, 1, new Workload.Loop.Closed(0), 1_000_000_000));
        var scenario =
                new LiveScenario<Measuring.Word>(
                        new Measuring(), application, FaultPlan.NONE, new Bounds(1, 1, 1), 0, 0, 0);
        var beginning = new Beginning(Measuring.SERVERS);
        cluster =
                new LiveCluster<>(
                        scenario, machines, folder.resolve("probe"), 1, List.of(), beginning);
        try {
            cluster.start();
            beginning.await();
        } catch (InterruptedException e) {
            cluster.close();
            Thread.currentThread().interrupt();
            throw new LiveFailure("interrupted", e);
        } catch (LiveFailure e) {
            cluster.close();
            throw e;
        }
    }

    /** Measures each step. */
    public Costs measure() {
        try {
            var measured = new CompletableFuture<Measuring.Samples>();
            var asker = new Measuring.Asker(times, warmUp, measured);
            cluster.client(Measuring.SERVERS, asker).perform(asker::ask);
            Costs costs = Costs.of(measured.get(PATIENCE_SECONDS, TimeUnit.SECONDS));
            warmUp = WARM_UP;
            return costs;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LiveFailure("interrupted", e);
        } catch (ExecutionException | TimeoutException e) {
            throw new LiveFailure("cannot measure in " + folder + ": " + e, e);
        }
    }

    @Override
    public void close() {
        cluster.close();
    }
}
