package cairn.protocol.logging;

import cairn.model.Outbox;
import cairn.model.computation.Parcel;

/** What a scheme needs of the rank that it serves. */
interface Site {

    int self();

    int ranks();

    /** The life of a rank as far as it is known here; the own one is. */
    long life(int rank);

    /** How many messages of a rank have arrived here. */
    long arrived(int from);

    /** A message that was taken from a log has arrived, again. */
    void arrivedAgain(Parcel parcel);

    /** Tells a sender how far its messages have come. */
    void acknowledge(int sender, Outbox<LoggingMessage> out);

    /** What is on the disk is known: others may be answered. */
    void remembers();

    /** Tells all others that a life begins here. */
    void announce(Outbox<LoggingMessage> out);

    /** The rank may run. */
    void ready(Outbox<LoggingMessage> out);

    /** Something that the rank or a message waited for is there. */
    void goOn(Outbox<LoggingMessage> out);

    /** Begins a new life in the state of the newest checkpoint. */
    void goBack(Outbox<LoggingMessage> out);

    void send(int to, LoggingMessage message, Outbox<LoggingMessage> out);
}
