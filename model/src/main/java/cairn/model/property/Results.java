package cairn.model.property;

import cairn.model.Application;
import cairn.model.Fact;
import cairn.model.Observation;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;

/** RES: a computation comes to what it comes to when nothing fails. */
final class Results implements Checker {

    private final Declaration declaration;
    private final long[] results;

    Results(Declaration declaration) {
        this.declaration = declaration;
        results = new long[declaration.application().processes()];
    }

    @Override
    public Set<Topic> topics() {
        return EnumSet.of(Topic.FINISHED);
    }

    @Override
    public void on(Observation observation, Judgement judgement) {
        if (observation instanceof Observation.Claimed claimed
                && claimed.fact() instanceof Fact.Finished(int rank, long result)) {
            results[rank] = result;
        }
    }

    @Override
    public void conclude(Ending ending, Judgement judgement) {
        if (!(declaration.application() instanceof Application.Parallel parallel)) {
            judgement.inconclusive("a service has no result");
        } else if (!ending.finished()) {
            judgement.inconclusive("the run did not end");
        } else if (parallel.computation().accepts(results, parallel.reference().results())) {
            judgement.witness();
        } else {
            judgement.violated(ending.at(), difference(parallel.reference().results()));
        }
    }

    private String difference(long[] reference) {
        int rank = Math.max(0, Arrays.mismatch(results, reference));
        return Words.say(
                "rank %d came to %d, and without failures to %d",
                rank, results[rank], reference[rank]);
    }
}
