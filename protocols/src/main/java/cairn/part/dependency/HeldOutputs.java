package cairn.part.dependency;

import cairn.model.Fact;
import cairn.model.Outbox;
import cairn.part.ByteReader;
import cairn.part.ByteWriter;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Predicate;

/** HeldOutputs in order, each held back until what it depends on cannot be lost. */
public final class HeldOutputs {

    private final int rank;
    private final Deque<Output> waiting = new ArrayDeque<>();

    /**
     * An output.
     *
     * @param vector the states that it depends on, in families that know them
     * @param determinants those that too few held when it came
     */
    public record Output(
            long number, long value, DependencyVector vector, List<Determinant> determinants) {
        public Output {
            determinants = List.copyOf(determinants);
        }
    }

    public HeldOutputs(int rank) {
        this.rank = rank;
    }

    public void add(Output output) {
        waiting.add(output);
    }

    public boolean isEmpty() {
        return waiting.isEmpty();
    }

    /** Lets go what may leave. */
    public void release(Predicate<Output> mayLeave, Outbox<?> out) {
        while (!waiting.isEmpty() && mayLeave.test(waiting.getFirst())) {
            Output output = waiting.removeFirst();
            out.claim(new Fact.Emitted(rank, output.number(), output.value()));
        }
    }

    public void clear() {
        waiting.clear();
    }

    public void save(ByteWriter state) {
        state.number(waiting.size());
        for (Output output : waiting) {
            state.number(output.number).number(output.value);
            output.vector.save(state);
            state.number(output.determinants.size());
            output.determinants.forEach(one -> one.save(state));
        }
    }

    public void restore(int ranks, ByteReader state) {
        waiting.clear();
        for (int left = state.count(); left > 0; left--) {
            waiting.add(
                    new Output(
                            state.number(),
                            state.number(),
                            DependencyVector.restore(ranks, state),
                            DeterminantStore.determinants(state)));
        }
    }
}
