package cairn.spark;

import cairn.experiment.campaign.ClusterRunner;
import cairn.experiment.campaign.Entry;

import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.rdd.RDD;

import scala.jdk.javaapi.CollectionConverters;
import scala.reflect.ClassTag$;
import scala.runtime.BoxedUnit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.PrimitiveIterator;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * Runs trials as Spark's tasks, each of a chunk of them. Lines come back as chunks are finished, in
 * whatever order; a chunk whose machine is lost is run again on another, and what had come back
 * stays.
 */
final class SparkRunner implements ClusterRunner {

    /** Small enough that little is lost with a machine, or with this process. */
    private static final int MOST_IN_CHUNK = 64;

    /** So many trials are under way as one job, whose parts Spark keeps in memory. */
    static final int MOST_IN_JOB = 1 << 16;

    /** So many chunks for each core at the least, so that cores end at about the same time. */
    private static final int CHUNKS_PER_CORE = 8;

    private static final long STOP_POLL_MILLIS = 200;

    private final SparkContext spark;
    private final String header;

    /** A runner of the trials of the experiment of a journal's header. */
    SparkRunner(SparkContext spark, String header) {
        this.spark = spark;
        this.header = header;
    }

    @Override
    public void run(
            PrimitiveIterator.OfInt tasks, Consumer<Entry> finished, BooleanSupplier stopped) {
        while (tasks.hasNext() && !stopped.getAsBoolean()) {
            run(next(tasks), finished, stopped);
        }
    }

    private static int[] next(PrimitiveIterator.OfInt tasks) {
        var job = IntStream.builder();
        for (int i = 0; i < MOST_IN_JOB && tasks.hasNext(); i++) {
            job.add(tasks.nextInt());
        }
        return job.build().toArray();
    }

    private void run(int[] tasks, Consumer<Entry> finished, BooleanSupplier stopped) {
        List<int[]> chunks = chunks(tasks);
        RDD<int[]> spread = new JavaSparkContext(spark).parallelize(chunks, chunks.size()).rdd();
        List<Object> all = List.copyOf(IntStream.range(0, chunks.size()).boxed().toList());
        try (ScheduledExecutorService watch = Executors.newSingleThreadScheduledExecutor()) {
            var stop =
                    watch.scheduleWithFixedDelay(
                            () -> cancelIf(stopped),
                            STOP_POLL_MILLIS,
                            STOP_POLL_MILLIS,
                            TimeUnit.MILLISECONDS);
            spark.runJob(
                    spread,
                    new Chunk(header),
                    CollectionConverters.asScala(all).toSeq(),
                    (_, entries) -> {
                        Arrays.asList(entries).forEach(finished);
                        return BoxedUnit.UNIT;
                    },
                    ClassTag$.MODULE$.apply(Entry[].class));
            stop.cancel(false);
        } catch (Exception e) {
            // Scala declares no exceptions: a job that was cancelled or failed throws Spark's own.
            if (!stopped.getAsBoolean()) {
                String first = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
                throw new IllegalStateException("Spark gave up: " + first, e);
            }
        }
    }

    private List<int[]> chunks(int[] tasks) {
        int wanted = CHUNKS_PER_CORE * spark.defaultParallelism();
        int size = Math.clamp(tasks.length / wanted, 1, MOST_IN_CHUNK);
        var chunks = new ArrayList<int[]>();
        for (int from = 0; from < tasks.length; from += size) {
            chunks.add(Arrays.copyOfRange(tasks, from, Math.min(tasks.length, from + size)));
        }
        return chunks;
    }

    private void cancelIf(BooleanSupplier stopped) {
        if (stopped.getAsBoolean()) {
            spark.cancelAllJobs();
        }
    }

    @Override
    public void close() {
        spark.stop();
    }
}
