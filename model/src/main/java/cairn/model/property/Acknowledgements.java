package cairn.model.property;

import cairn.model.Epoch;
import cairn.model.NodeId;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/**
 * The newest acknowledged checkpoint under each term, and what had struck when it was acknowledged.
 *
 * <p>A take-over under a term owes every checkpoint that was acknowledged under that term or an
 * earlier one; what a later primary acknowledged is not its concern, since it has no effect any
 * more.
 *
 * <p>A checkpoint is exposed from the moment on at which it was sealed, or restored: news of its
 * loss reaches whoever acknowledges it no sooner than news that it is whole. So what struck between
 * the two counts against the promise, as what strikes later does. {@link Exposure} knows when that
 * began.
 */
final class Acknowledgements {

    private final FaultCount faults;
    private final Terms terms;
    private final Exposure exposure;
    private final List<Entry> entries = new ArrayList<>();
    private boolean unpromised;

    /** One acknowledged checkpoint. */
    static final class Entry {
        private final Epoch epoch;
        private final NodeId by;
        private final long term;
        private final long at;
        private final FaultCount.Counts mark;

        private Entry(Epoch epoch, NodeId by, long term, long at, FaultCount.Counts mark) {
            this.epoch = epoch;
            this.by = by;
            this.term = term;
            this.at = at;
            this.mark = mark;
        }

        Epoch epoch() {
            return epoch;
        }

        NodeId by() {
            return by;
        }

        long at() {
            return at;
        }

        FaultCount.Counts mark() {
            return mark;
        }
    }

    Acknowledgements(FaultCount faults, Terms terms, Exposure exposure) {
        this.faults = faults;
        this.terms = terms;
        this.exposure = exposure;
    }

    /** A checkpoint was sealed or restored, and may be acknowledged because of that. */
    void whole(int process, Epoch epoch) {
        exposure.begins(process, epoch, faults.mark());
    }

    void add(int process, Epoch epoch, NodeId by, long at) {
        FaultCount.Counts mark = exposure.end(process, epoch, faults.mark());
        long term = terms.actsUnder(by);
        // One newer entry stands for all older ones of its term: it owes more and survives more.
        entries.removeIf(entry -> entry.term == term && !entry.epoch.isAfter(epoch));
        entries.add(new Entry(epoch, by, term, at, mark));
    }

    /**
     * The newest checkpoint that a take-over by a node owes while the promise covers what struck
     * since; null if it owes none.
     */
    @Nullable Entry owedBy(NodeId node) {
        Entry newest = null;
        for (Entry entry : entries) {
            if (entry.term <= terms.of(node)) {
                if (!faults.covered(entry.mark)) {
                    unpromised = true;
                } else if (newest == null || entry.epoch.isAfter(newest.epoch)) {
                    newest = entry;
                }
            }
        }
        return newest;
    }

    /** Whether something was not owed because the promise does not cover the faults. */
    boolean isAnyUnpromised() {
        return unpromised;
    }
}
