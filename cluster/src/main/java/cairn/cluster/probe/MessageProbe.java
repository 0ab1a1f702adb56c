package cairn.cluster.probe;

import cairn.cluster.run.LiveFailure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** What JGroups alone takes for a short message to another process of this machine, and back. */
public final class MessageProbe {

    private static final int WARM_UP = 500;
    private static final int BYTES = 64;

    private MessageProbe() {}

    /**
     * Measures round trips, in nanoseconds; starts a process, and ends it.
     *
     * @throws LiveFailure if nobody answers
     */
    public static LiveProbe.Spread measure(int times) {
        try {
            Path folder = Files.createTempDirectory("cairn-messages");
            try (BareGroup bare = BareGroup.of(1, folder)) {
                return measure(bare, times);
            } finally {
                delete(folder);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LiveFailure("interrupted", e);
        } catch (Exception e) {
            throw new LiveFailure("JGroups cannot be measured: " + e.getMessage(), e);
        }
    }

    private static LiveProbe.Spread measure(BareGroup bare, int times) throws Exception {
        byte[] content = new byte[BYTES];
        long[] sample = new long[times];
        for (int i = -WARM_UP; i < times; i++) {
            long begun = System.nanoTime();
            bare.ask(1, content);
            if (i >= 0) {
                sample[i] = System.nanoTime() - begun;
            }
        }
        return LiveProbe.Spread.of(sample);
    }

    private static void delete(Path folder) throws IOException {
        List<Path> files;
        try (Stream<Path> inside = Files.list(folder)) {
            files = inside.toList();
        }
        for (Path file : files) {
            Files.delete(file);
        }
        Files.delete(folder);
    }
}
