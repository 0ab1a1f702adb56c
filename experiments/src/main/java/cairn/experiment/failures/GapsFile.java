package cairn.experiment.failures;

import cairn.experiment.file.Dimension;
import cairn.experiment.file.UserMistake;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Times between failures that were seen, as CSV: the first cell of each line is one, with its unit
 * ({@code 3.5 h}). A first line that does not begin with a digit is the header; empty lines and
 * lines that begin with {@code #} are passed over.
 */
public final class GapsFile {

    private GapsFile() {}

    /**
     * The gaps of a file, in nanoseconds and in its order, at least one. Throws {@link UserMistake}
     * with file and line if it cannot be read or a gap is no duration, or below zero.
     */
    public static List<Long> read(Path file) {
        List<Long> gaps = new ArrayList<>();
        List<String> lines = lines(file);
        for (int i = 0; i < lines.size(); i++) {
            String cell = lines.get(i).split(",", 2)[0].strip().replace("\"", "");
            boolean header = i == 0 && !cell.isEmpty() && !startsWithNumber(cell);
            if (!cell.isEmpty() && !cell.startsWith("#") && !header) {
                gaps.add(gap(file + ":" + (i + 1), cell));
            }
        }
        if (gaps.isEmpty()) {
            throw new UserMistake(file + ": there is no gap in it");
        }
        return gaps;
    }

    private static boolean startsWithNumber(String cell) {
        return "+-.0123456789".indexOf(cell.charAt(0)) >= 0;
    }

    private static long gap(String place, String cell) {
        long nanos;
        try {
            nanos = Dimension.DURATION.readWhole(cell);
        } catch (IllegalArgumentException e) {
            throw new UserMistake(place + ": " + e.getMessage());
        }
        if (nanos < 0) {
            throw new UserMistake(place + ": a gap is zero or more: '" + cell + "'");
        }
        return nanos;
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file, StandardCharsets.ISO_8859_1);
        } catch (NoSuchFileException e) {
            throw new UserMistake(file + ": there is no such file");
        } catch (IOException e) {
            throw new UserMistake(file + ": cannot be read: " + e.getMessage());
        }
    }
}
