package cairn.report;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The rows of a CSV file after RFC 4180, one after the other. */
public final class CsvRows implements AutoCloseable {

    private static final int END = -1;

    private final BufferedReader in;

    public CsvRows(Path file) throws IOException {
        this.in = Files.newBufferedReader(file, StandardCharsets.UTF_8);
    }

    /** The fields of the next row; empty if there is none. */
    public List<String> next() throws IOException {
        var fields = new ArrayList<String>();
        var field = new StringBuilder();
        boolean quoted = false;
        for (int letter = in.read(); letter != END; letter = in.read()) {
            if (quoted) {
                if (letter != '"') {
                    field.append((char) letter);
                } else if (isNext('"')) {
                    field.append((char) in.read());
                } else {
                    quoted = false;
                }
            } else if (letter == '"') {
                quoted = true;
            } else if (letter == ',') {
                fields.add(field.toString());
                field.setLength(0);
            } else if (letter == '\n') {
                fields.add(field.toString());
                return fields;
            } else if (letter != '\r') {
                field.append((char) letter);
            }
        }
        return List.of();
    }

    private boolean isNext(char wanted) throws IOException {
        in.mark(1);
        int letter = in.read();
        in.reset();
        return letter == wanted;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
