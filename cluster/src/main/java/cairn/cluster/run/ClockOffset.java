package cairn.cluster.run;

/**
 * How far the monotonic clock of another host is ahead of this one's, by questions and answers over
 * the pipe: the answer was read off at some time between the two, so that the quickest exchange
 * says it best, to half of what it took (Cristian 1989; NTP chooses its samples so, too).
 */
final class ClockOffset {

    /** More exchanges hardly find a quicker one. */
    private static final int EXCHANGES = 20;

    private long askedAt;
    private long quickest = Long.MAX_VALUE;
    private long ahead;
    private int exchanges;

    /** A question leaves, by this clock. */
    synchronized void asked(long now) {
        askedAt = now;
    }

    /** The answer to it arrived. */
    synchronized void answered(long theirs, long now) {
        exchanges++;
        long took = now - askedAt;
        if (took < quickest) {
            quickest = took;
            ahead = theirs - (askedAt + took / 2);
        }
    }

    /** Whether more questions would say no more. */
    synchronized boolean isKnown() {
        return exchanges >= EXCHANGES;
    }

    /** What is to be added to this clock's reading. */
    synchronized long aheadNanos() {
        return ahead;
    }

    /** How far that may be off; zero while nothing was asked. */
    synchronized long errorNanos() {
        return exchanges == 0 ? 0 : (quickest + 1) / 2;
    }
}
