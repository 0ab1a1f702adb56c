package cairn.part.ensemble;

import cairn.model.Epoch;
import cairn.model.Fact;
import cairn.model.Outbox;

import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/** A rank's outputs, held back until the state behind them cannot be lost. */
final class Outputs {

    private final int rank;
    private final List<Output> pending = new ArrayList<>();
    private final NavigableMap<Epoch, Long> atCut = new TreeMap<>();

    /** One output that waits. */
    record Output(long number, long value) {}

    Outputs(int rank) {
        this.rank = rank;
    }

    void add(long number, long value) {
        pending.add(new Output(number, value));
    }

    List<Output> pending() {
        return List.copyOf(pending);
    }

    /** A checkpoint contains all outputs until now. */
    void cut(Epoch epoch, long count) {
        atCut.put(epoch, count);
    }

    /** A checkpoint is safe: what it contains may leave. */
    void commit(Epoch epoch, Outbox<?> out) {
        Long count = atCut.get(epoch);
        if (count != null) {
            release(count, out);
            atCut.headMap(epoch, true).clear();
        }
    }

    /** All that waits may leave. */
    void releaseAll(Outbox<?> out) {
        release(Long.MAX_VALUE, out);
    }

    private void release(long upTo, Outbox<?> out) {
        while (!pending.isEmpty() && pending.getFirst().number() <= upTo) {
            Output output = pending.removeFirst();
            out.claim(new Fact.Emitted(rank, output.number(), output.value()));
        }
    }

    /** What waited at a checkpoint waits again. */
    void restore(List<Output> outputs) {
        pending.clear();
        atCut.clear();
        pending.addAll(outputs);
    }
}
