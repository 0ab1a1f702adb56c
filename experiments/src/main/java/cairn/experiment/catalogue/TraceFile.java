package cairn.experiment.catalogue;

import cairn.application.trace.DirtyTrace;
import cairn.application.trace.TraceSettings;
import cairn.experiment.file.UserMistake;

import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPInputStream;

/**
 * Reads traces of dirty pages: CSV, plain or compressed by gzip, with the header {@code
 * epoch,page,stores}. The page is a hexadecimal number, the others are decimal. docs/traces.md says
 * how one is recorded.
 */
final class TraceFile {

    private static final String HEADER = "epoch,page,stores";

    /** Recorded traces that come along; docs/traces.md says of what. */
    private static final List<String> RECORDED = List.of("sqlite-bank", "gzip-6", "jacobi-512");

    private static final int GZIP_MAGIC = 0x1f8b;

    private TraceFile() {}

    /** The trace that settings name; throws {@link UserMistake} if it cannot be read. */
    static DirtyTrace read(TraceSettings settings) {
        String name = settings.file();
        if (name.equals(TraceSettings.PHASES)) {
            return DirtyTrace.phases();
        }
        return RECORDED.contains(name) ? recorded(name) : read(Path.of(name));
    }

    private static DirtyTrace recorded(String name) {
        String file = "/cairn/experiment/traces/" + name + ".csv.gz";
        try (InputStream bytes = TraceFile.class.getResourceAsStream(file)) {
            if (bytes == null) {
                throw new IllegalStateException("the build has left out " + file);
            }
            return read(Path.of(name), new BufferedInputStream(bytes));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static DirtyTrace read(Path file) {
        try (InputStream bytes = new BufferedInputStream(Files.newInputStream(file))) {
            return read(file, bytes);
        } catch (NoSuchFileException e) {
            throw new UserMistake(file + ": there is no such file");
        } catch (IOException e) {
            throw new UserMistake(file + ": cannot be read: " + e.getMessage());
        }
    }

    private static DirtyTrace read(Path file, InputStream bytes) throws IOException {
        try (BufferedReader lines =
                new BufferedReader(
                        new InputStreamReader(
                                isCompressed(bytes) ? new GZIPInputStream(bytes) : bytes,
                                StandardCharsets.UTF_8))) {
            return read(file, lines);
        }
    }

    private static boolean isCompressed(InputStream bytes) throws IOException {
        bytes.mark(2);
        int magic = bytes.read() << 8 | bytes.read();
        bytes.reset();
        return magic == GZIP_MAGIC;
    }

    private static DirtyTrace read(Path file, BufferedReader lines) throws IOException {
        if (!HEADER.equals(lines.readLine())) {
            throw new UserMistake(file + ":1: a trace begins with the line '" + HEADER + "'");
        }
        DirtyTrace.Recording recording = new DirtyTrace.Recording();
        int number = 1;
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            number++;
            try {
                add(line, recording);
            } catch (IllegalArgumentException e) {
                throw new UserMistake(
                        file + ":" + number + ": not an epoch, a page and stores: '" + line + "'");
            }
        }
        if (number == 1) {
            throw new UserMistake(file + ": the trace has no rows");
        }
        return recording.toTrace();
    }

    private static void add(String line, DirtyTrace.Recording recording) {
        String[] fields = line.split(",", -1);
        if (fields.length != 3) {
            throw new IllegalArgumentException("three fields: " + fields.length);
        }
        recording.add(
                Integer.parseInt(fields[0]),
                Long.parseUnsignedLong(fields[1], 16),
                Long.parseLong(fields[2]));
    }
}
