package cairn.model.computation;

import cairn.model.Message;
import cairn.model.Outbox;

import org.jspecify.annotations.Nullable;

import java.util.OptionalLong;

/** What a protocol does for the rank that it hosts. */
public interface Host<M extends Message> {

    /** The rank sends a message. */
    void send(Parcel parcel, Outbox<M> out);

    /**
     * The next message that the rank is to receive, which is then received; {@code null} if there
     * is none yet: the rank waits until {@link Rank#run} is called again.
     *
     * @param from of this rank, or of {@link Step.Receive#ANY}
     */
    @Nullable Parcel take(int from, Outbox<M> out);

    /** The rank has its how-manieth output; whether it may leave is the protocol's business. */
    void output(long number, long value, Outbox<M> out);

    /**
     * The rank reads its how-manieth input; empty if it has to wait for it: until {@link Rank#run}
     * is called again. A protocol that keeps no inputs asks the outside world, after a recovery
     * too.
     */
    default OptionalLong input(long number, Outbox<M> out) {
        return OptionalLong.of(out.input());
    }

    /**
     * The rank is about to store to a protected page. Returns whether the page is no longer
     * protected; if not, the rank stands still until {@link Rank#run} is called again.
     */
    default boolean unprotect(int page, Outbox<M> out) {
        throw new IllegalStateException("page " + page + " is protected, and nobody knows why");
    }

    /**
     * A device is about to store to a page, which protection does not see. Returns whether it may;
     * if not, the rank stands still until {@link Rank#run} is called again.
     */
    default boolean admitDevice(int page, Outbox<M> out) {
        return true;
    }

    /**
     * The rank is about to unmap a page and map it anew, after which it is not protected. Returns
     * whether it may; if not, the rank stands still until {@link Rank#run} is called again.
     */
    default boolean admitRemap(int page, Outbox<M> out) {
        return true;
    }

    /** Whether all of the rank's memory is here: else it runs while pages are still to arrive. */
    default boolean isWhole() {
        return true;
    }

    /** Whether a page is here; asked only while the memory is not whole. */
    default boolean hasArrived(int page) {
        return true;
    }

    /**
     * The rank needs a page that has not arrived, and stands still until {@link Rank#run} is called
     * again.
     */
    default void fetch(int page, Outbox<M> out) {
        throw new IllegalStateException("page " + page + " is absent, and nobody knows why");
    }

    /**
     * What {@link #take} would return, which stays; asked only while the memory is not whole, so
     * that a message is not received by a step that cannot be taken.
     */
    default @Nullable Parcel peek(int from) {
        throw new IllegalStateException("nobody looks ahead where nothing is absent");
    }
}
