package cairn.application.ring;

/**
 * A ring and how long its token goes round.
 *
 * @param ranks how many ranks, two or more
 * @param rounds how often the token passes each rank, once or more
 * @param holdNanos how long a rank computes before it passes the token on
 * @param statePages pages of state of each rank, one or more, of which it changes one at each pass
 * @param outputEvery after how many passes a rank outputs the token's value; 0 for never
 */
public record RingSettings(int ranks, int rounds, long holdNanos, int statePages, int outputEvery) {

    /** Four ranks, a hundred rounds, ten microseconds and eight pages each. */
    public static final RingSettings DEFAULT = new RingSettings(4, 100, 10_000, 8, 10);

    public RingSettings {
        if (ranks < 2 || rounds < 1 || statePages < 1) {
            throw new IllegalArgumentException(
                    "two ranks, one round and one page, or more: "
                            + ranks
                            + ", "
                            + rounds
                            + ", "
                            + statePages);
        }
        if (holdNanos < 0 || outputEvery < 0) {
            throw new IllegalArgumentException("zero or more: " + holdNanos + ", " + outputEvery);
        }
    }
}
