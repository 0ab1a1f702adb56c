package cairn.simulator;

import cairn.model.Claimant;
import cairn.model.Fact;
import cairn.model.NodeId;
import cairn.model.Observation;
import cairn.model.fault.Moment;

/**
 * What the processes of a machine claim: seen with their memory as it was when the claim was made,
 * and made known when its time has come.
 */
final class Claims {

    private final World world;
    private final NodeId self;
    private final Claimant claimant;
    private final Progress progress;

    Claims(World world, NodeId self, ProcessMemory memory, Progress progress) {
        this.world = world;
        this.self = self;
        this.claimant = new Claimant(self, memory::present, false);
        this.progress = progress;
    }

    /** A claim by an incarnation at the time that it has reached. */
    Observation.Claimed made(Fact fact, long at, int incarnation) {
        return claimant.claims(fact, at, incarnation);
    }

    /** Now it holds; of a process that stood still meanwhile, only when it goes on. */
    void due(Observation.Claimed made) {
        Observation.Claimed claimed = at(world.kernel().now(), made);
        world.observe(claimed);
        world.kernel().fold(claimed.memoryDigest());
        if (claimed.fact() instanceof Fact.Resumed(int process, var _)) {
            progress.unfinished(process);
        }
        if (claimed.fact() instanceof Fact.Finished(int rank, long _)) {
            progress.finished(rank);
        }
        Moment moment = Moment.of(claimed.fact());
        if (moment != null) {
            world.moment(moment, self.index());
        }
    }

    private static Observation.Claimed at(long now, Observation.Claimed made) {
        return made.at() == now
                ? made
                : new Observation.Claimed(
                        now,
                        made.node(),
                        made.incarnation(),
                        made.fact(),
                        made.memoryDigest(),
                        made.pages());
    }
}
