package cairn.simulator;

import cairn.model.Fact;
import cairn.model.NodeId;
import cairn.model.Observation;
import cairn.model.fault.Moment;
import cairn.model.memory.PageDigests;

/**
 * What the processes of a machine claim: seen with their memory as it was when the claim was made,
 * and made known when its time has come.
 */
final class Claims {

    /** The pages of a larger memory, 256 MiB, are not compared one by one. */
    private static final int MOST_PAGES_COMPARED = 65_536;

    private final World world;
    private final NodeId self;
    private final ProcessMemory memory;
    private final Progress progress;
    private boolean logs;

    Claims(World world, NodeId self, ProcessMemory memory, Progress progress) {
        this.world = world;
        this.self = self;
        this.memory = memory;
        this.progress = progress;
    }

    /** A claim by an incarnation at the time that it has reached. */
    Observation.Claimed made(Fact fact, long at, int incarnation) {
        logs |= fact instanceof Fact.Logged;
        boolean aboutPages = fact instanceof Fact.Cut || fact instanceof Fact.Resumed;
        boolean aboutMemory = aboutPages || (logs && isReceipt(fact));
        return new Observation.Claimed(
                at,
                self,
                incarnation,
                fact,
                aboutMemory ? memory.present().digest() : 0,
                aboutPages && memory.present().pageCount() <= MOST_PAGES_COMPARED
                        ? memory.present().pageDigests()
                        : PageDigests.NONE);
    }

    /** What is logged is repeated, and must lead to the same state. */
    private static boolean isReceipt(Fact fact) {
        return fact instanceof Fact.Received || fact instanceof Fact.Read;
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
