package cairn.verification;

import cairn.fault.strategy.Moments;
import cairn.model.Fact;
import cairn.model.Observation;
import cairn.simulator.Trace;

import org.jspecify.annotations.Nullable;

/** Writes down when durable effects, acknowledgements and sends take place. */
final class MomentWriter implements Trace {

    private final Moments moments;

    MomentWriter(Moments moments) {
        this.moments = moments;
    }

    @Override
    public void step(long at, Step step, int node, int peer, @Nullable Object what) {
        switch (step) {
            case SENT, POSTED, COMPLETED, PERSISTED, DISK -> moments.add(at);
            case DELIVERED, FIRED, COMPUTED, PAUSED, RESUMED, LOST -> {
                // What follows from these is a moment, if anything does.
            }
        }
    }

    @Override
    public void on(Observation observation) {
        switch (observation) {
            case Observation.Claimed(long at, var _, int _, Fact fact, long _, var _) -> {
                if (!(fact instanceof Fact.Applied || fact instanceof Fact.Doing)) {
                    moments.add(at);
                }
            }
            case Observation.Accessed(long at, var _) -> moments.add(at);
            case Observation.Released(long at, var _, int _, var _) -> moments.add(at);
            case Observation.Booted(long at, var _, int _) -> moments.add(at);
            case Observation.Ended _,
                    Observation.Invoked _,
                    Observation.Answered _,
                    Observation.Struck _,
                    Observation.Healed _ -> {
                // Nothing that a protocol did.
            }
        }
    }
}
