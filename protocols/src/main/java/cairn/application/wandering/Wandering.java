package cairn.application.wandering;

import cairn.model.choice.Mix;
import cairn.model.computation.Computation;
import cairn.model.computation.Span;
import cairn.model.computation.Step;
import cairn.model.memory.Memory;

import java.util.Arrays;

/**
 * Each rank takes whichever message is there first, mixes it into its state, and passes it on to a
 * rank that its state picks. So what happens depends on the order of receipts, which the
 * computation does not determine; a recovery that receives in another order comes to something
 * else; so does one that reads another input. What is kept whatever the order: how many messages
 * are received in all.
 *
 * <p>A message that has gone all its hops is reported to rank 0, which outputs it; when all have,
 * rank 0 tells the others to stop. The result of a rank is how many messages it took.
 *
 * <p>Layout: control variables on a page of their own, the message at hand on the next one, then
 * the pages of state.
 */
public final class Wandering implements Computation {

    private static final long PHASE = 0;
    private static final long STATE = 8;
    private static final long TAKEN = 16;
    private static final long LEFT = 24;
    private static final long TARGET = 32;
    private static final long INPUT = 40;
    private static final int PAGE_BYTES = 4096;

    // The message at hand.
    private static final long KIND = PAGE_BYTES;
    private static final long HOPS = PAGE_BYTES + 8;
    private static final long VALUE = PAGE_BYTES + 16;

    private static final int WANDERS = 0;
    private static final int ARRIVED = 1;
    private static final int STOP = 2;

    private static final int LET_GO = 0;
    private static final int RECEIVE = 1;
    private static final int WORK = 2;
    private static final int PASS_ON = 3;
    private static final int OUTPUT = 4;
    private static final int STOP_OTHERS = 5;
    private static final int FINISH = 6;
    private static final int READ = 7;

    private final WanderingSettings settings;

    public Wandering(WanderingSettings settings) {
        this.settings = settings;
    }

    @Override
    public String name() {
        return "wandering";
    }

    @Override
    public int ranks() {
        return settings.ranks();
    }

    @Override
    public long memoryBytes() {
        return (2L + settings.statePages()) * PAGE_BYTES;
    }

    @Override
    public Span control(int thread) {
        // The message at hand is changed on its way through, so it counts as control.
        return new Span(0, PAGE_BYTES + settings.contentBytes());
    }

    @Override
    public void initialise(int rank, Memory memory) {
        memory.writeLong(STATE, Mix.mix(rank + 1L));
        memory.writeLong(LEFT, rank == 0 ? (long) settings.ranks() * settings.messages() : 0);
        prepare(rank, 0, memory);
    }

    /** Makes the next of the first messages. */
    private void prepare(int rank, long number, Memory memory) {
        memory.writeLong(PHASE, LET_GO);
        memory.writeLong(TAKEN, number);
        memory.writeLong(KIND, WANDERS);
        memory.writeLong(HOPS, settings.hops());
        memory.writeLong(VALUE, Mix.fold(rank, number));
        memory.writeLong(TARGET, other(rank, Mix.fold(rank, number)));
    }

    private int other(int rank, long draw) {
        return (rank + 1 + Math.floorMod(draw, settings.ranks() - 1)) % settings.ranks();
    }

    private Span message() {
        return new Span(PAGE_BYTES, settings.contentBytes());
    }

    private long page(long state) {
        return PAGE_BYTES * (2L + Math.floorMod(state, (long) settings.statePages()));
    }

    @Override
    public Step next(int rank, int thread, Memory memory) {
        long state = memory.readLong(STATE);
        return switch ((int) memory.readLong(PHASE)) {
            case LET_GO, PASS_ON, STOP_OTHERS ->
                    new Step.Send((int) memory.readLong(TARGET), message());
            case RECEIVE -> new Step.Receive(Step.Receive.ANY, message());
            case WORK ->
                    new Step.Compute(
                            settings.workNanos() / 2
                                    + Math.floorMod(state, settings.workNanos() + 1),
                            new Span(page(state), Long.BYTES));
            case OUTPUT -> new Step.Output(memory.readLong(VALUE));
            case READ -> new Step.Input(INPUT);
            default -> new Step.Finish(memory.readLong(TAKEN));
        };
    }

    @Override
    public void perform(int rank, int thread, Step step, int from, Memory memory) {
        switch ((int) memory.readLong(PHASE)) {
            case LET_GO -> {
                long number = memory.readLong(TAKEN) + 1;
                if (number < settings.messages()) {
                    prepare(rank, number, memory);
                } else {
                    memory.writeLong(TAKEN, 0);
                    memory.writeLong(PHASE, RECEIVE);
                }
            }
            case RECEIVE -> received(memory);
            case WORK -> {
                long state = memory.readLong(STATE);
                memory.writeLong(page(state), Mix.fold(memory.readLong(page(state)), state));
                route(rank, memory);
            }
            case READ -> {
                memory.writeLong(STATE, Mix.fold(memory.readLong(STATE), memory.readLong(INPUT)));
                memory.writeLong(PHASE, WORK);
            }
            case PASS_ON -> memory.writeLong(PHASE, RECEIVE);
            case OUTPUT -> {
                long left = memory.readLong(LEFT) - 1;
                memory.writeLong(LEFT, left);
                memory.writeLong(PHASE, left == 0 ? STOP_OTHERS : RECEIVE);
                memory.writeLong(KIND, STOP);
                memory.writeLong(TARGET, 1);
            }
            case STOP_OTHERS -> {
                long target = memory.readLong(TARGET) + 1;
                memory.writeLong(TARGET, target);
                memory.writeLong(PHASE, target < settings.ranks() ? STOP_OTHERS : FINISH);
            }
            default -> throw new IllegalStateException("no step after the last");
        }
    }

    private void received(Memory memory) {
        switch ((int) memory.readLong(KIND)) {
            case WANDERS -> {
                memory.writeLong(TAKEN, memory.readLong(TAKEN) + 1);
                memory.writeLong(STATE, Mix.fold(memory.readLong(STATE), memory.readLong(VALUE)));
                memory.writeLong(PHASE, isTimeToRead(memory.readLong(TAKEN)) ? READ : WORK);
            }
            case ARRIVED -> memory.writeLong(PHASE, OUTPUT);
            default -> memory.writeLong(PHASE, FINISH);
        }
    }

    private boolean isTimeToRead(long taken) {
        return settings.inputEvery() > 0 && taken % settings.inputEvery() == 0;
    }

    /** Decides where the message at hand goes from here. */
    private void route(int rank, Memory memory) {
        long state = memory.readLong(STATE);
        long hops = memory.readLong(HOPS);
        memory.writeLong(VALUE, state);
        memory.writeLong(PHASE, PASS_ON);
        if (hops > 0) {
            memory.writeLong(HOPS, hops - 1);
            memory.writeLong(TARGET, other(rank, state >>> 8));
        } else if (rank == 0) {
            memory.writeLong(PHASE, OUTPUT);
        } else {
            memory.writeLong(KIND, ARRIVED);
            memory.writeLong(TARGET, 0);
        }
    }

    @Override
    public boolean accepts(long[] results, long[] reference) {
        return Arrays.stream(results).sum() == Arrays.stream(reference).sum();
    }
}
