package cairn.protocol.snapshots;

import cairn.model.Message;

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

    /** To the storage. */
    sealed interface ToStorage extends SnapshotsMessage {}

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

    // ---- instance to storage

    /** Asks to lead under a term, and for the newest snapshot. */
    record Take(long term, int incarnation) implements ToStorage {}

    /**
     * Some sections of a snapshot.
     *
     * @param acknowledged the newest snapshot that the sender knows to be sealed
     * @param content the pages; nobody changes them
     */
    @SuppressWarnings("ArrayRecordComponent")
    record Sections(long term, long epoch, long acknowledged, int index, byte[] content)
            implements ToStorage {
        @Override
        public int bytes() {
            return 48 + content.length;
        }

        @Override
        public String toString() {
            return "Sections[t" + term + " e" + epoch + " #" + index + "]";
        }
    }

    /** All sections are there: asks to seal the snapshot. */
    record Seal(long term, long epoch, Registers registers, long checksum) implements ToStorage {
        @Override
        public int bytes() {
            return 40 + Registers.BYTES;
        }
    }

    // ---- storage to instance

    /** The newest whole snapshot, for who may lead from now on; epoch zero if there is none. */
    @SuppressWarnings("ArrayRecordComponent")
    record Restored(long term, int incarnation, long epoch, Registers registers, byte[] content)
            implements ToInstance {
        @Override
        public int bytes() {
            return 48 + Registers.BYTES + content.length;
        }

        @Override
        public String toString() {
            return "Restored[t" + term + " e" + epoch + "]";
        }
    }

    /** Some sections were written. */
    record Received(long term, long epoch, int index) implements ToLeader {}

    /** A snapshot, and with it every older one of the term, is safe. */
    record Sealed(long term, long epoch) implements ToLeader {}

    /** Not all sections of a snapshot are there any more: another one is needed. */
    record Lost(long term, long epoch) implements ToLeader {}

    /** Another instance leads, under a higher term. */
    record Fenced(long highest) implements ToInstance {}
}
