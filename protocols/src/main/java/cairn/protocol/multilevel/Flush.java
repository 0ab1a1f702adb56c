package cairn.protocol.multilevel;

import cairn.model.Epoch;
import cairn.part.ensemble.EnsembleMessage.Put;

import org.jspecify.annotations.Nullable;

/** How far a checkpoint of one rank is on its way to the parallel file system. */
final class Flush {

    private final Epoch epoch;
    private State state = State.COPIED;
    private @Nullable Put put;

    /** The states, in order. */
    enum State {
        /** It is on the own disk, from where it is being copied. */
        COPIED,
        /** The rank's part is durable in the file system; others' need not be. */
        FLUSHED,
        /** All parts are, and a mark that says so: whoever finds it finds a whole line. */
        SEALED
    }

    Flush(Epoch epoch) {
        this.epoch = epoch;
    }

    Epoch epoch() {
        return epoch;
    }

    State state() {
        return state;
    }

    /** What is sent to the file system; null while it is read from the own disk. */
    @Nullable Put put() {
        return put;
    }

    void read(Put content) {
        put = content;
    }

    void flushed() {
        state = State.FLUSHED;
        put = null;
    }

    void sealed() {
        state = State.SEALED;
    }
}
