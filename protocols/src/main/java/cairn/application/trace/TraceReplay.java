package cairn.application.trace;

import cairn.model.choice.Mix;
import cairn.model.computation.Computation;
import cairn.model.computation.Span;
import cairn.model.computation.Step;
import cairn.model.memory.Memory;

import java.util.Arrays;

/**
 * Ranks that each write the pages of a trace: in each interval the pages that the program wrote in
 * it, in the order of their addresses, each after a share of the interval's time that grows with
 * its stores. Neighbours in a ring exchange a value now and then, so that the ranks depend on each
 * other.
 *
 * <p>Layout: control variables on a page of their own, then the pages of the trace.
 */
public final class TraceReplay implements Computation {

    private static final int PAGE_BYTES = 4096;
    private static final long PHASE = 0;
    private static final long INTERVAL = 8;
    private static final long WHICH = 16;
    private static final long VALUE = 24;
    private static final long HEARD = 32;
    private static final int CONTROL_BYTES = 40;

    private static final int WRITE = 0;
    private static final int IDLE = 1;
    private static final int SEND = 2;
    private static final int RECEIVE = 3;
    private static final int FINISH = 4;

    private final TraceSettings settings;
    private final DirtyTrace trace;
    private final long[] storesOf;

    public TraceReplay(TraceSettings settings, DirtyTrace trace) {
        this.settings = settings;
        this.trace = trace;
        this.storesOf = new long[trace.intervals()];
        for (int interval = 0; interval < storesOf.length; interval++) {
            for (int which = 0; which < trace.dirty(interval); which++) {
                storesOf[interval] += trace.stores(interval, which);
            }
        }
    }

    @Override
    public String name() {
        return "trace";
    }

    @Override
    public int ranks() {
        return settings.ranks();
    }

    @Override
    public long memoryBytes() {
        return (1L + trace.pageCount()) * PAGE_BYTES;
    }

    @Override
    public Span control(int thread) {
        return new Span(0, CONTROL_BYTES);
    }

    @Override
    public void initialise(int rank, Memory memory) {
        memory.writeLong(VALUE, Mix.mix(rank + 1L));
        memory.writeLong(PHASE, begin(0));
    }

    /** The phase at the beginning of an interval. */
    private int begin(int interval) {
        return trace.dirty(interval) > 0 ? WRITE : IDLE;
    }

    @Override
    public Step next(int rank, int thread, Memory memory) {
        int interval = (int) memory.readLong(INTERVAL);
        return switch ((int) memory.readLong(PHASE)) {
            case WRITE -> {
                int which = (int) memory.readLong(WHICH);
                yield new Step.Compute(
                        share(interval, which), new Span(page(interval, which), Long.BYTES));
            }
            case IDLE -> new Step.Compute(settings.intervalNanos(), Span.NONE);
            case SEND -> new Step.Send((rank + 1) % settings.ranks(), new Span(VALUE, Long.BYTES));
            case RECEIVE ->
                    new Step.Receive(
                            (rank + settings.ranks() - 1) % settings.ranks(),
                            new Span(HEARD, Long.BYTES));
            default -> new Step.Finish(memory.readLong(VALUE));
        };
    }

    /** The time of a page's stores, as part of that of all in the interval. */
    private long share(int interval, int which) {
        return Math.round(
                (double) settings.intervalNanos()
                        * trace.stores(interval, which)
                        / storesOf[interval]);
    }

    private long page(int interval, int which) {
        return (1L + trace.page(interval, which)) * PAGE_BYTES;
    }

    @Override
    public void perform(int rank, int thread, Step step, int from, Memory memory) {
        int interval = (int) memory.readLong(INTERVAL);
        int next =
                switch ((int) memory.readLong(PHASE)) {
                    case WRITE -> write(interval, memory);
                    case IDLE -> end(interval, memory);
                    case SEND -> RECEIVE;
                    case RECEIVE -> {
                        memory.writeLong(
                                VALUE, Mix.fold(memory.readLong(VALUE), memory.readLong(HEARD)));
                        yield following(interval, memory);
                    }
                    default -> throw new IllegalStateException("no step after the last");
                };
        memory.writeLong(PHASE, next);
    }

    private int write(int interval, Memory memory) {
        int which = (int) memory.readLong(WHICH);
        long page = page(interval, which);
        long value = memory.readLong(VALUE);
        long mixed = Mix.fold(memory.readLong(page), value);
        memory.writeLong(page, mixed);
        memory.writeLong(VALUE, Mix.fold(value, mixed));
        memory.writeLong(WHICH, which + 1L);
        return which + 1 < trace.dirty(interval) ? WRITE : end(interval, memory);
    }

    private int end(int interval, Memory memory) {
        boolean exchanges =
                settings.exchangeEvery() > 0 && (interval + 1) % settings.exchangeEvery() == 0;
        return exchanges ? SEND : following(interval, memory);
    }

    private int following(int interval, Memory memory) {
        memory.writeLong(INTERVAL, interval + 1L);
        memory.writeLong(WHICH, 0);
        return interval + 1 < trace.intervals() ? begin(interval + 1) : FINISH;
    }

    @Override
    public boolean accepts(long[] results, long[] reference) {
        return Arrays.equals(results, reference);
    }
}
