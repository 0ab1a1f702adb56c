package cairn.model.computation;

/**
 * A range of a rank's memory.
 *
 * @param address its first byte
 * @param length in bytes; zero for nothing
 */
public record Span(long address, int length) {

    public static final Span NONE = new Span(0, 0);

    public Span {
        if (address < 0 || length < 0) {
            throw new IllegalArgumentException("not a range: " + address + " +" + length);
        }
    }
}
