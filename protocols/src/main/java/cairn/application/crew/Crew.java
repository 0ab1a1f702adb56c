package cairn.application.crew;

import cairn.model.choice.Mix;
import cairn.model.computation.Computation;
import cairn.model.computation.Span;
import cairn.model.computation.Step;
import cairn.model.memory.Memory;

import java.util.Arrays;

/**
 * Several threads in each rank, which change pages of their own, some hot and most cold. Every now
 * and then a thread maps its scratch page anew and begins to fill it again, and the first thread
 * passes its value round the ring of ranks. Nothing is left to chance: what a thread comes to does
 * not depend on when the others run, and the first one waits for them before it ends.
 *
 * <p>Layout: a page of control variables for each thread, a scratch page for each, and then their
 * pages of state, one thread after the other.
 */
public final class Crew implements Computation {

    private static final int PAGE_BYTES = 4096;
    private static final int PHASE = 0;
    private static final int ROUND = 8;
    private static final int VALUE = 16;
    private static final int HEARD = 24;
    private static final int CONTROL_BYTES = 32;

    /** How long the first thread waits before it looks again whether the others have ended. */
    private static final long LOOK_NANOS = 5_000;

    private static final long SHARES = 1 << 20;

    private static final int WORK = 0;
    private static final int REMAP = 1;
    private static final int FILL = 2;
    private static final int SEND = 3;
    private static final int RECEIVE = 4;
    private static final int WAIT = 5;
    private static final int END = 6;

    private final CrewSettings settings;

    public Crew(CrewSettings settings) {
        this.settings = settings;
    }

    @Override
    public String name() {
        return "crew";
    }

    @Override
    public int ranks() {
        return settings.ranks();
    }

    @Override
    public int threads() {
        return settings.threads();
    }

    @Override
    public long memoryBytes() {
        return settings.threads() * (2L + settings.statePages()) * PAGE_BYTES;
    }

    @Override
    public Span control(int thread) {
        return new Span(at(thread), CONTROL_BYTES);
    }

    private static long at(int thread) {
        return (long) thread * PAGE_BYTES;
    }

    private Span scratch(int thread) {
        return new Span((long) (settings.threads() + thread) * PAGE_BYTES, PAGE_BYTES);
    }

    /** The page of state that a thread changes next. */
    private long state(int thread, long value) {
        long draw = Mix.mix(value);
        boolean isHot = Math.floorMod(draw, SHARES) < settings.hotShare() * SHARES;
        long page =
                Math.floorMod(
                        draw >> 20, (long) (isHot ? settings.hotPages() : settings.statePages()));
        return (2L * settings.threads() + (long) thread * settings.statePages() + page)
                * PAGE_BYTES;
    }

    @Override
    public void initialise(int rank, Memory memory) {
        for (int thread = 0; thread < settings.threads(); thread++) {
            // Of nothing but zeros a rank would make zeros until it hears of another.
            memory.writeLong(at(thread) + VALUE, Mix.fold(rank + 1L, thread));
            for (int page = 0; page < settings.statePages(); page++) {
                long address =
                        2L * settings.threads() + (long) thread * settings.statePages() + page;
                memory.writeLong(address * PAGE_BYTES, Mix.fold(thread, page));
            }
        }
    }

    @Override
    public Step next(int rank, int thread, Memory memory) {
        long own = at(thread);
        return switch ((int) memory.readLong(own + PHASE)) {
            case WORK ->
                    new Step.Compute(
                            settings.workNanos(),
                            new Span(state(thread, memory.readLong(own + VALUE)), Long.BYTES));
            case REMAP -> new Step.Remap(scratch(thread));
            case FILL -> new Step.Compute(0, new Span(scratch(thread).address(), Long.BYTES));
            case SEND ->
                    new Step.Send((rank + 1) % settings.ranks(), new Span(own + VALUE, Long.BYTES));
            case RECEIVE ->
                    new Step.Receive(
                            (rank + settings.ranks() - 1) % settings.ranks(),
                            new Span(own + HEARD, Long.BYTES));
            case WAIT -> new Step.Compute(LOOK_NANOS, Span.NONE);
            default -> thread == 0 ? new Step.Finish(result(memory)) : new Step.Exit();
        };
    }

    private long result(Memory memory) {
        long result = 0;
        for (int thread = 0; thread < settings.threads(); thread++) {
            result = Mix.fold(result, memory.readLong(at(thread) + VALUE));
        }
        return result;
    }

    @Override
    public void perform(int rank, int thread, Step step, int from, Memory memory) {
        long own = at(thread);
        int next =
                switch ((int) memory.readLong(own + PHASE)) {
                    case WORK -> work(thread, own, memory);
                    case REMAP -> FILL;
                    case FILL -> {
                        // Zero at first, and then what was left here since it was mapped.
                        long place = scratch(thread).address();
                        long mixed = Mix.fold(memory.readLong(own + VALUE), memory.readLong(place));
                        memory.writeLong(place, mixed);
                        memory.writeLong(own + VALUE, mixed);
                        yield exchanges(thread, memory.readLong(own + ROUND))
                                ? SEND
                                : goOn(thread, own, memory);
                    }
                    case SEND -> RECEIVE;
                    case RECEIVE -> {
                        memory.writeLong(
                                own + VALUE,
                                Mix.fold(
                                        memory.readLong(own + VALUE),
                                        memory.readLong(own + HEARD)));
                        yield goOn(thread, own, memory);
                    }
                    case WAIT -> haveOthersEnded(memory) ? END : WAIT;
                    default -> throw new IllegalStateException("no step after the last");
                };
        memory.writeLong(own + PHASE, next);
    }

    private int work(int thread, long own, Memory memory) {
        long value = memory.readLong(own + VALUE);
        long page = state(thread, value);
        long state = memory.readLong(page);
        long round = memory.readLong(own + ROUND) + 1;
        memory.writeLong(page, Mix.fold(state, value));
        memory.writeLong(own + VALUE, Mix.fold(value, state));
        memory.writeLong(own + ROUND, round);
        if (settings.remapEvery() > 0 && round % settings.remapEvery() == 0) {
            return REMAP;
        }
        return settings.remapEvery() > 0
                ? FILL
                : exchanges(thread, round) ? SEND : goOn(thread, own, memory);
    }

    private boolean exchanges(int thread, long round) {
        return thread == 0 && settings.exchangeEvery() > 0 && round % settings.exchangeEvery() == 0;
    }

    private int goOn(int thread, long own, Memory memory) {
        if (memory.readLong(own + ROUND) < settings.rounds()) {
            return WORK;
        }
        return thread == 0 && settings.threads() > 1 ? WAIT : END;
    }

    private boolean haveOthersEnded(Memory memory) {
        for (int thread = 1; thread < settings.threads(); thread++) {
            if (memory.readLong(at(thread) + PHASE) != END) {
                return false;
            }
        }
        return true;
    }

    @Override
    public boolean accepts(long[] results, long[] reference) {
        return Arrays.equals(results, reference);
    }
}
