package cairn.protocol.snapshots;

import static cairn.model.memory.PagedMemory.PAGE_BYTES;

import cairn.model.Activity;
import cairn.model.CpuCosts;
import cairn.model.Outbox;
import cairn.model.memory.PagedMemory;
import cairn.part.StateMachine;
import cairn.part.TimeAccount;
import cairn.protocol.snapshots.SnapshotsMessage.Sections;

import java.util.ArrayDeque;

/**
 * The application's memory and the snapshots that share its pages. A first store to a page that a
 * snapshot still shares copies the page, once for all snapshots that do (SN-3); other stores cost
 * nothing.
 */
final class SharedPages implements PagedMemory.FaultHandler, StateMachine.Stores {

    private final PagedMemory memory;
    private final CpuCosts costs;
    private final int sectionPages;
    private final Rules rules;
    private final ArrayDeque<SharedSnapshot> snapshots = new ArrayDeque<>();
    private long copies;
    private long stallNanos;

    SharedPages(PagedMemory memory, CpuCosts costs, int sectionPages, Rules rules) {
        this.memory = memory;
        this.costs = costs;
        this.sectionPages = sectionPages;
        this.rules = rules;
        memory.onFault(this);
    }

    /** SN-1: the memory at this instant, as references to its pages. */
    SharedSnapshot cut(long epoch, Registers registers) {
        var snapshot = new SharedSnapshot(epoch, registers, memory.pageCount(), sectionPages);
        snapshots.add(snapshot);
        memory.protectAll();
        return snapshot;
    }

    @Override
    public void onStoreTo(int page) {
        byte[] copy = {};
        for (SharedSnapshot snapshot : snapshots) {
            if (snapshot.shares(page)) {
                if (copy.length == 0) {
                    copy = new byte[PAGE_BYTES];
                    memory.read((long) page * PAGE_BYTES, copy, 0, PAGE_BYTES);
                    copies++;
                }
                snapshot.preserve(page, copy);
            }
        }
        stallNanos += copy.length == 0 ? costs.faultNanos() : costs.copyOnWriteNanos();
        memory.unprotect(page);
    }

    /** The transfer processor reads the next section of a snapshot. */
    Sections transferNext(SharedSnapshot snapshot, long term, long acknowledged) {
        Sections sections = snapshot.transferNext(term, acknowledged, memory, rules);
        int first = sections.index() * sectionPages;
        for (int i = 0; i < sections.content().length / PAGE_BYTES; i++) {
            unprotectIfNobodyShares(first + i);
        }
        return sections;
    }

    /** Gives up a snapshot, sealed or lost, and its copies. */
    void release(SharedSnapshot released) {
        snapshots.remove(released);
        for (int page = 0; page < memory.pageCount(); page++) {
            unprotectIfNobodyShares(page);
        }
    }

    private void unprotectIfNobodyShares(int page) {
        if (snapshots.stream().noneMatch(snapshot -> snapshot.shares(page))) {
            memory.unprotect(page);
        }
    }

    /** Pages copied so far. */
    long copies() {
        return copies;
    }

    /** SN-4: all that the application notices of snapshots are its own first stores to pages. */
    @Override
    public void stall(Outbox<?> out) {
        if (stallNanos > 0) {
            TimeAccount.pause(Activity.FAULT_STALL, stallNanos, out);
            stallNanos = 0;
        }
    }
}
