package cairn.report;

import java.util.List;

/** Text in the form of RFC 4180, each row ending with the hash of the configuration. */
final class Csv {
    private final StringBuilder text = new StringBuilder();
    private final String hash;

    Csv(Configuration configuration) {
        this.hash = configuration.hash();
    }

    void head(List<String> fields) {
        row(fields, "configuration");
    }

    void row(List<String> fields) {
        row(fields, hash);
    }

    private void row(List<String> fields, String last) {
        for (String field : fields) {
            append(field);
            text.append(',');
        }
        append(last);
        text.append("\r\n");
    }

    String text() {
        return text.toString();
    }

    private void append(String field) {
        boolean quoted =
                field.chars().anyMatch(c -> c == ',' || c == '"' || c == '\r' || c == '\n');
        if (quoted) {
            text.append('"').append(field.replace("\"", "\"\"")).append('"');
        } else {
            text.append(field);
        }
    }
}
