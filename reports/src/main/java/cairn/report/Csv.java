package cairn.report;

import java.util.List;

/** Text in the form of RFC 4180. */
final class Csv {
    private final StringBuilder text = new StringBuilder();

    void row(List<String> fields) {
        for (int i = 0; i < fields.size(); i++) {
            if (i > 0) {
                text.append(',');
            }
            append(fields.get(i));
        }
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
