package cairn.fault.strategy;

/**
 * Visits the numbers below a size once each, in an order of which every beginning is spread evenly:
 * a search that is stopped early has looked everywhere a little.
 */
final class EvenWalk {

    private static final double GOLDEN_RATIO = 0.6180339887498949;

    private final long size;
    private final long stride;
    private long visited;

    /** A walk over numbers below a size, itself below 2^31, so that no product overflows. */
    EvenWalk(long size) {
        if (size < 0 || size > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("a size lies in [0, 2^31): " + size);
        }
        this.size = size;
        long candidate = Math.max(1, Math.round((double) size * GOLDEN_RATIO));
        while (gcd(candidate, size) > 1) {
            candidate++;
        }
        this.stride = candidate;
    }

    private static long gcd(long one, long other) {
        return other == 0 ? one : gcd(other, one % other);
    }

    boolean hasNext() {
        return visited < size;
    }

    long next() {
        return visited++ * stride % size;
    }

    long visited() {
        return visited;
    }

    /** Takes so many as visited. */
    void skip(long before) {
        visited = before;
    }

    long left() {
        return size - visited;
    }
}
