package cairn.application.ring;

import cairn.model.choice.Mix;
import cairn.model.computation.Computation;
import cairn.model.computation.Span;
import cairn.model.computation.Step;
import cairn.model.memory.Memory;

import java.util.Arrays;

/**
 * One token goes round a ring; each rank mixes it with its state, and its state with the token. At
 * most one message is under way, so nothing in the course of the computation is left to chance.
 *
 * <p>Layout: control variables and the token on a page of their own, then the pages of state.
 */
public final class TokenRing implements Computation {

    private static final long PHASE = 0;
    private static final long ROUND = 8;
    private static final long TOKEN = 16;
    private static final int CONTROL_BYTES = 24;
    private static final int PAGE_BYTES = 4096;

    // Phases of a pass.
    private static final int RECEIVE = 0;
    private static final int COMPUTE = 1;
    private static final int OUTPUT = 2;
    private static final int SEND = 3;
    private static final int FINISH = 4;

    private final RingSettings settings;

    public TokenRing(RingSettings settings) {
        this.settings = settings;
    }

    @Override
    public String name() {
        return "ring";
    }

    @Override
    public int ranks() {
        return settings.ranks();
    }

    @Override
    public long memoryBytes() {
        return (1L + settings.statePages()) * PAGE_BYTES;
    }

    @Override
    public Span control(int thread) {
        return new Span(0, CONTROL_BYTES);
    }

    @Override
    public void initialise(int rank, Memory memory) {
        memory.writeLong(PHASE, rank == 0 ? COMPUTE : RECEIVE);
        for (int page = 0; page < settings.statePages(); page++) {
            memory.writeLong(state(page), Mix.fold(rank, page));
        }
    }

    private long state(long round) {
        return PAGE_BYTES * (1 + round % settings.statePages());
    }

    @Override
    public Step next(int rank, int thread, Memory memory) {
        long round = memory.readLong(ROUND);
        return switch ((int) memory.readLong(PHASE)) {
            case RECEIVE ->
                    new Step.Receive(
                            (rank + settings.ranks() - 1) % settings.ranks(),
                            new Span(TOKEN, Long.BYTES));
            case COMPUTE ->
                    new Step.Compute(settings.holdNanos(), new Span(state(round), Long.BYTES));
            case OUTPUT -> new Step.Output(memory.readLong(TOKEN));
            case SEND -> new Step.Send((rank + 1) % settings.ranks(), new Span(TOKEN, Long.BYTES));
            default -> new Step.Finish(memory.readLong(TOKEN));
        };
    }

    @Override
    public void perform(int rank, int thread, Step step, int from, Memory memory) {
        long round = memory.readLong(ROUND);
        int phase = (int) memory.readLong(PHASE);
        int next =
                switch (phase) {
                    // The token of the last round ends with the rank that began.
                    case RECEIVE -> round == settings.rounds() ? FINISH : COMPUTE;
                    case COMPUTE -> {
                        long token = memory.readLong(TOKEN);
                        long state = memory.readLong(state(round));
                        memory.writeLong(state(round), Mix.fold(state, token));
                        memory.writeLong(TOKEN, Mix.fold(token, state));
                        memory.writeLong(ROUND, round + 1);
                        yield outputsAfter(round + 1) ? OUTPUT : SEND;
                    }
                    case OUTPUT -> SEND;
                    case SEND -> round == settings.rounds() && rank != 0 ? FINISH : RECEIVE;
                    default -> throw new IllegalStateException("no step after the last: " + phase);
                };
        memory.writeLong(PHASE, next);
    }

    private boolean outputsAfter(long round) {
        return settings.outputEvery() > 0 && round % settings.outputEvery() == 0;
    }

    @Override
    public boolean accepts(long[] results, long[] reference) {
        return Arrays.equals(results, reference);
    }
}
