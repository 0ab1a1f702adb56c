package cairn.part;

import cairn.model.Activity;
import cairn.model.CpuCosts;
import cairn.model.Outbox;
import cairn.model.memory.PagedMemory;

import java.util.BitSet;

/**
 * The pages that were stored to since the last cut, found out by protecting them: the first store
 * to each faults.
 */
public final class DirtyPages implements StateMachine.Stores {

    private final PagedMemory memory;
    private final CpuCosts costs;
    private final BitSet pages = new BitSet();
    private long faults;

    /** Notices every store to a protected page from now on; which those are is the owner's. */
    public DirtyPages(PagedMemory memory, CpuCosts costs) {
        this.memory = memory;
        this.costs = costs;
        memory.onFault(page -> {
            pages.set(page);
            memory.unprotect(page);
            faults++;
        });
    }

    /** The pages; cleared by the next cut. */
    public BitSet pages() {
        return pages;
    }

    /** All pages count as stored to. */
    public void setAll() {
        pages.set(0, memory.pageCount());
    }

    @Override
    public void stall(Outbox<?> out) {
        if (faults > 0) {
            TimeAccount.pause(Activity.FAULT_STALL, faults * costs.faultNanos(), out);
            faults = 0;
        }
    }

    /** A cut: no page is dirty, and all are protected. */
    public void cut() {
        pages.clear();
        memory.protectAll();
    }
}
