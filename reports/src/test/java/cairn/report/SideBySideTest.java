package cairn.report;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

final class SideBySideTest {
    @TempDir private Path folder;

    @Test
    void aResultBesideItselfDiffersInNothing() throws IOException {
        StoredResult stored = stored("a", Samples.protocols(8));
        var both = new SideBySide(stored, stored);
        assertTrue(both.comparisons().stream().allMatch(each -> each.contrast().isNone()));
        assertTrue(both.text().contains("No difference"), both::text);
        assertTrue(both.html().contains(">same<"));
    }

    /** Ratios in the thousands, and three trials of each: no test can tell. */
    @Test
    void thatSoFewTrialsCannotTellIsSaid() throws IOException {
        for (int trials : new int[] {3, 5, 12}) {
            List<VariantResult> variants = Samples.protocols(trials).variants();
            var both =
                    new SideBySide(
                            stored("a", Samples.experiment(variants.getFirst())),
                            stored("b", Samples.experiment(variants.getLast())));
            String remark =
                    "So few trials cannot tell, however large a difference is: for 6 comparisons"
                            + " take 8 seeds or more.";
            // Two samples of five are parted in 252 ways, two of three in 20.
            assertEquals(trials == 3, both.text().contains(remark), both::text);
            assertEquals(trials == 3, both.html().contains(remark));
        }
        StoredResult same = stored("a", Samples.protocols(8));
        assertFalse(new SideBySide(same, same).text().contains("So few"));
    }

    @Test
    void figuresComeBackAsTheyWereWritten() throws IOException {
        ExperimentResult result = Samples.protocols(3);
        StoredResult stored = stored("a", result);
        assertEquals(result.command(), stored.command());
        VariantResult disk = result.variants().getLast();
        StoredResult.Variant kept = Objects.requireNonNull(stored.variants().get("disk"));
        assertEquals(disk.verdict(), kept.verdict());
        assertArrayEquals(
                Measure.REQUEST_P99.sample(disk).toArray(),
                Objects.requireNonNull(kept.figures().get(Measure.REQUEST_P99)).sample().toArray());
    }

    @Test
    void theOnlyVariantsOfBothAreComparedUnderTheirSeeds() throws IOException {
        List<VariantResult> variants = Samples.protocols(8).variants();
        var both =
                new SideBySide(
                        stored("a", Samples.experiment(variants.getFirst())),
                        stored("b", Samples.experiment(variants.getLast())));
        Comparison checkpoint =
                both.comparisons().stream()
                        .filter(each -> each.measure() == Measure.CHECKPOINT_P50)
                        .findFirst()
                        .orElseThrow();
        assertTrue(checkpoint.contrast().paired());
        assertEquals(2650, checkpoint.contrast().change().value(), 100);
        assertTrue(checkpoint.isSignificant());
        assertTrue(both.text().contains("disk against native flush, ADR: Checkpoint latency, p50"));
        assertFalse(both.html().contains("http"));
    }

    @Test
    void whatIsNoResultIsRefused() throws IOException {
        assertThrows(NoSuchFileException.class, () -> StoredResult.read(folder));
        for (String text : List.of("{\"format\": \"other\"}", "[]", "{\"format\": ", "", "7")) {
            Files.writeString(folder.resolve("results.json"), text);
            assertThrows(
                    IllegalArgumentException.class, () -> StoredResult.read(folder), () -> text);
        }
        StoredResult protocols = stored("a", Samples.protocols(1));
        StoredResult sweep = stored("b", Samples.sweep());
        assertEquals(
                "no variant has the same label in both: 'native flush, ADR', 'read after write,"
                        + " ADR', 'two-sided, CPU flush' and 3 more in A, 'write, 64 B', 'write +"
                        + " flush, 64 B', 'two-sided, 64 B' and 15 more in B",
                assertThrows(IllegalArgumentException.class, () -> new SideBySide(protocols, sweep))
                        .getMessage());
    }

    private StoredResult stored(String name, ExperimentResult result) throws IOException {
        Path own = Files.createDirectories(folder.resolve(name));
        try (Writer out = Files.newBufferedWriter(own.resolve("results.json"))) {
            Json.write(result, out);
        }
        return StoredResult.read(own);
    }
}
