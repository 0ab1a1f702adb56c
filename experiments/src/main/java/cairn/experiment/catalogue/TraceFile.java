package cairn.experiment.catalogue;

import cairn.application.trace.DirtyTrace;
import cairn.application.trace.TraceSettings;
import cairn.experiment.file.UserMistake;

import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;

/**
 * Reads traces of dirty pages: CSV, plain or compressed by gzip, with the header {@code
 * epoch,page,stores}. The page is a hexadecimal number, the others are decimal. docs/traces.md says
 * how one is recorded.
 */
final class TraceFile {

    private static final String HEADER = "epoch,page,stores";
    private static final int GZIP_MAGIC = 0x1f8b;

    private TraceFile() {}

    /** The trace that settings name; throws {@link UserMistake} if it cannot be read. */
    static DirtyTrace read(TraceSettings settings) {
        return settings.file().equals(TraceSettings.PHASES)
                ? DirtyTrace.phases()
                : read(Path.of(settings.file()));
    }

    static DirtyTrace read(Path file) {
        try (InputStream bytes = new BufferedInputStream(Files.newInputStream(file));
                BufferedReader lines =
                        new BufferedReader(
                                new InputStreamReader(
                                        isCompressed(bytes) ? new GZIPInputStream(bytes) : bytes,
                                        StandardCharsets.UTF_8))) {
            return read(file, lines);
        } catch (NoSuchFileException e) {
            throw new UserMistake(file + ": there is no such file");
        } catch (IOException e) {
            throw new UserMistake(file + ": cannot be read: " + e.getMessage());
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
