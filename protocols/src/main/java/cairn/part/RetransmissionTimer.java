package cairn.part;

/**
 * When what one peer has not acknowledged is sent to it again, in ticks of the owner. A timer that
 * is shorter than the round trip doubles the traffic of a network that is slow already, until
 * nothing else gets through; so this one follows the network.
 *
 * <p>It runs out when nothing has been acknowledged for twice the last round trip that was
 * measured, two ticks at least; then after twice as long, and so on up to 64 ticks, since what
 * delays the answer may be the repeats. What was sent twice is not measured: nobody knows which of
 * the two was answered, so the time waited last stays (V. Jacobson, <i>Congestion Avoidance and
 * Control</i>, 1988; P. Karn and C. Partridge, <i>Improving Round-Trip Time Estimates</i>, 1987;
 * RFC 6298).
 */
public final class RetransmissionTimer {

    private static final int MOST_TICKS = 64;
    private static final long NONE = 0;

    private long newest = NONE;
    private long suspected = NONE;
    private int wait = 1;
    private int quiet;
    // The one whose round trip is being measured, and how many ticks ago it was sent.
    private long measured = NONE;
    private int age;

    /** Something was sent for the first time. */
    public void sent(long number) {
        newest = number;
        if (measured == NONE) {
            measured = number;
            age = 0;
        }
    }

    /** Something up to this number was acknowledged for the first time. */
    public void acknowledged(long number) {
        quiet = 0;
        if (measured != NONE && number >= measured) {
            // What is awaited at a tick was sent before the one before it, which makes one more.
            wait = Math.clamp(2L * age - 1, 1, MOST_TICKS);
            measured = NONE;
        }
    }

    /**
     * A tick has passed.
     *
     * @param isAwaited whether something that was sent before the last tick is not acknowledged
     * @return whether it is to be sent again
     */
    public boolean tick(boolean isAwaited) {
        age++;
        quiet = isAwaited ? quiet + 1 : 0;
        if (quiet < wait) {
            return false;
        }
        quiet = 0;
        wait = Math.min(2 * wait, MOST_TICKS);
        measured = NONE;
        suspected = newest;
        return true;
    }

    /**
     * Whether something was on its way when the time ran out. What was lost may have been lost
     * together, so each is sent again as soon as the one before it has arrived; all at once would
     * fill a network that is only slow.
     */
    public boolean suspects(long number) {
        return number <= suspected;
    }
}
