package cairn.experiment.failures;

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
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;

/**
 * Failures in the layout of the data that Los Alamos National Laboratory published (LA-UR-05-7318):
 * CSV, plain or compressed by gzip, whose header names at least {@code System}, {@code nodenumz},
 * {@code Prob Started} and {@code Down Time} ({@code m/d/yyyy h:mm}, minutes).
 *
 * @param failures in the order of their times
 * @param leftOut how many rows were left out, by the reason
 */
public record FailureTrace(List<Failure> failures, Map<String, Integer> leftOut) {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("M/d/yyyy H:mm", Locale.ROOT);
    private static final int GZIP_MAGIC = 0x1f8b;

    public FailureTrace {
        failures = failures.stream().sorted(Comparator.comparingLong(Failure::atMinutes)).toList();
        leftOut = Map.copyOf(leftOut);
    }

    /** Reads a file; throws {@link UserMistake} if it cannot be read or has another layout. */
    public static FailureTrace read(Path file) {
        try (InputStream bytes = new BufferedInputStream(Files.newInputStream(file));
                BufferedReader lines =
                        new BufferedReader(
                                new InputStreamReader(
                                        isCompressed(bytes) ? new GZIPInputStream(bytes) : bytes,
                                        StandardCharsets.ISO_8859_1))) {
            return read(file.toString(), lines);
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

    private static FailureTrace read(String name, BufferedReader lines) throws IOException {
        String first = lines.readLine();
        List<String> header = first == null ? List.of() : cells(first);
        int system = column(name, header, "System");
        int node = column(name, header, "nodenumz");
        int started = column(name, header, "Prob Started");
        int down = column(name, header, "Down Time");
        var failures = new ArrayList<Failure>();
        var leftOut = new TreeMap<String, Integer>();
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            List<String> cells = cells(line);
            if (cells.size() < header.size()) {
                leftOut.merge("cells are missing", 1, Integer::sum);
                continue;
            }
            try {
                failures.add(
                        new Failure(
                                number("a system", cells.get(system)),
                                number("a node", cells.get(node)),
                                minutes(cells.get(started)),
                                number("a down time", cells.get(down))));
            } catch (IllegalArgumentException e) {
                leftOut.merge(String.valueOf(e.getMessage()), 1, Integer::sum);
            }
        }
        if (failures.isEmpty()) {
            throw new UserMistake(name + ": there is no failure in it");
        }
        return new FailureTrace(failures, leftOut);
    }

    private static int column(String name, List<String> header, String column) {
        int index = header.indexOf(column);
        if (index < 0) {
            throw new UserMistake(
                    name + ":1: a failure trace has a column '" + column + "' in its first line");
        }
        return index;
    }

    private static int number(String what, String cell) {
        try {
            int number = Integer.parseInt(cell.strip());
            if (number >= 0) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("not " + what, e);
        }
        throw new IllegalArgumentException("not " + what);
    }

    private static long minutes(String cell) {
        try {
            return LocalDateTime.parse(cell.strip(), TIME).toEpochSecond(ZoneOffset.UTC) / 60;
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException("not a time", e);
        }
    }

    /** The cells of a line; one in quotes may have commas. */
    private static List<String> cells(String line) {
        var cells = new ArrayList<String>();
        var cell = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c == '"') {
                quoted = !quoted;
            } else if (c == ',' && !quoted) {
                cells.add(cell.toString());
                cell.setLength(0);
            } else {
                cell.append(c);
            }
        }
        cells.add(cell.toString());
        return cells;
    }

    /** The failures of one system from one year on to before another. */
    public List<Failure> of(int system, int fromYear, int toYear) {
        long from = start(fromYear);
        long to = start(toYear);
        return failures.stream()
                .filter(failure -> failure.system() == system)
                .filter(failure -> failure.atMinutes() >= from && failure.atMinutes() < to)
                .toList();
    }

    private static long start(int year) {
        return LocalDateTime.of(year, 1, 1, 0, 0).toEpochSecond(ZoneOffset.UTC) / 60;
    }
}
