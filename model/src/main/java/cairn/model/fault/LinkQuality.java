package cairn.model.fault;

/**
 * What a link does to what it carries.
 *
 * @param loss probability that a packet is lost
 * @param duplication probability that a packet arrives twice
 * @param reordering probability that a packet is held back, so that later ones overtake it
 * @param corruption probability that a packet's bits flip; the receiver's checksum finds it and
 *     drops the packet
 * @param extraDelayNanos added to the latency of each packet
 * @param bytesPerNano what passes in a nanosecond, one packet after the other, whatever the ports
 *     at both ends could do; infinity for no less than they can, 1e-9 or a byte a second at the
 *     least, since the longest message takes 68 years then, and a time in nanoseconds ends at 292
 */
public record LinkQuality(
        double loss,
        double duplication,
        double reordering,
        double corruption,
        long extraDelayNanos,
        double bytesPerNano) {

    /** Nothing is lost, doubled, reordered, corrupted, delayed or held up. */
    public static final LinkQuality PERFECT = new LinkQuality(0, 0, 0, 0, 0);

    private static final double LEAST_BYTES_PER_NANO = 1e-9;

    public LinkQuality {
        check("loss", loss);
        check("duplication", duplication);
        check("reordering", reordering);
        check("corruption", corruption);
        if (extraDelayNanos < 0) {
            throw new IllegalArgumentException("a delay must not be negative: " + extraDelayNanos);
        }
        if (!(bytesPerNano >= LEAST_BYTES_PER_NANO)) {
            throw new IllegalArgumentException(
                    "a link carries a byte a second or more: " + bytesPerNano);
        }
    }

    /** As wide as the ports at its ends. */
    public LinkQuality(
            double loss,
            double duplication,
            double reordering,
            double corruption,
            long extraDelayNanos) {
        this(loss, duplication, reordering, corruption, extraDelayNanos, Double.POSITIVE_INFINITY);
    }

    /** Whether it carries less than the ports at its ends. */
    public boolean isNarrow() {
        return bytesPerNano < Double.POSITIVE_INFINITY;
    }

    private static void check(String name, double probability) {
        if (!(probability >= 0 && probability <= 1)) {
            throw new IllegalArgumentException(
                    name + " is a probability in [0, 1]: " + probability);
        }
    }
}
