package cairn.application.stencil;

import cairn.model.choice.Mix;
import cairn.model.computation.Computation;
import cairn.model.computation.Span;
import cairn.model.computation.Step;
import cairn.model.memory.Memory;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Jacobi iteration on a grid of doubles: each point becomes the mean of its four neighbours, and
 * the border of the grid stays as it is. The rows are dealt out to the ranks; in each iteration a
 * rank sends its first and last row to its neighbours, receives theirs, and computes row by row
 * from one copy of its rows into the other.
 *
 * <p>Layout: control variables on a page of their own, then two copies of the rows, each with a row
 * of the neighbour above and one of the neighbour below.
 */
public final class Stencil implements Computation {

    private static final VarHandle DOUBLES =
            MethodHandles.byteArrayViewVarHandle(double[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONGS =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private static final long PHASE = 0;
    private static final long ITERATION = 8;
    private static final int CONTROL_BYTES = 16;
    private static final long ROWS = 4096;

    // Phases of an iteration; those above compute row (phase - FIRST_ROW).
    private static final int SEND_UP = 0;
    private static final int SEND_DOWN = 1;
    private static final int RECEIVE_UP = 2;
    private static final int RECEIVE_DOWN = 3;
    private static final int FIRST_ROW = 4;

    private final StencilSettings settings;
    private final int rowBytes;

    public Stencil(StencilSettings settings) {
        this.settings = settings;
        this.rowBytes = settings.columns() * Double.BYTES;
    }

    @Override
    public String name() {
        return "stencil";
    }

    @Override
    public int ranks() {
        return settings.ranks();
    }

    @Override
    public long memoryBytes() {
        return ROWS + 2 * copyBytes();
    }

    private long copyBytes() {
        return (settings.rowsPerRank() + 2L) * rowBytes;
    }

    @Override
    public Span control(int thread) {
        return new Span(0, CONTROL_BYTES);
    }

    /** Where a row lies in the copy that an iteration reads; row 0 is the neighbour's above. */
    private long row(long iteration, int row) {
        return ROWS + (iteration & 1) * copyBytes() + (long) row * rowBytes;
    }

    @Override
    public void initialise(int rank, Memory memory) {
        memory.writeLong(PHASE, after(rank, -1));
        byte[] points = new byte[rowBytes];
        for (int i = 0; i < settings.rowsPerRank() + 2; i++) {
            long row = (long) rank * settings.rowsPerRank() + i;
            for (int column = 0; column < settings.columns(); column++) {
                double value = (Mix.fold(row, column) >>> 40) / (double) (1 << 24);
                DOUBLES.set(points, column * Double.BYTES, value);
            }
            memory.write(row(0, i), points, 0, rowBytes);
            memory.write(row(1, i), points, 0, rowBytes);
        }
    }

    @Override
    public Step next(int rank, int thread, Memory memory) {
        int phase = (int) memory.readLong(PHASE);
        long iteration = memory.readLong(ITERATION);
        int last = settings.rowsPerRank();
        return switch (phase) {
            case SEND_UP -> new Step.Send(rank - 1, new Span(row(iteration, 1), rowBytes));
            case SEND_DOWN -> new Step.Send(rank + 1, new Span(row(iteration, last), rowBytes));
            case RECEIVE_UP -> new Step.Receive(rank - 1, new Span(row(iteration, 0), rowBytes));
            case RECEIVE_DOWN ->
                    new Step.Receive(rank + 1, new Span(row(iteration, last + 1), rowBytes));
            default -> {
                int computed = phase - FIRST_ROW;
                if (computed < last) {
                    yield new Step.Compute(
                            settings.rowNanos(),
                            new Span(row(iteration + 1, computed + 1), rowBytes));
                }
                yield iteration < settings.iterations()
                        ? new Step.Output(digest(iteration, memory))
                        : new Step.Finish(digest(iteration, memory));
            }
        };
    }

    @Override
    public void perform(int rank, int thread, Step step, int from, Memory memory) {
        int phase = (int) memory.readLong(PHASE);
        long iteration = memory.readLong(ITERATION);
        if (phase >= FIRST_ROW && step instanceof Step.Compute) {
            relax(iteration, phase - FIRST_ROW + 1, memory);
        }
        int next = after(rank, phase);
        if (next == FIRST_ROW + settings.rowsPerRank()) {
            iteration++;
            memory.writeLong(ITERATION, iteration);
            if (iteration < settings.iterations() && !outputsAfter(iteration)) {
                next = after(rank, -1);
            }
        } else if (phase == FIRST_ROW + settings.rowsPerRank()) {
            next = after(rank, -1);
        }
        memory.writeLong(PHASE, next);
    }

    private boolean outputsAfter(long iteration) {
        return settings.outputEvery() > 0 && iteration % settings.outputEvery() == 0;
    }

    /** The phase after another; the first and the last rank have one neighbour only. */
    private int after(int rank, int phase) {
        int next = phase + 1;
        while (next < FIRST_ROW && !hasNeighbour(rank, next)) {
            next++;
        }
        return next;
    }

    private boolean hasNeighbour(int rank, int phase) {
        return (phase == SEND_UP || phase == RECEIVE_UP) ? rank > 0 : rank < settings.ranks() - 1;
    }

    /** Row by row: a rank spends its time here, and so do runs of every protocol. */
    private void relax(long iteration, int row, Memory memory) {
        byte[] here = load(row(iteration, row), memory);
        byte[] above = load(row(iteration, row - 1), memory);
        byte[] below = load(row(iteration, row + 1), memory);
        // The first and the last column stay as they are.
        byte[] target = here.clone();
        int last = target.length - Double.BYTES;
        for (int at = Double.BYTES; at < last; at += Double.BYTES) {
            double mean =
                    ((double) DOUBLES.get(above, at)
                                    + (double) DOUBLES.get(below, at)
                                    + (double) DOUBLES.get(here, at - Double.BYTES)
                                    + (double) DOUBLES.get(here, at + Double.BYTES))
                            / 4;
            DOUBLES.set(target, at, mean);
        }
        memory.write(row(iteration + 1, row), target, 0, target.length);
    }

    private byte[] load(long row, Memory memory) {
        byte[] bytes = new byte[rowBytes];
        memory.read(row, bytes, 0, rowBytes);
        return bytes;
    }

    /** A digest of the rank's own rows, to the last bit. */
    private long digest(long iteration, Memory memory) {
        long digest = iteration;
        for (int row = 1; row <= settings.rowsPerRank(); row++) {
            byte[] points = load(row(iteration, row), memory);
            for (int at = 0; at < points.length; at += Double.BYTES) {
                digest = Mix.fold(digest, (long) LONGS.get(points, at));
            }
        }
        return digest;
    }

    @Override
    public boolean accepts(long[] results, long[] reference) {
        return Arrays.equals(results, reference);
    }
}
