package cairn.part.incremental;

import cairn.model.CpuCosts;
import cairn.model.Epoch;
import cairn.model.Fact;
import cairn.model.Message;
import cairn.model.Outbox;
import cairn.model.memory.PagedMemory;
import cairn.part.Image;
import cairn.part.chain.ChainArchive;
import cairn.part.chain.Compaction;
import cairn.part.chain.ImageFile;
import cairn.part.chain.ImageFiles;

import org.jspecify.annotations.Nullable;

import java.util.BitSet;

/** The checkpoints of one rank: what each holds, and what a store to a protected page waits for. */
public final class Checkpointer<M extends Message> {

    private final int rank;
    private final Increments settings;
    private final CpuCosts costs;
    private final PageRules rules;
    private final ImageFiles<M> files;
    private final ChainArchive<M> archive;
    private final CommitLists lists;
    private Epoch committed;
    private Epoch before;
    private Epoch epoch;
    private Epoch base;
    private @Nullable ImageFile<M> file;
    private @Nullable Compaction<M> compaction;

    /** Goes on from a checkpoint that the memory is at, or with zero from the beginning. */
    public Checkpointer(
            int rank,
            Epoch line,
            Increments settings,
            CpuCosts costs,
            PageRules rules,
            ImageFiles<M> files,
            ChainArchive<M> archive) {
        this.rank = rank;
        this.settings = settings;
        this.costs = costs;
        this.rules = rules;
        this.files = files;
        this.archive = archive;
        this.lists = new CommitLists(rules);
        this.committed = line;
        this.before = line;
        this.epoch = line;
        this.base = line;
    }

    /** The checkpoint that was begun last. */
    public Epoch epoch() {
        return epoch;
    }

    /** Whether all of it is durable. */
    public boolean isStored() {
        return file != null && file.isComplete();
    }

    /** Whether the disk could not store it. */
    public boolean hasFailed() {
        return file != null && file.hasFailed();
    }

    /** Records stores from now on; before the first full image there is nothing to compare with. */
    public void begin(PagedMemory memory) {
        memory.limitMappings(settings.mostMappings());
        if (isIncremental()) {
            watch(memory);
        }
    }

    /** DJ-1: whatever changes from now on will be known at the cut. */
    private void watch(PagedMemory memory) {
        switch (settings.tracking()) {
            case FAULTS -> memory.protectAll();
            case SCAN -> memory.track();
        }
    }

    private boolean isIncremental() {
        return settings.chain() != Chain.FULL && !committed.equals(Epoch.ZERO);
    }

    /** DJ-3: the cut, while the rank is suspended; its image is written from now on. */
    public void cut(Epoch next, byte[] state, ImageFile.Listener<M> listener, Outbox<M> out) {
        PagedMemory memory = out.memory();
        epoch = next;
        BitSet changed = lists.swap(memory);
        boolean ends =
                settings.chain() == Chain.PERIODIC
                        && archive.length(committed) >= settings.chainLength();
        base = isIncremental() && !ends ? committed : next;
        BitSet pages = base.equals(next) ? touched(memory) : changed;
        out.spend(costs.protectPageNanos() * pages.cardinality());
        out.claim(new Fact.Cut(rank, next));
        file =
                new ImageFile<>(
                        next,
                        draft(pages, state, memory),
                        files,
                        rules,
                        settings.batchPages(),
                        listener);
        if (!rules.keepsOldWhileStoring()) {
            archive.prune(Epoch.ZERO.next(), Epoch.ZERO, out);
            archive.discard(committed.number(), out);
        }
        file.proceed(out);
    }

    private static BitSet touched(PagedMemory memory) {
        BitSet touched = new BitSet();
        for (int page = 0; page < memory.pageCount(); page++) {
            touched.set(page, !memory.isZero(page));
        }
        return touched;
    }

