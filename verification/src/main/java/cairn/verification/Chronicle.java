package cairn.verification;

import cairn.model.NodeId;
import cairn.model.Observation;
import cairn.model.fault.Fault;
import cairn.simulator.Recorder;
import cairn.simulator.Trace;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/**
 * Everything that happened in a run, in order: for stories and drawings. Of a run that goes on and
 * on only the first steps are kept; it says no more by its last million than by the first.
 */
final class Chronicle implements Trace {

    private static final int MOST = 2_000_000;

    private final List<Entry> entries = new ArrayList<>();
    private final Recorder text;

    /** Something that happened: an observation, or a step between two. */
    sealed interface Entry {
        long at();
    }

    /** Something that was observed. */
    record Seen(Observation observation) implements Entry {
        @Override
        public long at() {
            return observation.at();
        }
    }

    /** A step of a machine; the peer is -1 where there is none. */
    record Stepped(long at, Step step, int node, int peer, @Nullable Object what)
            implements Entry {}

    Chronicle(List<String> roles) {
        text = new Recorder(roles);
    }

    @Override
    public void on(Observation observation) {
        if (entries.size() == MOST) {
            return;
        }
        entries.add(new Seen(observation));
        text.on(observation);
    }

    @Override
    public void step(long at, Step step, int node, int peer, @Nullable Object what) {
        if (entries.size() == MOST) {
            return;
        }
        entries.add(new Stepped(at, step, node, peer, what));
        text.step(at, step, node, peer, what);
    }

    int size() {
        return entries.size();
    }

    Entry entry(int index) {
        return entries.get(index);
    }

    /** The machine at which an entry happens; the first one of a fault that strikes several. */
    static int place(Entry entry) {
        return switch (entry) {
            case Stepped stepped -> stepped.node();
            case Seen(var observation) -> place(observation).index();
        };
    }

    private static NodeId place(Observation observation) {
        return switch (observation) {
            case Observation.Booted booted -> booted.node();
            case Observation.Ended ended -> ended.node();
            case Observation.Claimed claimed -> claimed.node();
            case Observation.Invoked invoked -> invoked.request().client();
            case Observation.Answered answered -> answered.response().client();
            case Observation.Released released -> released.node();
            case Observation.Accessed accessed -> accessed.access().target();
            case Observation.Struck struck -> place(struck.fault());
            case Observation.Healed healed -> place(healed.fault());
        };
    }

    private static NodeId place(Fault fault) {
        return switch (fault) {
            case Fault.OfNode of -> of.node();
            case Fault.OfDomain of -> of.nodes().getFirst();
            case Fault.OfLink of -> of.to();
        };
    }

    /** The entry as a line of text, its time first. */
    String line(int index) {
        return text.line(index);
    }
}
