package cairn.fault;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/**
 * The answers of a run as text, to be kept and replayed:
 *
 * <pre>
 * # protocol: rdma-pmem
 * # experiment: quickstart
 * # property: DUR
 * crash primary #0 = 1200345
 * loss n0&gt;n2 #17 = 1
 * </pre>
 *
 * @param header what the answers belong to, in order; keys without colon
 * @param answers the answers that were not calm
 */
public record Transcript(SequencedMap<String, String> header, List<Answer> answers) {

    public Transcript {
        SequencedMap<String, String> copy = new LinkedHashMap<>();
        for (Map.Entry<String, String> entry : header.entrySet()) {
            String key = entry.getKey();
            if (key.isBlank() || key.contains(":") || isBroken(key + entry.getValue())) {
                throw new IllegalArgumentException(
                        "a header is one line, its key without a colon: " + entry);
            }
            copy.put(key.strip(), entry.getValue().strip());
        }
        header = Collections.unmodifiableSequencedMap(copy);
        answers = List.copyOf(answers);
    }

    private static boolean isBroken(String text) {
        return text.indexOf('\n') >= 0 || text.indexOf('\r') >= 0;
    }

    /** The text, which {@link #parse} reads back. */
    public String text() {
        StringBuilder text = new StringBuilder();
        header.forEach((key, value) ->
                text.append("# ").append(key).append(": ").append(value).append('\n'));
        for (Answer answer : answers) {
            text.append(answer).append('\n');
        }
        return text.toString();
    }

    /**
     * Reads the text form; blank lines, and comments without a colon, are passed over. Throws
     * {@link IllegalArgumentException} with the number of the line in its message.
     */
    public static Transcript parse(String text) {
        SequencedMap<String, String> header = new LinkedHashMap<>();
        List<Answer> answers = new ArrayList<>();
        int number = 0;
        for (String line : text.lines().toList()) {
            number++;
            int colon = line.indexOf(':');
            if (line.startsWith("#")) {
                if (colon > 1 && !line.substring(1, colon).isBlank()) {
                    header.put(line.substring(1, colon).strip(), line.substring(colon + 1).strip());
                }
            } else if (!line.isBlank()) {
                try {
                    answers.add(Answer.parse(line));
                } catch (IllegalArgumentException e) {
                    throw new IllegalArgumentException("line " + number + ": " + e.getMessage(), e);
                }
            }
        }
        return new Transcript(header, answers);
    }
}
