package cairn.fault;

/**
 * One recorded answer: what was asked, the how-manieth time (from zero), and what was answered.
 *
 * <p>As text: {@code loss n1>n2 #17 = 1}.
 */
public record Answer(String choice, long count, long value) {

    @Override
    public String toString() {
        return choice + " #" + count + " = " + value;
    }

    /**
     * Reads the text form; throws {@link IllegalArgumentException} with the line in its message.
     */
    public static Answer parse(String line) {
        int hash = line.lastIndexOf('#');
        int equals = line.lastIndexOf('=');
        if (hash < 2 || equals < hash) {
            throw new IllegalArgumentException(
                    "not an answer (want 'name #count = value'): " + line);
        }
        try {
            return new Answer(
                    line.substring(0, hash).strip(),
                    Long.parseLong(line.substring(hash + 1, equals).strip()),
                    Long.parseLong(line.substring(equals + 1).strip()));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    "not an answer (want 'name #count = value'): " + line, e);
        }
    }
}
