package cairn.part;

import cairn.model.computation.Parcel;
import cairn.model.computation.Step;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/** The messages that arrived for a rank and that it has not received, in order of arrival. */
public final class Inbox {

    private final List<Parcel> waiting = new ArrayList<>();

    /** Adds messages in the order in which they arrived. */
    public void add(List<Parcel> parcels) {
        waiting.addAll(parcels);
    }

    /**
     * Removes and returns the first message of a rank, or of {@link Step.Receive#ANY}; {@code null}
     * if there is none.
     */
    public @Nullable Parcel take(int from) {
        for (int i = 0; i < waiting.size(); i++) {
            if (from == Step.Receive.ANY || waiting.get(i).from() == from) {
                return waiting.remove(i);
            }
        }
        return null;
    }

    /** The message that {@link #take} would return, which stays. */
    public @Nullable Parcel peek(int from) {
        for (Parcel each : waiting) {
            if (from == Step.Receive.ANY || each.from() == from) {
                return each;
            }
        }
        return null;
    }

    /** What is there now, in order of arrival: the state of the channels, for a checkpoint. */
    public List<Parcel> content() {
        return List.copyOf(waiting);
    }

    public void clear() {
        waiting.clear();
    }
}
