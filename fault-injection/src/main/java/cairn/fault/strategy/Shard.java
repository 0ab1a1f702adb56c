package cairn.fault.strategy;

/**
 * One machine's part of a search that several share: every {@code of}-th attempt, beginning with
 * number {@code index}.
 *
 * @param index from zero
 */
public record Shard(int index, int of) {

    /** The whole search. */
    public static final Shard WHOLE = new Shard(0, 1);

    public Shard {
        if (of < 1 || index < 0 || index >= of) {
            throw new IllegalArgumentException(
                    "a shard is one of so many, from zero: " + index + " of " + of);
        }
    }

    /** The number, in the whole search, of an attempt of this part. */
    public long global(long own) {
        return own * of + index;
    }

    /** Whether a number of the whole search belongs to this part. */
    boolean has(long number) {
        return number % of == index;
    }
}
