package cairn.simulator;

import cairn.model.Application;

import java.util.BitSet;

/** How far the application is: requests answered, or ranks that came to their end. */
final class Progress {

    private final long wanted;
    private final BitSet ended = new BitSet();
    private long answered;

    private Progress(long wanted) {
        this.wanted = wanted;
    }

    static Progress of(Application application) {
        return new Progress(
                switch (application) {
                    case Application.Served served -> served.workload().requests();
                    case Application.Parallel parallel -> parallel.processes();
                });
    }

    void answered() {
        answered++;
    }

    void finished(int rank) {
        ended.set(rank);
    }

    /** A rank went back to a checkpoint. */
    void unfinished(int process) {
        ended.clear(process);
    }

    /** How many requests were answered, or ranks have finished. */
    long count() {
        return answered + ended.cardinality();
    }

    boolean isFinished() {
        return count() >= wanted;
    }
}
