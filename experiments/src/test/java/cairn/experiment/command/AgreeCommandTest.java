package cairn.experiment.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cairn.experiment.catalogue.Shipped;
import cairn.experiment.toy.Toy;
import cairn.experiment.toy.Toy.Ran;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A run on processes that fails does not take the others' table with it. */
final class AgreeCommandTest {

    private static final int BROKEN = 70;

    @TempDir private Path folder = Path.of("");

    @Test
    @Timeout(120)
    void theTableIsThatOfTheRunsThatDidNotFail() throws IOException {
        Files.writeString(
                folder.resolve("two.yaml"),
                """
                name: two
                question: What is told when one cannot be run?
                protocol: local-disk
                workload: {clients: 1, requests: 20, closed: {think: 1 ms}, timeout: 500 ms}
                bounds: {liveness: 30 s}
                limits: {faults until: 1 s, settle: 1 ms, restart: 100 ms}
                variants:
                  - label: broken
                  - label: sound
                seeds: 1..1
                """);
        // In the place of the folder of its nodes.
        Files.createDirectories(folder.resolve("results/nodes"));
        Files.writeString(folder.resolve("results/nodes/broken-1"), "");
        Ran ran =
                Toy.cairn(
                        folder,
                        Shipped.catalogue(),
                        "agree",
                        "two.yaml",
                        "--no-probe",
                        "--out",
                        "results");
        assertEquals(BROKEN, ran.code(), ran.out() + ran.err());
        assertTrue(ran.err().contains("agree: broken, seed 1: "), ran.err());
        assertTrue(ran.out().contains("not run: seed 1: "), ran.out());
        String sound = ran.out().substring(ran.out().indexOf("\nsound\n"));
        assertTrue(sound.contains("Request latency, p50"), sound);
        assertFalse(sound.contains("not run"), sound);
    }
}
