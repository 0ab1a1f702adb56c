package cairn.cluster.probe;

import cairn.cluster.group.Member;
import cairn.cluster.run.LiveCluster;
import cairn.cluster.run.LiveFailure;
import cairn.model.Observation;
import cairn.model.fault.Moment;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Counts the places that began: what is sent to one before is lost. */
final class Beginning implements LiveCluster.Watcher {

    private static final long PATIENCE_SECONDS = 10;

    private final int places;
    private final CountDownLatch missing;

    Beginning(int places) {
        this.places = places;
        this.missing = new CountDownLatch(places);
    }

    void await() throws InterruptedException {
        if (!missing.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            throw new LiveFailure("a place does not begin");
        }
    }

    @Override
    public void observed(Observation observation) {
        if (observation instanceof Observation.Booted booted && booted.node().index() < places) {
            missing.countDown();
        }
    }

    @Override
    public void reached(Moment moment, int place) {
        // No fault waits for it.
    }

    @Override
    public void viewed(long at, List<Member> members) {
        // Nobody leaves.
    }
}
