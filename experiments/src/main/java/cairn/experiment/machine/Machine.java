package cairn.experiment.machine;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32C;

/**
 * Measures what elementary steps cost on this machine, from Java: copying and summing memory,
 * copy-on-write faults, protected pages where the kernel lets a process handle them, writing and
 * syncing a file, a round trip over the loopback, starting a process. What it cannot reach from
 * here, such as RDMA, it leaves out.
 */
public final class Machine {

    private static final int PAGE = 4_096;
    private static final int BLOCK = 8 << 20;

    private final Path folder;
    private final int times;

    /**
     * Measures in a folder, so that its disk is the one that is measured.
     *
     * @param times how often each step is repeated
     */
    public Machine(Path folder, int times) {
        this.folder = folder;
        this.times = times;
    }

    /** Everything; takes a few seconds. */
    public Measured measure() throws IOException, InterruptedException {
        return new Measured(
                times,
                copy(),
                checksum(),
                copyOnWrite(),
                PageCosts.measure(times),
                processStart(),
                roundTrip(),
                sync(),
                write());
    }

    /**
     * What was found; durations in nanoseconds, bandwidths in bytes a nanosecond.
     *
     * @param samples how many of each
     */
    public record Measured(
            int samples,
            double copyBytesPerNano,
            double checksumBytesPerNano,
            long copyOnWriteNanos,
            PageCosts pages,
            long processStartNanos,
            Spread roundTrip,
            Spread sync,
            double writeBytesPerNano) {}

    /** A duration that varies: its least, median and 99.9th percentile. */
    public record Spread(long least, long median, long most) {
        static Spread of(Sample sample) {
            return new Spread(sample.quantile(0), sample.median(), sample.quantile(0.999));
        }
    }

    private double copy() {
        byte[] from = new byte[BLOCK];
        byte[] to = new byte[BLOCK];
        Sample sample = Sample.of(times, () -> System.arraycopy(from, 0, to, 0, BLOCK));
        return (double) BLOCK / sample.median();
    }

    private double checksum() {
        byte[] block = new byte[BLOCK];
        var crc = new CRC32C();
        Sample sample = Sample.of(times, () -> crc.update(block, 0, BLOCK));
        return (double) BLOCK / sample.median();
    }

    /** The first store to each page of a private mapping copies the page. */
    private long copyOnWrite() throws IOException {
        Path file = Files.createTempFile(folder, ".cairn-", ".pages");
        try (FileChannel channel =
                FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.allocate(BLOCK));
            Sample sample =
                    Sample.of(
                            Math.max(3, times / 10),
                            () -> {
                                MappedByteBuffer pages = channel.map(MapMode.PRIVATE, 0, BLOCK);
                                for (int at = 0; at < BLOCK; at += PAGE) {
                                    pages.put(at, (byte) 1);
                                }
                            });
            return sample.median() * PAGE / BLOCK;
        } finally {
            Files.deleteIfExists(file);
        }
    }

    private static long processStart() throws IOException, InterruptedException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 3; i++) {
            long before = System.nanoTime();
            new ProcessBuilder(java, "-Xshare:auto", "-version")
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
            least = Math.min(least, System.nanoTime() - before);
        }
        return least;
    }

    /** A byte and its echo over TCP. */
    private Spread roundTrip() throws IOException, InterruptedException {
        InetAddress here = InetAddress.getLoopbackAddress();
        try (var listener = new ServerSocket(0, 1, here)) {
            Thread echo = Thread.ofPlatform().daemon().start(() -> echo(listener));
            try (var socket = new Socket(here, listener.getLocalPort())) {
                socket.setTcpNoDelay(true);
                OutputStream out = socket.getOutputStream();
                InputStream in = socket.getInputStream();
                Sample sample =
                        Sample.of(
                                10 * times,
                                () -> {
                                    out.write(1);
                                    if (in.read() < 0) {
                                        throw new IOException("the echo ended");
                                    }
                                });
                return Spread.of(sample);
            } finally {
                echo.join(1_000);
            }
        }
    }

    private static void echo(ServerSocket listener) {
        try (Socket socket = listener.accept()) {
            socket.setTcpNoDelay(true);
            for (int letter = socket.getInputStream().read();
                    letter >= 0;
                    letter = socket.getInputStream().read()) {
                socket.getOutputStream().write(letter);
            }
        } catch (IOException e) {
            // The other end is gone, and with it the measurement; it says so itself.
            return;
        }
    }

    /** Four kilobytes and their sync. */
    private Spread sync() throws IOException {
        Path file = Files.createTempFile(folder, ".cairn-", ".sync");
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            var page = ByteBuffer.allocate(PAGE);
            return Spread.of(
                    Sample.of(
                            times,
                            () -> {
                                channel.write(page.clear(), 0);
                                channel.force(true);
                            }));
        } finally {
            Files.deleteIfExists(file);
        }
    }

    /** Many bytes and their sync. */
    private double write() throws IOException {
        Path file = Files.createTempFile(folder, ".cairn-", ".bytes");
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            var block = ByteBuffer.allocate(BLOCK);
            Sample sample =
                    Sample.of(
                            Math.max(3, times / 20),
                            () -> {
                                channel.write(block.clear(), 0);
                                channel.force(true);
                            });
            return (double) BLOCK / sample.median();
        } finally {
            Files.deleteIfExists(file);
        }
    }
}
