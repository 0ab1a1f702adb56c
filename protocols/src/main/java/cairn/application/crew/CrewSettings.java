package cairn.application.crew;

/**
 * A crew and what it does.
 *
 * @param ranks how many ranks, two or more
 * @param threads threads of each rank, one or more
 * @param rounds how often each thread changes a page, once or more
 * @param workNanos the time that one change takes a core
 * @param statePages pages of each thread, one or more
 * @param hotPages how many of them are hot, from 1 to all
 * @param hotShare the share of changes that fall on the hot pages, 0 to 1
 * @param exchangeEvery after how many rounds the first threads of all ranks exchange values; 0 for
 *     never
 * @param remapEvery after how many rounds a thread maps its scratch page anew; 0 for never
 */
public record CrewSettings(
        int ranks,
        int threads,
        int rounds,
        long workNanos,
        int statePages,
        int hotPages,
        double hotShare,
        int exchangeEvery,
        int remapEvery) {

    /**
     * Four ranks of two threads: 500 rounds of 10 us over 64 pages, nine in ten on four of them.
     */
    public static final CrewSettings DEFAULT =
            new CrewSettings(4, 2, 500, 10_000, 64, 4, 0.9, 10, 50);

    public CrewSettings {
        if (ranks < 2 || threads < 1 || rounds < 1 || statePages < 1) {
            throw new IllegalArgumentException(
                    "two ranks, one thread, one round and one page, or more: "
                            + ranks
                            + ", "
                            + threads
                            + ", "
                            + rounds
                            + ", "
                            + statePages);
        }
        if (workNanos < 0 || exchangeEvery < 0 || remapEvery < 0) {
            throw new IllegalArgumentException(
                    "zero or more: " + workNanos + ", " + exchangeEvery + ", " + remapEvery);
        }
        if (hotPages < 1 || hotPages > statePages || !(hotShare >= 0 && hotShare <= 1)) {
            throw new IllegalArgumentException(
                    "one hot page to all, and a share of 0 to 1: " + hotPages + ", " + hotShare);
        }
    }
}
