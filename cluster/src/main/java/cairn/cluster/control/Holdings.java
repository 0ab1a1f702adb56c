package cairn.cluster.control;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a process holds of its machine. Where the system has no /proc, descriptors are 0.
 *
 * @param ageMillis how long it has lived
 * @param threads live threads of the JVM
 * @param descriptors open files, sockets and pipes
 * @param heapBytes what is reachable on the heap, after a full collection
 * @param files regular files in its folder, and what is below
 * @param fileBytes their length
 */
public record Holdings(
        long ageMillis,
        long threads,
        long descriptors,
        long heapBytes,
        long files,
        long fileBytes) {

    private static final long MEBI = 1L << 20;

    /** JGroups' pools and the compiler start threads when they have work, and end them later. */
    private static final long MORE_THREADS = 16;

    /** A connection to each other member may have been opened in between, at both ends. */
    private static final long MORE_DESCRIPTORS = 16;

    private static final long MORE_HEAP = 16 * MEBI;
    private static final long MORE_FILES = 8;
    private static final long MORE_FILE_BYTES = 16 * MEBI;

    /** What this process holds, with a folder of its own. */
    public static Holdings now(Path folder) throws IOException {
        System.gc();
        long heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
        long threads = ManagementFactory.getThreadMXBean().getThreadCount();
        long files = 0;
        long bytes = 0;
        if (Files.exists(folder)) {
            try (Stream<Path> all = Files.walk(folder)) {
                for (Path each : all.filter(Files::isRegularFile).toList()) {
                    files++;
                    bytes += length(each);
                }
            }
        }
        long age = ManagementFactory.getRuntimeMXBean().getUptime();
        return new Holdings(age, threads, open(), heap, files, bytes);
    }

    /** Zero for a file that was renamed or deleted meanwhile. */
    private static long length(Path file) {
        return file.toFile().length();
    }

    private static long open() throws IOException {
        Path descriptors = Path.of("/proc/self/fd");
        if (!Files.exists(descriptors)) {
            return 0;
        }
        try (Stream<Path> all = Files.list(descriptors)) {
            return all.count();
        }
    }

    /**
     * What this process holds so much more of than earlier that it leaks, in words; empty if it
     * does not. More by half is allowed of what depends on the state that it has: heap and file
     * bytes.
     */
    public List<String> grownSince(Holdings earlier) {
        List<String> grown = new ArrayList<>();
        if (threads > earlier.threads + MORE_THREADS) {
            grown.add("threads");
        }
        if (descriptors > earlier.descriptors + MORE_DESCRIPTORS) {
            grown.add("descriptors");
        }
        if (heapBytes > earlier.heapBytes * 3 / 2 + MORE_HEAP) {
            grown.add("heap");
        }
        if (files > earlier.files + MORE_FILES) {
            grown.add("files");
        }
        if (fileBytes > earlier.fileBytes * 3 / 2 + MORE_FILE_BYTES) {
            grown.add("file bytes");
        }
        return grown;
    }
}
