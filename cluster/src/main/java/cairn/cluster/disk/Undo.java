package cairn.cluster.disk;

import org.jspecify.annotations.Nullable;

/** How to take back one change that is not durable yet. */
sealed interface Undo {

    /** Bytes of a file were overwritten, or added; the file is known by its inode. */
    @SuppressWarnings("ArrayRecordComponent")
    record Overwritten(long inode, long offset, byte[] former, long formerLength) implements Undo {}

    /** A name was made. */
    record Created(String name) implements Undo {}

    /** A name was given in the place of another; {@code kept} holds what had it before. */
    record Renamed(String from, String to, @Nullable String kept) implements Undo {}

    /** A name was removed; {@code kept} holds what had it. */
    record Deleted(String name, String kept) implements Undo {}

    /** The bytes of a file are durable: what was noted of them before is settled. */
    record Synced(long inode) implements Undo {}

    /** A file has no name any more, and gets none back: what was noted of its bytes is void. */
    record Gone(long inode) implements Undo {}

    /** All names are durable. */
    record NamesSynced() implements Undo {}
}
