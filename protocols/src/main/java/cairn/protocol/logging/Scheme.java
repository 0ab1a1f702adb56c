package cairn.protocol.logging;

import cairn.model.Event;
import cairn.model.Outbox;
import cairn.model.computation.Parcel;
import cairn.part.ByteReader;
import cairn.part.ByteWriter;
import cairn.part.dependency.DependencyVector;
import cairn.part.dependency.Determinant;
import cairn.part.dependency.Held;
import cairn.part.dependency.HeldOutputs;
import cairn.part.dependency.Past;
import cairn.part.dependency.SenderLog;
import cairn.protocol.logging.LoggingMessage.Baggage;

import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * How a family keeps what has arrived and in which order it was received, and how a rank gets that
 * back. What a scheme says nothing of, it need not know.
 */
interface Scheme {

    // ---- checkpoints

    void save(ByteWriter state);

    /** The rank is back where it had received so many messages. */
    void restore(long receipts, ByteReader state);

    /** The rank is at its beginning. */
    void begin();

    /** A cut was made: what comes from now on is not part of it. */
    default void cut() {}

    /** Whether nothing can undo the state of the last cut. */
    default boolean isCutSafe() {
        return true;
    }

    /** The checkpoint of the last cut is durable. */
    void saved(long receipts, Outbox<LoggingMessage> out);

    // ---- recovery

    /** Finds out what was received after the checkpoint; at the end the site is ready. */
    void recover(Outbox<LoggingMessage> out);

    /** Whether nothing can undo that the present life began: until then nobody may hear of it. */
    default boolean isBorn() {
        return true;
    }

    /** Where earlier lives of this rank ended. */
    default Past past() {
        return Past.NONE;
    }

    /** The determinants of another rank that are held here, and those that go with them. */
    default List<Held> of(int rank) {
        return List.of();
    }

    /** A rank began a life. Returns whether this rank had to go back because of that. */
    boolean learn(int rank, Past past, boolean isNew, Outbox<LoggingMessage> out);

    /** A rank answered what it holds of this one's determinants, and what goes with them. */
    default void told(int rank, List<Held> known) {}

    /** All have answered, and nobody can come to hold more. */
    default void toldAll(Outbox<LoggingMessage> out) {}

    /** Whether it still receives what it had received before it failed. */
    boolean isReplaying();

    // ---- messages

    /** Whether the rank may come to depend on others; if not, what they say is held back. */
    default boolean listens() {
        return true;
    }

    /** Whether a message may be taken now; if not, it will be sent again. */
    default boolean accepts(Baggage baggage) {
        return true;
    }

    /** Takes what came with a message, taken before or not. */
    default void unload(Baggage baggage) {}

    /** The next message of its sender arrived. */
    void arrived(Parcel parcel, Baggage baggage, Outbox<LoggingMessage> out);

    /** The next message that the rank may receive as its how-manieth. */
    @Nullable Parcel take(int from, long receipt, Outbox<LoggingMessage> out);

    /** Up to which number the messages of a sender have arrived as far as it may know. */
    long arrived(int from);

    /** Whether what arrives is safe without a checkpoint. */
    default boolean isStableOnArrival() {
        return false;
    }

    /** Whether something waits for a log. */
    boolean isLogging();

    /** Whether the rank may say what it knows. */
    default boolean maySend() {
        return true;
    }

    /** The states that the rank depends on now. */
    DependencyVector vector();

    /** What a message to a rank carries. */
    Baggage baggage(int to, SenderLog.Copy copy, boolean isFirst);

    /** A rank has the messages up to a number. */
    default void delivered(int to, long upTo) {}

    /** A rank needs its determinants up to a receipt no longer. */
    default void giveUp(int rank, long receipts) {}

    /** The scheme of another rank says something. */
    void on(int from, LoggingMessage.OfScheme message, Outbox<LoggingMessage> out);

    // ---- outputs

    /** What an output depends on that is not safe yet. */
    default List<Determinant> unsafe() {
        return List.of();
    }

    boolean mayLeave(HeldOutputs.Output output);

    /** Sees to it that what waiting outputs depend on becomes safe. */
    void commit(HeldOutputs outputs, Outbox<LoggingMessage> out);

    // ---- time and disk

    void tick(Outbox<LoggingMessage> out);

    default boolean owns(long tokenOrTimer) {
        return false;
    }

    default void fired(long timer, Outbox<LoggingMessage> out) {
        throw new IllegalStateException("it has no timers: " + timer);
    }

    default void on(Event.OfDisk<LoggingMessage> event, Outbox<LoggingMessage> out) {
        throw new IllegalStateException("nothing is logged on this disk: " + event);
    }
}