    private Image.Draft draft(BitSet pages, byte[] state, PagedMemory memory) {
        BitSet zero = new BitSet();
        pages.stream().filter(memory::isZero).forEach(zero::set);
        return new Image.Draft(rank, epoch, base, memory.pageCount(), pages, zero, state);
    }

    /**
     * DJ-5, DJ-6: the rank is about to change a protected page. Returns whether it may now; if not,
     * the page is being stored.
     */
    public boolean admit(int page, Outbox<M> out) {
        PagedMemory memory = out.memory();
        int first = page;
        int last = page;
        if (!memory.mayUnprotect(page)) {
            first = firstOf(page, memory);
            last = lastOf(page, memory);
        }
        boolean ready = true;
        for (int each = first; each <= last; each++) {
            if (file != null && rules.mustBeStoredFirst(file.isUnstored(each))) {
                file.storeNow(each, out);
                ready = false;
            }
        }
        if (ready) {
            boolean all = rules.recordsAllUnprotected();
            lists.record(all ? first : page, all ? last : page);
            memory.unprotect(first, last);
        }
        return ready;
    }

    /**
     * Something is about to change a page that no fault tells of, such as a device. Returns whether
     * it may.
     */
    public boolean admitUnseen(int page, Outbox<M> out) {
        if (out.memory().isTracked()) {
            lists.record(page, page);
            return true;
        }
        return !out.memory().isProtected(page) || admit(page, out);
    }

    // What follows takes no mapping: unprotected pages next to others make these one.

    private int firstOf(int page, PagedMemory memory) {
        int below = memory.unprotectedBefore(page);
        int above = memory.unprotectedAfter(page);
        if (settings.shortage() == Shortage.COPY_ALL) {
            return 0;
        }
        return isNearer(below, above, page, memory) ? below + 1 : page;
    }

    private int lastOf(int page, PagedMemory memory) {
        int below = memory.unprotectedBefore(page);
        int above = memory.unprotectedAfter(page);
        if (settings.shortage() == Shortage.COPY_ALL) {
            return memory.pageCount() - 1;
        }
        return isNearer(below, above, page, memory) ? page : above - 1;
    }

    private static boolean isNearer(int below, int above, int page, PagedMemory memory) {
        return below >= 0 && (above == memory.pageCount() || page - below <= above - page);
    }

    /** Some pages are stored. Where nothing is recorded they need no protection any more. */
    public void pagesStored(BitSet pages, PagedMemory memory) {
        if (settings.chain() == Chain.FULL) {
            // One that no mapping is left for stays protected until somebody stores to it.
            pages.stream().forEach(memory::unprotect);
        }
    }

    // ---- how it ended

    /**
     * The image is complete: it can be restored. Where stores are noted no page has to stop them
     * any more; those that were recorded until now stay so.
     */
    public void sealed(Outbox<M> out) {
        archive.add(epoch, base, out);
        if (settings.tracking() == Tracking.SCAN && settings.chain() != Chain.FULL) {
            watch(out.memory());
        }
    }

    /** A checkpoint is durable for all ranks; told again, it does nothing. */
    public void committed(Epoch which, Outbox<M> out) {
        if (!which.equals(epoch) || !which.isAfter(committed)) {
            return;
        }
        out.claim(new Fact.Acknowledged(rank, which));
        lists.committed();
        before = committed;
        committed = which;
        file = null;
        archive.prune(committed, before, out);
        if (settings.chain() == Chain.COMPACTED
                && (compaction == null || compaction.isDone())
                && archive.length(committed) >= settings.chainLength()) {
            compaction = new Compaction<>(rank, committed, files, archive, rules);
            compaction.begin(out);
        }
    }

    /** The checkpoint that was begun last will never be; told again, it does nothing. */
    public void aborted(Outbox<M> out) {
        if (epoch.isAfter(committed) && file != null) {
            file.abandon(out);
            file = null;
            archive.discard(epoch.number(), out);
            lists.aborted();
        }
    }
}
