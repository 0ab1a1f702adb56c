package cairn.protocol.objectimages;

import cairn.fault.FaultPlan;
import cairn.model.Epoch;
import cairn.model.NodeId;
import cairn.model.fault.Fault;
import cairn.protocol.Plans;
import cairn.protocol.SeededBug;
import cairn.protocol.Surroundings;
import cairn.simulator.Scenario;

import java.util.List;

/** Realistic mistakes in images of single objects, one at a time; each has to be caught. */
public final class ObjectImagesBugs {

    private static final NodeId SERVER = new NodeId(0);

    private static final FaultPlan CRASHES =
            new Plans().every(7_000_000, new Fault.ProcessCrash(SERVER), 500_000).plan();

    /** Several checkpoints lie between two. */
    private static final FaultPlan RARE_CRASHES =
            new Plans().every(50_000_000, new Fault.ProcessCrash(SERVER), 500_000).plan();

    private static final FaultPlan POWER_LOSSES =
            new Plans().every(12_000_000, new Fault.PowerLoss(SERVER), 500_000).plan();

    private ObjectImagesBugs() {}

    /** In the order of the list of bugs. */
    public static List<SeededBug> all() {
        return List.of(
                bug("A23", "REGIONS_NOT_ATOMIC", List.of("ATOM"), new NewestOfEach(), CRASHES),
                bug(
                        "B2",
                        "RECORD_CLEARED_EARLY",
                        List.of("CLEAN", "ATOM"),
                        new ForgetsWhatFollowed(),
                        RARE_CRASHES),
                bug("B22", "UNLINK_OLD_FIRST", List.of("LIVE"), new CollectsFirst(), CRASHES),
                bug("S3", "SINGLE_SLOT_SHARED", List.of("ATOM"), new InPlace(), CRASHES),
                bug(
                        "S4",
                        "SEAL_BEFORE_DATA",
                        List.of("LIVE"),
                        new NamesWhatIsWritten(),
                        POWER_LOSSES));
    }

    private static SeededBug bug(
            String id, String name, List<String> caughtBy, Rules broken, FaultPlan plan) {
        return new SeededBug(
                id, name, caughtBy, _ -> scenario(broken, plan), _ -> scenario(Rules.SOUND, plan));
    }

    private static Scenario<?> scenario(Rules rules, FaultPlan plan) {
        return Surroundings.scenario(
                (service, clients, costs) ->
                        new ObjectImages(
                                new ObjectImagesSettings(4, 1), service, clients, costs, rules),
                Surroundings.bank(),
                200,
                plan);
    }

    /** A23: of each object the newest image is taken, whether its checkpoint came to be or not. */
    private static final class NewestOfEach implements Rules {
        @Override
        public Epoch chosen(Epoch registered, Epoch newestOnDisk) {
            return newestOnDisk;
        }
    }

    /** B2: what changes while a checkpoint is written is cleared from the record with it. */
    private static final class ForgetsWhatFollowed implements Rules {
        @Override
        public boolean forgetsChangesAtCut() {
            return false;
        }
    }

    /** B22: former images are deleted when the new ones begin. */
    private static final class CollectsFirst implements Rules {
        @Override
        public boolean mayCollect(boolean registryDurable) {
            return true;
        }
    }

    /** S3: an object's image is written over its only one, and whatever is there is taken. */
    private static final class InPlace implements Rules {
        @Override
        public Epoch fileOf(Epoch image) {
            return Epoch.ZERO;
        }

        @Override
        public boolean mayCollect(boolean registryDurable) {
            return false;
        }

        @Override
        public boolean isIt(Epoch found, Epoch wanted) {
            return true;
        }
    }

    /** S4: the registry names images that are written, but not yet durable. */
    private static final class NamesWhatIsWritten implements Rules {
        @Override
        public boolean namesWhatIsDurable() {
            return false;
        }
    }
}
