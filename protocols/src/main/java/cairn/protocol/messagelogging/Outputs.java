package cairn.protocol.messagelogging;

import cairn.model.Fact;
import cairn.model.Outbox;
import cairn.part.ByteReader;
import cairn.part.ByteWriter;

import java.util.ArrayDeque;
import java.util.Deque;

/** Outputs that wait for a checkpoint that contains them: what left cannot be taken back. */
final class Outputs {

    private static final long NONE = -1;

    private final int rank;
    private final Deque<Output> waiting = new ArrayDeque<>();
    private long open = NONE;
    private long last;
    private long lastAtCut;

    private record Output(long number, long value) {}

    Outputs(int rank) {
        this.rank = rank;
    }

    void add(long number, long value) {
        waiting.add(new Output(number, value));
        last = number;
    }

    /** What waits now is part of a checkpoint. */
    void cut(long epoch) {
        open = epoch;
        lastAtCut = last;
    }

    /** Whether it is not known yet that all ranks have a checkpoint. */
    boolean isOpen(long epoch) {
        return open == epoch;
    }

    /** All ranks have a checkpoint: what it contains may leave. */
    void release(long epoch, Outbox<?> out) {
        if (open != epoch) {
            return;
        }
        open = NONE;
        while (!waiting.isEmpty() && waiting.getFirst().number() <= lastAtCut) {
            Output output = waiting.removeFirst();
            out.claim(new Fact.Emitted(rank, output.number(), output.value()));
        }
    }

    void clear() {
        waiting.clear();
        open = NONE;
        last = 0;
    }

    void save(ByteWriter state) {
        state.number(last).number(waiting.size());
        waiting.forEach(output -> state.number(output.number()).number(output.value()));
    }

    /** All that was restored is part of a checkpoint. */
    void restore(long epoch, ByteReader state) {
        clear();
        last = state.number();
        for (int left = state.count(); left > 0; left--) {
            waiting.add(new Output(state.number(), state.number()));
        }
        cut(epoch);
    }
}
