package cairn.simulator.kernel;

/**
 * One rung of the ladder: buckets of equal width, a power of two, over a span of time.
 *
 * <p>The rung owns the times from {@link #from()} to {@code spanEnd}; what lies before was handed
 * on to the rung below or to the bottom. The last bucket takes everything up to the end, however
 * wide.
 */
final class Rung {
    private final Chains chains;
    private int[] heads = new int[16];
    private int[] ends = new int[16];
    private int buckets;
    private int current;
    private int shift;
    private long start;
    private long from;
    private long spanEnd;

    Rung(Chains chains) {
        this.chains = chains;
    }

    /** Begins anew, empty: at {@code start}, with this many buckets of 2^shift nanoseconds. */
    void open(long start, int shift, int buckets, long spanEnd) {
        if (buckets > heads.length) {
            heads = new int[buckets];
            ends = new int[buckets];
        }
        this.start = start;
        this.shift = shift;
        this.buckets = buckets;
        this.spanEnd = spanEnd;
        from = start;
        current = 0;
    }

    /** The earliest time that still belongs to this rung. */
    long from() {
        return from;
    }

    /** Adds a pair at {@link #from()} or later. */
    void add(long time, long ticket) {
        int bucket = (int) Math.min((time - start) >>> shift, buckets - 1);
        int position = chains.room(ends[bucket]);
        if (heads[bucket] == 0) {
            heads[bucket] = Chains.head(position);
        }
        chains.put(position, time, ticket);
        ends[bucket] = position + 2;
    }

    /** Moves to the next bucket that is not empty; false if there is none and the rung is done. */
    boolean seek() {
        while (current < buckets) {
            if (heads[current] != 0) {
                return true;
            }
            current++;
        }
        from = spanEnd;
        return false;
    }

    /** Whether all buckets were handed over. */
    boolean isSpent() {
        return current == buckets;
    }

    /** The head of the current bucket's chain. */
    int head() {
        return heads[current];
    }

    /** The end of the current bucket's chain. */
    int end() {
        return ends[current];
    }

    /** Forgets the current bucket's pairs and gives its span away. Answers where the span ends. */
    long handOver() {
        heads[current] = 0;
        ends[current] = 0;
        current++;
        from = current == buckets ? spanEnd : start + ((long) current << shift);
        return from;
    }

    /** As {@link #handOver}, but keeps the span of the bucket from {@code time} on. */
    void handOverBefore(long time) {
        heads[current] = 0;
        ends[current] = 0;
        from = time;
    }
}
