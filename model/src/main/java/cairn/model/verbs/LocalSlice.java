package cairn.model.verbs;

/**
 * A range of a local region: one element of a gather or scatter list. Offsets count from the start
 * of the region.
 */
public record LocalSlice(int lkey, long offset, int length) {

    public LocalSlice {
        if (length < 0) {
            throw new IllegalArgumentException("a slice has a length of zero or more: " + length);
        }
    }
}
