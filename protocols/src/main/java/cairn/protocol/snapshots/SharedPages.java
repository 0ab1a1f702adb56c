package cairn.protocol.snapshots;

import static cairn.model.memory.PagedMemory.PAGE_BYTES;

import cairn.model.CpuCosts;
import cairn.model.memory.PagedMemory;
import cairn.protocol.snapshots.SnapshotsMessage.Sections;

import java.util.ArrayDeque;
import java.util.Iterator;

/**
 * The application's memory and the snapshots that share its pages. A first store to a page that a
 * snapshot still shares copies the page, once for all snapshots that do (SN-3); other stores cost
 * nothing.
 */
final class SharedPages implements PagedMemory.FaultHandler {

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
        for (Iterator<SharedSnapshot> i = snapshots.iterator(); i.hasNext(); ) {
            if (i.next().epoch() == released.epoch()) {
                i.remove();
            }
        }
        for (int page = 0; page < memory.pageCount(); page++) {
            unprotectIfNobodyShares(page);
        }
    }

    private void unprotectIfNobodyShares(int page) {
        for (SharedSnapshot snapshot : snapshots) {
            if (snapshot.shares(page)) {
                return;
            }
        }
        memory.unprotect(page);
    }

    /** Pages copied so far. */
    long copies() {
        return copies;
    }

    /** How long stores were stopped since the last call. */
    long takeStallNanos() {
        long taken = stallNanos;
        stallNanos = 0;
        return taken;
    }
}
