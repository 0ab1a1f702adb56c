package cairn.model.fault;

import cairn.model.NodeId;

import org.jspecify.annotations.Nullable;

/** When something is to go wrong. */
public sealed interface Trigger {

    /** At a time, in nanoseconds since the start. */
    record At(long nanos) implements Trigger {
        public At {
            if (nanos < 0) {
                throw new IllegalArgumentException("a run starts at zero: " + nanos);
            }
        }
    }

    /**
     * At the how-manieth moment of a kind, such as the third completion of a flush.
     *
     * @param node where the moment must be; {@code null} for anywhere
     */
    record OnMoment(Moment moment, long count, @Nullable NodeId node) implements Trigger {
        public OnMoment {
            if (count < 1) {
                throw new IllegalArgumentException("moments are counted from one: " + count);
            }
        }
    }
}
