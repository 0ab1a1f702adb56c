package cairn.part.pmu;

import java.util.List;

/**
 * A write to all units at once, each of which goes through the steps of the persist method by
 * itself (PMU-20).
 */
public final class MirroredWrite {

    private final Persistence persistence;
    private final List<Link> links;
    private final boolean[] committing;
    private CommittedWrite write = new CommittedWrite();
    private int done;

    /** Writes over links to all units, one write after the other. */
    public MirroredWrite(Persistence persistence, List<Link> links) {
        this.persistence = persistence;
        this.links = links;
        this.committing = new boolean[links.size()];
    }

    /** Begins the next write, when the one before is done. */
    public void begin(CommittedWrite next) {
        write = next;
        done = 0;
        for (int unit = 0; unit < links.size(); unit++) {
            committing[unit] = persistence.begin(write, links.get(unit));
        }
    }

    /** A step has completed at a unit: goes on there; true if that was the last one. */
    public boolean completed(int unit) {
        if (!committing[unit]) {
            committing[unit] = true;
            persistence.commit(write, links.get(unit));
            return false;
        }
        done++;
        return true;
    }

    /** How many units have all of it. */
    public int done() {
        return done;
    }

    /** Whether all units have all of it. */
    public boolean isDone() {
        return done == links.size();
    }
}
