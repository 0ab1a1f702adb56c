package cairn.cluster.disk;

import cairn.cluster.network.Commands;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeMap;

/**
 * File systems of a fixed size, one for each place that has a disk, so that a full disk is one: an
 * ext4 in an image file where loop devices may be used, otherwise a tmpfs.
 *
 * <p>Each is mounted in a mount namespace without a name, which exists as long as a process in it
 * does; the first of these ends when its standard input does. So whatever ends this JVM, and with
 * it the processes of the places, takes all mounts away, and nobody else ever sees one. Files
 * outlive the process of a place, as long as this is open.
 */
public final class SmallDisks implements AutoCloseable {

    /** Less is no ext4. */
    public static final long LEAST_BYTES = 4L << 20;

    /** $0 is where it is mounted, $1 its bytes, $2 whether an image is tried. */
    private static final String MOUNT =
            """
            { [ "$2" = image ] && truncate -s "$1" "$0.image" && mkfs.ext4 -q -F -m 0 "$0.image" \
                && mount -o loop "$0.image" "$0"; } 2>/dev/null \
              || mount -t tmpfs -o "size=$1" cairn "$0" || exit 1
            echo mounted && exec cat
            """;

    private final SequencedMap<Integer, Process> holders = new TreeMap<>();
    private final boolean images;

    /** None yet; in image files where that can be. */
    public SmallDisks() {
        this(true);
    }

    private SmallDisks(boolean images) {
        this.images = images;
    }

    /** None yet; in memory, as where no loop device may be used. */
    static SmallDisks inMemory() {
        return new SmallDisks(false);
    }

    /**
     * Mounts one for a place.
     *
     * @param at where, a folder that is made
     * @throws IOException if this user may not, or a command is missing; the message says what
     */
    public void add(int place, Path at, long bytes) throws IOException {
        if (bytes < LEAST_BYTES) {
            throw new IOException("a file system has " + LEAST_BYTES + " bytes or more: " + bytes);
        }
        Files.createDirectories(at);
        Process holder =
                new ProcessBuilder(
                                "unshare",
                                "--mount",
                                "--propagation",
                                "private",
                                "sh",
                                "-c",
                                MOUNT,
                                at.toAbsolutePath().toString(),
                                Long.toString(bytes),
                                images ? "image" : "memory")
                        .start();
        if (holder.getInputStream().read() < 0) {
            throw new IOException(
                    "a file system may not be mounted here: " + Commands.complaint(holder));
        }
        holders.put(place, holder);
    }

    /** Why none can be mounted here; empty if one can. */
    public static Optional<String> refusal(Path folder) {
        Path tried = folder.resolve("tried");
        try (SmallDisks disks = new SmallDisks()) {
            disks.add(0, tried, LEAST_BYTES);
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        } finally {
            delete(tried);
            delete(tried.resolveSibling("tried.image"));
        }
    }

    private static void delete(Path path) {
        // Left behind it is an empty folder.
        boolean _ = path.toFile().delete();
    }

    /** What is put before the command of a process that is to see the disk of a place. */
    public List<String> words(int place) {
        Process holder = holders.get(place);
        return holder == null
                ? List.of()
                : List.of("nsenter", "--mount=/proc/" + holder.pid() + "/ns/mnt");
    }

    /** Whether a place has one. */
    public boolean has(int place) {
        return holders.containsKey(place);
    }

    /** Takes all of them away, when the processes of their places have ended. */
    @Override
    public void close() {
        holders.values().forEach(Process::destroyForcibly);
        for (Process holder : holders.values()) {
            try {
                holder.waitFor();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
