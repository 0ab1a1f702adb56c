package cairn.part.transfer;

/** When the pages of a process move. */
public enum Form {
    /** While it stands still. */
    STOP_AND_COPY,
    /** While it runs, in rounds, each with what the one before left changed; the rest as above. */
    PRE_COPY,
    /** After it has gone on at its new place: those that it needs when it does, the others then. */
    POST_COPY
}
