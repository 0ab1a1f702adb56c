package cairn.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cairn.experiment.campaign.ClusterRunner;
import cairn.experiment.campaign.Entry;
import cairn.experiment.campaign.Journal;
import cairn.experiment.catalogue.Shipped;
import cairn.experiment.definition.Experiment;
import cairn.experiment.definition.ExperimentReader;
import cairn.experiment.definition.ModelReader;
import cairn.experiment.definition.ScenarioReader;
import cairn.experiment.file.UserMistake;
import cairn.experiment.models.Models;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Campaigns on a real cluster: the bytes of those on one machine, whatever happens to others. */
class SparkRunTest {

    private static final int SEEDS = 60;

    private static final String DISK =
            """
            name: disk
            question: What remains of a campaign when a machine is lost?
            protocol: local-disk
            workload: {clients: 2, requests: 2_000}
            seeds: 1..%d
            sweep: {settings.batch requests: [1, 8]}
            """
                    .replace("%d", String.valueOf(SEEDS));

    private static final String MANY =
            """
            name: many
            question: Do all come back?
            model: checkpoint-restart
            settings: {work: 2 h, checkpoint: 5 min, restart: 10 min, mtbf: 6 h, interval: 1 h}
            seeds: 1..65_600
            """;

    @TempDir private Path folder = Path.of("");

    @Test
    @Timeout(300)
    void aMachineThatIsLostInTheMiddleChangesNoByte() throws Exception {
        Files.writeString(folder.resolve("disk.yaml"), DISK);
        try (var cluster = new StandaloneCluster(folder)) {
            Process lost = cluster.worker("lost");
            cluster.worker("kept");
            Process driver =
                    cluster.cairn(
                            "driver",
                            "spark",
                            "run",
                            "disk.yaml",
                            "--out",
                            "spark",
                            "--master",
                            cluster.url(),
                            "--conf",
                            "spark.executor.memory=512m",
                            "--conf",
                            "spark.cores.max=2",
                            // Nothing begins before both are there, or else none would be lost.
                            "--conf",
                            "spark.scheduler.minRegisteredResourcesRatio=1.0",
                            "--conf",
                            "spark.scheduler.maxRegisteredResourcesWaitingTime=120s");
            Path journal = folder.resolve("spark").resolve(Journal.FILE);
            // With the first chunk that comes back, when most of the work is still to be done.
            while (driver.isAlive() && lines(journal) < 2) {
                driver.waitFor(10, TimeUnit.MILLISECONDS);
            }
            assertTrue(driver.isAlive(), () -> said(cluster));
            StandaloneCluster.kill(lost);
            long there = lines(journal);
            assertTrue(there < 2 * SEEDS, "all were finished when the machine was lost");

            // Beside it on the machine, as somebody without a cluster would.
            int local = cluster.cairn("local", "run", "disk.yaml", "--out", "local").waitFor();
            assertEquals(local, driver.waitFor(), () -> said(cluster));
            assertTrue(said(cluster).contains("Lost executor"), said(cluster));
            assertEquals(contents("local"), contents("spark"));
        }
    }

    private static String said(StandaloneCluster cluster) {
        try {
            return cluster.said("driver");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long lines(Path journal) throws IOException {
        if (!Files.exists(journal)) {
            return 0;
        }
        long lines = 0;
        for (byte letter : Files.readAllBytes(journal)) {
            lines += letter == '\n' ? 1 : 0;
        }
        return lines;
    }

    /** The hash of each file. */
    private Map<String, String> contents(String name) throws IOException {
        Path root = folder.resolve(name);
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(Files::isRegularFile)
                    .collect(
                            Collectors.toMap(
                                    file -> root.relativize(file).toString(),
                                    SparkRunTest::hash,
                                    (one, _) -> one,
                                    TreeMap::new));
        }
    }

    private static String hash(Path file) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
            return new BigInteger(1, hash).toString(16);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void aClusterThatIsNoneIsAnsweredWithOneLine() throws IOException {
        Path file = folder.resolve("disk.yaml");
        Files.writeString(file, DISK);
        Experiment experiment =
                new ExperimentReader(new ScenarioReader(Shipped.catalogue()))
                        .read(file, "disk.yaml", List.of());
        assertEquals(
                "--master: 'yarn' is no 'spark://HOST:PORT', 'local[N]' or 'local[*]'",
                refusal(experiment, "yarn"));
        // Port 1 is nobody's.
        assertEquals(
                "--master: nobody listens at spark://127.0.0.1:1",
                refusal(experiment, "spark://127.0.0.1:1"));
    }

    /** More trials than Spark is given at once, so the second job goes on where the first ended. */
    @Test
    @Timeout(300)
    void aJobOfAsManyTrialsAsThereMayBeComesBackWhole() throws IOException {
        Path file = folder.resolve("many.yaml");
        Files.writeString(file, MANY);
        var subjects = new ModelReader(Models.all(), new ScenarioReader(Shipped.catalogue()));
        Experiment experiment = new ExperimentReader(subjects).read(file, "many.yaml", List.of());
        int trials = experiment.seeds().size();
        assertTrue(trials > SparkRunner.MOST_IN_JOB);
        Path there = folder.resolve("spark.jsonl");
        Path here = folder.resolve("here.jsonl");
        try (ClusterRunner runner =
                        new SparkCluster()
                                .connect(experiment, "1", "local[*]", new LinkedHashMap<>());
                Journal journal = Journal.begin(there, experiment, "1")) {
            runner.run(IntStream.range(0, trials).iterator(), journal::add, () -> false);
            assertEquals(trials, journal.finished());
            journal.order();
        }
        try (Journal journal = Journal.begin(here, experiment, "1")) {
            for (int task = 0; task < trials; task++) {
                journal.add(Entry.ofTrial(experiment, task));
            }
        }
        assertEquals(-1, Files.mismatch(there, here));
    }

    private static String refusal(Experiment experiment, String master) {
        return String.valueOf(
                assertThrows(
                                UserMistake.class,
                                () ->
                                        new SparkCluster()
                                                .connect(
                                                        experiment,
                                                        "1",
                                                        master,
                                                        new LinkedHashMap<>()))
                        .getMessage());
    }
}
