package cairn.application.wandering;

/**
 * How many messages wander, and how far.
 *
 * @param ranks how many ranks, two or more
 * @param messages how many messages each rank lets go at first, one or more
 * @param hops how often each is passed on, zero or more
 * @param contentBytes bytes of a message, 24 or more
 * @param workNanos how long a rank computes on each message, on average
 * @param statePages pages of state of each rank, one or more, of which it changes one at each
 *     message
 * @param inputEvery with how many messages a rank reads an input, which it mixes into its state;
 *     zero for never
 */
public record WanderingSettings(
        int ranks,
        int messages,
        int hops,
        int contentBytes,
        long workNanos,
        int statePages,
        int inputEvery) {

    /**
     * Four ranks, four messages each, 50 hops, 64 bytes, five microseconds, eight pages, no input.
     */
    public static final WanderingSettings DEFAULT = new WanderingSettings(4, 4, 50, 64, 5_000, 8);

    /** Without inputs. */
    public WanderingSettings(
            int ranks, int messages, int hops, int contentBytes, long workNanos, int statePages) {
        this(ranks, messages, hops, contentBytes, workNanos, statePages, 0);
    }

    /** The same, with an input at every so many messages. */
    public WanderingSettings withInputs(int every) {
        return new WanderingSettings(
                ranks, messages, hops, contentBytes, workNanos, statePages, every);
    }

    public WanderingSettings {
        if (ranks < 2 || messages < 1 || hops < 0 || statePages < 1) {
            throw new IllegalArgumentException(
                    "two ranks, one message, no hop and one page, or more: "
                            + ranks
                            + ", "
                            + messages
                            + ", "
                            + hops
                            + ", "
                            + statePages);
        }
        if (contentBytes < 24 || contentBytes > 4_096 || workNanos < 0 || inputEvery < 0) {
            throw new IllegalArgumentException(
                    "24 to 4,096 bytes, and zero time and inputs or more: "
                            + contentBytes
                            + ", "
                            + workNanos
                            + ", "
                            + inputEvery);
        }
    }
}
