package cairn.part.dependency;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** What is known of the logs of all ranks: what they lost, and what is on their disks. */
public final class KnownLogs {

    private final List<Past> pasts;
    private final long[] durable;

    public KnownLogs(int ranks) {
        pasts = new ArrayList<>(Collections.nCopies(ranks, Past.NONE));
        durable = new long[ranks];
    }

    /** A rank told of its past; what it begins its new life with is on its disk. */
    public void learn(int rank, Past past) {
        pasts.set(rank, past);
        durable[rank] = past.ends().isEmpty() ? 0 : past.ends().getLast().position();
    }

    public void durable(int rank, long position) {
        durable[rank] = Math.max(durable[rank], position);
    }

    /** Whether something depends on a state that is lost. */
    public boolean isLost(DependencyVector vector) {
        for (int rank = 0; rank < vector.ranks(); rank++) {
            if (pasts.get(rank).isLost(vector.life(rank), vector.position(rank))) {
                return true;
            }
        }
        return false;
    }

    /** Whether no other rank can lose a state that something depends on. */
    public boolean areStable(DependencyVector vector, int self) {
        for (int rank = 0; rank < vector.ranks(); rank++) {
            if (rank != self && vector.position(rank) > durable[rank]) {
                return false;
            }
        }
        return !isLost(vector);
    }
}
