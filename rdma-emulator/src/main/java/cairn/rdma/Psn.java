package cairn.rdma;

/** Packet sequence numbers: 24 bits on the wire, counted on without end inside. */
final class Psn {

    static final int MASK = 0xFFFFFF;

    private Psn() {}

    /** The full number nearest to {@code near} whose last 24 bits are {@code wire}. */
    static long near(long near, int wire) {
        return near + (((wire - (int) near) << 8) >> 8);
    }
}
