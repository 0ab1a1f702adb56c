package cairn.protocol.logging;

import cairn.model.Event;
import cairn.model.Outbox;
import cairn.model.computation.Parcel;
import cairn.part.ByteReader;
import cairn.part.ByteWriter;
import cairn.protocol.logging.LoggingMessage.Baggage;

import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * How a family keeps what has arrived and in which order it was received, and how a rank gets that
 * back.
 */
interface Scheme {

    // ---- checkpoints

    void save(ByteWriter state);

    /** The rank is back where it had received so many messages. */
    void restore(long receipts, ByteReader state);

    /** The rank is at its beginning. */
    void begin();

    /** A cut was made: what comes from now on is not part of it. */
    void cut();

    /** Whether nothing can undo the state of the last cut. */
    boolean isCutSafe();

    /** The checkpoint of the last cut is durable. */
    void saved(long receipts, Outbox<LoggingMessage> out);

    // ---- recovery

    /** Finds out what was received after the checkpoint; at the end the site is ready. */
    void recover(Outbox<LoggingMessage> out);

    /** Where earlier lives of this rank ended. */
    Past past();

    /** The determinants of another rank that are held here. */
    List<Determinant> of(int rank);

    /** A rank began a life. Returns whether this rank had to go back because of that. */
    boolean learn(int rank, Past past, boolean isNew, Outbox<LoggingMessage> out);

    /** A rank answered what it holds of this one's determinants. */
    void told(int rank, List<Determinant> known, Outbox<LoggingMessage> out);

    /** Whether it still receives what it had received before it failed. */
    boolean isReplaying();

    // ---- messages

    /** Whether a message may be taken now; if not, it will be sent again. */
    boolean accepts(Baggage baggage);

    /** Takes what came with a message, taken before or not. */
    void unload(Baggage baggage);

    /** The next message of its sender arrived. */
    void arrived(Parcel parcel, Baggage baggage, Outbox<LoggingMessage> out);

    /** The next message that the rank may receive as its how-manieth. */
    @Nullable Parcel take(int from, long receipt, Outbox<LoggingMessage> out);

    /** Up to which number the messages of a sender have arrived as far as it may know. */
    long arrived(int from);

    /** Whether what arrives is safe without a checkpoint. */
    boolean isStableOnArrival();

    /** Whether something waits for a log. */
    boolean isLogging();

    /** Whether the rank may say what it knows. */
    boolean maySend();

    /** The states that the rank depends on now. */
    Vector vector();

    /** What a message to a rank carries. */
    Baggage baggage(int to, Outgoing.Copy copy, boolean isFirst);

    /** A rank has the messages up to a number. */
    void delivered(int to, long upTo);

    /** A rank needs its determinants up to a receipt no longer. */
    void giveUp(int rank, long receipts);

    void keep(int from, LoggingMessage.Keep keep, Outbox<LoggingMessage> out);

    void kept(int from, LoggingMessage.Kept kept, Outbox<LoggingMessage> out);

    void durable(int from, LoggingMessage.Durable durable, Outbox<LoggingMessage> out);

    // ---- outputs

    /** What an output depends on that is not safe yet. */
    List<Determinant> unsafe();

    boolean mayLeave(Outputs.Output output);

    /** Sees to it that what waiting outputs depend on becomes safe. */
    void commit(Outputs outputs, Outbox<LoggingMessage> out);

    // ---- time and disk

    void tick(Outbox<LoggingMessage> out);

    boolean owns(long tokenOrTimer);

    void fired(long timer, Outbox<LoggingMessage> out);

    void on(Event.OfDisk<LoggingMessage> event, Outbox<LoggingMessage> out);
}
