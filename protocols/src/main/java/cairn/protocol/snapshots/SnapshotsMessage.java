package cairn.protocol.snapshots;

import cairn.model.Message;
import cairn.part.snapshot.StorageMessage;

/** What instances, their daemons and the storage say to each other. */
public sealed interface SnapshotsMessage extends Message {

    @Override
    default int bytes() {
        return 40;
    }

    /** To a daemon. */
    sealed interface ToDaemon extends SnapshotsMessage {}

    /** To an instance. */
    sealed interface ToInstance extends SnapshotsMessage {}

    /** To an instance that leads under a term; one of another term, late, does not concern it. */
    sealed interface ToLeader extends ToInstance {
        long term();
    }

    // ---- daemon to daemon

    /**
     * A daemon's own sign of life.
     *
     * @param term the highest term that it knows
     * @param leading whether its instance leads, or is about to
     * @param ready whether its instance could
     */
    record Beat(long term, boolean leading, boolean ready) implements ToDaemon {}

    // ---- daemon to instance

    /** Asks for a sign of life. */
    record Probe() implements ToInstance {}

    /** Asks an instance to lead under a term. */
    record Start(int incarnation, long term) implements ToInstance {}

    /** Asks for a snapshot. */
    record Trigger(long term) implements ToLeader {}

    /** Asks an instance to stop, and to leave nothing behind that is not sealed. */
    record Quiesce(long term) implements ToLeader {}

    /** Ends a process, even one whose application hangs. */
    record Kill(int incarnation) implements ToInstance {}

    // ---- instance to daemon

    /**
     * The answer to a probe, given by the process even if the application in it hangs.
     *
     * @param beats counted by the application, while it goes on
     * @param term the term under which it leads, or is about to; zero if it is idle
     * @param refusedBy the highest term that it was refused in favour of
     */
    record Alive(int incarnation, long beats, long term, long refusedBy) implements ToDaemon {}

    // ---- about snapshots, between instance and storage

    /** To or from the storage. */
    record OfStorage(StorageMessage carried) implements SnapshotsMessage, StorageMessage.Carrier {
        @Override
        public int bytes() {
            return carried.bytes();
        }

        /** As what it carries: timelines are about that. */
        @Override
        public String toString() {
            return carried.toString();
        }
    }
}
