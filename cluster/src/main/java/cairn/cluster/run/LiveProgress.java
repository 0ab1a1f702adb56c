package cairn.cluster.run;

import cairn.model.Application;
import cairn.model.Fact;
import cairn.model.Observation;

import java.util.BitSet;

/** How far the application is: requests answered, or ranks that came to their end. */
final class LiveProgress {

    private final long wanted;
    private final BitSet ended = new BitSet();
    private long answered;

    LiveProgress(Application application) {
        wanted =
                switch (application) {
                    case Application.Served served -> served.workload().requests();
                    case Application.Parallel parallel -> parallel.processes();
                };
    }

    synchronized void on(Observation observation) {
        switch (observation) {
            case Observation.Answered _ -> answered++;
            case Observation.Claimed claimed -> {
                if (claimed.fact() instanceof Fact.Finished(int rank, long _)) {
                    ended.set(rank);
                } else if (claimed.fact() instanceof Fact.Resumed(int process, var _)) {
                    // A rank that went back has to come to its end again.
                    ended.clear(process);
                }
            }
            case Observation.Booted _,
                    Observation.Ended _,
                    Observation.Invoked _,
                    Observation.Released _,
                    Observation.Accessed _,
                    Observation.Struck _,
                    Observation.Healed _ -> {
                // None of these brings the end nearer.
            }
        }
    }

    synchronized long count() {
        return answered + ended.cardinality();
    }

    boolean isFinished() {
        return count() >= wanted;
    }
}
