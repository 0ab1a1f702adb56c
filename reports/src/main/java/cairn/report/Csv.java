package cairn.report;

import java.io.IOException;
import java.io.Writer;
import java.util.List;

/** Text in the form of RFC 4180, each row ending with the hash of the configuration. */
final class Csv {
    private final Writer text;
    private final String hash;

    /** Rows that are written as they come. */
    Csv(Configuration configuration, Writer text) {
        this.text = text;
        this.hash = configuration.hash();
    }

    void head(List<String> fields) throws IOException {
        row(fields, "configuration");
    }

    void row(List<String> fields) throws IOException {
        row(fields, hash);
    }

    private void row(List<String> fields, String last) throws IOException {
        for (String field : fields) {
            append(field);
            text.append(',');
        }
        append(last);
        text.append("\r\n");
    }

    private void append(String field) throws IOException {
        boolean quoted =
                field.chars().anyMatch(c -> c == ',' || c == '"' || c == '\r' || c == '\n');
        if (quoted) {
            text.append('"').append(field.replace("\"", "\"\"")).append('"');
        } else {
            text.append(field);
        }
    }
}
