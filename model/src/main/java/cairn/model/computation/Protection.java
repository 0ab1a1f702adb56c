package cairn.model.computation;

import cairn.model.Activity;
import cairn.model.Fact;
import cairn.model.Message;
import cairn.model.Outbox;
import cairn.model.memory.PagedMemory;

import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * Asks the host for each page that a step is about to store to: a store to a protected page stops
 * the rank at that step until the host has dealt with the fault.
 */
final class Protection {

    private final Computation computation;
    private final int rank;
    private final long base;
    private final boolean byDevice;
    private boolean isStalled;

    /**
     * Of a rank.
     *
     * @param base where the memory of the computation begins
     * @param byDevice whether received messages are stored past all protection
     */
    Protection(Computation computation, int rank, long base, boolean byDevice) {
        this.computation = computation;
        this.rank = rank;
        this.base = base;
        this.byDevice = byDevice;
    }

    void reset() {
        isStalled = false;
    }

    /** Has every page unprotected that the step stores to; false if it must wait for that. */
    <M extends Message> boolean mayStore(int thread, Step step, Host<M> host, Outbox<M> out) {
        Span control = computation.control(thread);
        return mayChange(step, host, out)
                && mayStore(base + control.address(), control.length(), host, out)
                && mayCount(step, host, out);
    }

    /** The range that the step itself changes. */
    private <M extends Message> boolean mayChange(Step step, Host<M> host, Outbox<M> out) {
        if (step instanceof Step.Remap(Span range)) {
            return allOf(range, page -> host.admitRemap(page, out));
        }
        if (byDevice && step instanceof Step.Receive(int _, Span into)) {
            return allOf(into, page -> host.admitDevice(page, out));
        }
        return mayStore(base + step.stores().address(), step.stores().length(), host, out);
    }

    private boolean allOf(Span range, IntPredicate admitted) {
        return range.length() == 0
                || IntStream.rangeClosed(firstPage(range), lastPage(range)).allMatch(admitted);
    }

    /** The page of the first address of a range of the computation. */
    int firstPage(Span range) {
        return page(base + range.address());
    }

    int lastPage(Span range) {
        return page(base + range.address() + range.length() - 1);
    }

    private static int page(long address) {
        return (int) (address / PagedMemory.PAGE_BYTES);
    }

    /** The counters in the head that the step changes. */
    private <M extends Message> boolean mayCount(Step step, Host<M> host, Outbox<M> out) {
        return switch (step) {
            case Step.Send(int to, Span _) -> mayCount(to, host, out);
            // Whoever it is from.
            case Step.Receive(int from, Span _) when from == Step.Receive.ANY ->
                    mayStore(0, (int) base, host, out);
            case Step.Receive(int from, Span _) ->
                    mayStore(Head.RECEIPTS, Long.BYTES, host, out) && mayCount(from, host, out);
            case Step.Input _ ->
                    mayStore(Head.RECEIPTS, Long.BYTES, host, out) && mayCount(rank, host, out);
            case Step.Output _ -> mayStore(Head.OUTPUTS, Long.BYTES, host, out);
            case Step.Compute _, Step.Remap _, Step.Finish _, Step.Exit _ -> true;
        };
    }

    private <M extends Message> boolean mayCount(int peer, Host<M> host, Outbox<M> out) {
        return mayStore(Head.channel(peer), Head.CHANNEL_BYTES, host, out);
    }

    private <M extends Message> boolean mayStore(
            long address, int length, Host<M> host, Outbox<M> out) {
        if (length == 0) {
            return true;
        }
        int last = page(address + length - 1);
        for (int page = page(address); page <= last; page++) {
            if (out.memory().stops(page)) {
                isStalled = true;
                out.claim(new Fact.Doing(rank, Activity.FAULT_STALL));
                if (!host.unprotect(page, out)) {
                    return false;
                }
            }
        }
        if (isStalled) {
            // Also where the page was unprotected meanwhile, and the store met no fault any more.
            isStalled = false;
            out.claim(new Fact.Doing(rank, Activity.USEFUL));
        }
        return true;
    }
}
