package cairn.experiment.campaign;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * The trials that one thread has finished and not handed over. Those of less than a millisecond are
 * put into lines {@value #MOST} at a time, while the code for it is in the processor's cache; one
 * that took longer does not wait, and hands over those before it.
 */
public final class Batch {

    private static final int MOST = 16;

    private final Consumer<Entry> finished;
    private final EntryWriter writer = new EntryWriter();
    private final List<FinishedTrial> waiting = new ArrayList<>(MOST);

    /** Nothing yet. */
    public Batch(Consumer<Entry> finished) {
        this.finished = finished;
    }

    /** A trial more. */
    public void add(FinishedTrial trial) {
        waiting.add(trial);
        if (!trial.isBrief() || waiting.size() == MOST) {
            handOver();
        }
    }

    /** Hands over what waits; once more after the last trial. */
    public void handOver() {
        for (FinishedTrial trial : waiting) {
            finished.accept(trial.entry(writer));
        }
        waiting.clear();
    }
}
