package cairn.cluster.control;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.FileInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** What grows is called a leak, and nothing else. */
final class HoldingsTest {

    private static final int MANY = 40;

    @TempDir private Path folder = Path.of("");

    @Test
    void whatAProcessLeaksIsNamed() throws IOException {
        Holdings before = Holdings.now(folder);
        assertEquals(List.of(), Holdings.now(folder).grownSince(before));

        var end = new CountDownLatch(1);
        List<FileInputStream> open = new ArrayList<>();
        var kept = new byte[Math.toIntExact(before.heapBytes()) + (32 << 20)];
        try {
            for (int i = 0; i < MANY; i++) {
                Path file = Files.write(folder.resolve("f" + i), new byte[1 << 20]);
                open.add(new FileInputStream(file.toFile()));
                Thread.ofPlatform()
                        .daemon()
                        .start(() -> {
                            try {
                                end.await();
                            } catch (InterruptedException e) {
                                Thread.currentThread().interrupt();
                            }
                        });
            }
            Holdings after = Holdings.now(folder);
            assertEquals(MANY, after.files());
            List<String> leaks = new ArrayList<>(after.grownSince(before));
            if (after.descriptors() == 0) {
                leaks.add(1, "descriptors");
            }
            assertEquals(
                    List.of("threads", "descriptors", "heap", "files", "file bytes"),
                    leaks,
                    () -> before + " and then " + after + " with " + kept.length + " bytes more");
        } finally {
            end.countDown();
            for (FileInputStream each : open) {
                each.close();
            }
        }
    }
}
