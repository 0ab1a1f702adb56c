package cairn.model.verbs;

/**
 * A run of physical bytes. A list of extents translates offsets in a region to physical addresses
 * (PMU-4).
 */
public record Extent(long address, long length) {

    public Extent {
        if (address < 0 || length <= 0 || address + length < 0) {
            throw new IllegalArgumentException(
                    "an extent has an address of zero or more and a length of one or more: "
                            + address
                            + " + "
                            + length);
        }
    }

    /** The first address after the extent. */
    public long end() {
        return address + length;
    }
}
