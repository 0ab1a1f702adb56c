package cairn.protocol.multilevel;

/** Where a rank takes the copy from that goes to its partner. */
public enum CopiedFrom {
    /** Its memory: the copy is on its way while the rank's own disk writes. */
    MEMORY,
    /**
     * Its own disk, when the image is durable there: as a library copies files that applications
     * have written themselves (SCR). Own disk and partner's then write, read and write again, one
     * after the other.
     */
    DISK
}
