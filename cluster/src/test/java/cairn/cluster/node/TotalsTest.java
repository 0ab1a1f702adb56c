package cairn.cluster.node;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Path;

final class TotalsTest {

    @TempDir private Path folder = Path.of("");

    @Test
    void whatAKilledProcessCountedIsCountedOnByTheNext() throws IOException {
        Path file = folder.resolve("deep/n0.totals");
        new Totals(file, true).set(100, 7);
        Totals second = new Totals(file, false);
        second.set(20, 1);
        second.set(30, 2);
        assertEquals(130, second.sent());
        assertEquals(9, second.stored());
    }

    @Test
    void theFirstProcessOfARunBeginsAtNothing() throws IOException {
        Path file = folder.resolve("n0.totals");
        new Totals(file, true).set(100, 7);
        Totals again = new Totals(file, true);
        assertEquals(0, again.sent());
        assertEquals(0, again.stored());
    }
}
