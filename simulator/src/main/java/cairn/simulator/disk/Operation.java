package cairn.simulator.disk;

/** What was asked of a disk. */
sealed interface Operation {

    long token();

    @SuppressWarnings("ArrayRecordComponent")
    record Write(long token, String file, long offset, byte[] content) implements Operation {}

    record Sync(long token, String file) implements Operation {}

    record Rename(long token, String from, String to) implements Operation {}

    record Delete(long token, String file) implements Operation {}

    record SyncDirectory(long token) implements Operation {}

    record Read(long token, String file) implements Operation {}

    record ListNames(long token) implements Operation {}
}
