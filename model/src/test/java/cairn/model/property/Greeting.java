package cairn.model.property;

import cairn.model.computation.Computation;
import cairn.model.computation.Span;
import cairn.model.computation.Step;
import cairn.model.memory.Memory;

import java.util.Arrays;

/** Rank 0 sends a number to rank 1; both come to 7. */
final class Greeting implements Computation {

    static final long RESULT = 7;

    @Override
    public String name() {
        return "greeting";
    }

    @Override
    public int ranks() {
        return 2;
    }

    @Override
    public long memoryBytes() {
        return 16;
    }

    @Override
    public Span control(int thread) {
        return new Span(0, Long.BYTES);
    }

    @Override
    public void initialise(int rank, Memory memory) {
        memory.writeLong(Long.BYTES, rank == 0 ? RESULT : 0);
    }

    @Override
    public Step next(int rank, int thread, Memory memory) {
        if (memory.readLong(0) == 1) {
            return new Step.Finish(memory.readLong(Long.BYTES));
        }
        Span number = new Span(Long.BYTES, Long.BYTES);
        return rank == 0 ? new Step.Send(1, number) : new Step.Receive(0, number);
    }

    @Override
    public void perform(int rank, int thread, Step step, int from, Memory memory) {
        memory.writeLong(0, 1);
    }

    @Override
    public boolean accepts(long[] results, long[] reference) {
        return Arrays.equals(results, reference);
    }
}
