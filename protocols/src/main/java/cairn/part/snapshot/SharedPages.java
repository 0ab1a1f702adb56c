package cairn.part.snapshot;

import static cairn.model.memory.PagedMemory.PAGE_BYTES;

import cairn.model.Activity;
import cairn.model.CpuCosts;
import cairn.model.Outbox;
import cairn.model.memory.PagedMemory;
import cairn.part.StateMachine;
import cairn.part.TimeAccount;

import java.util.ArrayDeque;

/**
 * The application's memory and the snapshots that share its pages. A first store to a page that a
 * snapshot still shares copies the page, once for all snapshots that do; other stores cost nothing
 * (copy on write).
 */
public final class SharedPages implements PagedMemory.FaultHandler, StateMachine.Stores {

    private final PagedMemory memory;
    private final CpuCosts costs;
    private final ArrayDeque<SharedSnapshot> snapshots = new ArrayDeque<>();
    private long copies;
    private long stallNanos;

    /** How a page of a snapshot is read: as {@link SharedSnapshot#copyPage} does. */
    public interface Reader {
        void copyPage(
                SharedSnapshot snapshot, int page, PagedMemory memory, byte[] into, int offset);
    }

    public SharedPages(PagedMemory memory, CpuCosts costs) {
        this.memory = memory;
        this.costs = costs;
        memory.onFault(this);
    }

    /** The memory at this instant, as references to its pages. */
    public SharedSnapshot cut() {
        var snapshot = new SharedSnapshot();
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

    /** Reads whole pages of a snapshot, which from now on changes of them do not concern. */
    public void take(SharedSnapshot snapshot, int first, byte[] into, Reader reader) {
        for (int i = 0; i < into.length / PAGE_BYTES; i++) {
            reader.copyPage(snapshot, first + i, memory, into, i * PAGE_BYTES);
            snapshot.separate(first + i);
            unprotectIfNobodyShares(first + i);
        }
    }

    /** Gives up a snapshot and its copies. */
    public void release(SharedSnapshot released) {
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

    /** How many snapshots there are. */
    int snapshots() {
        return snapshots.size();
    }

    /** How many copies of pages they hold. */
    long held() {
        return snapshots.stream().mapToLong(SharedSnapshot::copies).sum();
    }

    /** Pages copied so far. */
    public long copies() {
        return copies;
    }

    /** All that the application notices of snapshots are its own first stores to pages. */
    @Override
    public void stall(Outbox<?> out) {
        if (stallNanos > 0) {
            TimeAccount.pause(Activity.FAULT_STALL, stallNanos, out);
            stallNanos = 0;
        }
    }
}
