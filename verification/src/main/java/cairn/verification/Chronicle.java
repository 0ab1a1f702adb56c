package cairn.verification;

import cairn.model.Observation;
import cairn.simulator.Recorder;
import cairn.simulator.Trace;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/** Everything that happened in a run, in order: for stories and drawings. */
final class Chronicle implements Trace {

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
        entries.add(new Seen(observation));
        text.on(observation);
    }

    @Override
    public void step(long at, Step step, int node, int peer, @Nullable Object what) {
        entries.add(new Stepped(at, step, node, peer, what));
        text.step(at, step, node, peer, what);
    }

    int size() {
        return entries.size();
    }

    Entry entry(int index) {
        return entries.get(index);
    }

    /** The entry as a line of text, its time first. */
    String line(int index) {
        return text.line(index);
    }
}
