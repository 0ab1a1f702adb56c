package cairn.rdma;

import cairn.model.verbs.Transition;

/**
 * How long a requester waits for its peer to answer, and how often it sends again: so many times
 * after a silence or a loss, and so many times, or for ever, where the peer was not ready to
 * receive. Progress gives it all of that back.
 */
final class Patience {

    /** The count of retries that stands for no end of them (ibv_modify_qp(3)). */
    private static final int FOR_EVER = 7;

    private int retryCount;
    private int retriesLeft;
    private int rnrRetryCount;
    private int rnrRetriesLeft;
    private long timeoutNanos;
    private long deadlineNanos;

    void start(Transition.ReadyToSend attributes) {
        retryCount = attributes.retryCount();
        retriesLeft = retryCount;
        rnrRetryCount = attributes.rnrRetryCount();
        rnrRetriesLeft = rnrRetryCount;
        timeoutNanos =
                attributes.timeoutExponent() == 0 ? 0 : 4096L << attributes.timeoutExponent();
    }

    /** Whether a silence ends at all; an exponent of zero waits for ever. */
    boolean ends() {
        return timeoutNanos > 0;
    }

    /** The peer has all the time that there is for an answer, from this one on. */
    void waitFrom(long nanos) {
        deadlineNanos = nanos + timeoutNanos;
    }

    /** How much of that is left; zero when it is over. */
    long leftNanos(long now) {
        return Math.max(0, deadlineNanos - now);
    }

    /** The peer answered: everything begins anew. */
    void renew(long now) {
        retriesLeft = retryCount;
        rnrRetriesLeft = rnrRetryCount;
        waitFrom(now);
    }

    /** Whether to send again after a silence or a loss; it counts as done if so. */
    boolean triesAgain() {
        if (retriesLeft == 0) {
            return false;
        }
        retriesLeft--;
        return true;
    }

    /** Whether to send again to a peer that was not ready; it counts as done if so. */
    boolean triesAgainWhenReady() {
        if (rnrRetryCount == FOR_EVER) {
            return true;
        }
        if (rnrRetriesLeft == 0) {
            return false;
        }
        rnrRetriesLeft--;
        return true;
    }
}
