package cairn.protocol.snapshots;

import cairn.application.bank.Bank;
import cairn.application.bank.BankSettings;
import cairn.fault.FaultPlan;
import cairn.model.NodeId;
import cairn.model.Records;
import cairn.model.fault.Fault;
import cairn.model.memory.PagedMemory;
import cairn.model.service.Service;
import cairn.part.snapshot.SharedSnapshot;
import cairn.part.view.Pulse;
import cairn.protocol.Plans;
import cairn.protocol.SeededBug;
import cairn.protocol.Surroundings;
import cairn.simulator.Scenario;

import java.util.List;

/** Realistic mistakes in snapshots and failover, one at a time; each has to be caught. */
public final class SnapshotsBugs {

    private static final long REQUESTS = 1_500;
    private static final NodeId PRIMARY = Topology.INSTANCES.getFirst();
    private static final NodeId BACKUP = Topology.INSTANCES.getLast();

    private static final SnapshotsSettings PLAIN =
            Records.like(SnapshotsSettings.DEFAULT)
                    .with("suspectAfterNanos", 3_000_000)
                    .with("transferTimeoutNanos", 2_000_000)
                    .made();

    private SnapshotsBugs() {}

    /** In the order of the list of bugs. */
    public static List<SeededBug> all() {
        return List.of(
                // A transfer processor that dies now and then leaves sections shared for long.
                bug(
                        "S1",
                        "COW_READS_LIVE",
                        List.of("SNAP", "ATOM"),
                        Records.like(PLAIN)
                                .with("sectionPages", 1)
                                .with("transferDeathProbability", 0.2)
                                .made(),
                        new ReadsLive(),
                        crashes()),
                bug(
                        "S3",
                        "SINGLE_SLOT_SHARED",
                        List.of("ATOM", "DUR"),
                        Records.like(PLAIN).with("overlapping", 1).with("sectionPages", 1).made(),
                        new SingleSlot(),
                        crashes()),
                bug(
                        "S4",
                        "SEAL_BEFORE_DATA",
                        List.of("ATOM"),
                        PLAIN,
                        new SealBeforeData(),
                        powerLosses()),
                bug(
                        "S5",
                        "FALSE_SUSPICION",
                        List.of("SP", "FENCE"),
                        PLAIN,
                        new NoFence(),
                        pauses()),
                bug(
                        "S6",
                        "NO_HANG_DETECT",
                        List.of("LIVE"),
                        Records.like(PLAIN).with("applicationHangProbability", 0.001).made(),
                        new AnswersAreLife(),
                        FaultPlan.NONE),
                bug(
                        "X11",
                        "SEALED_IN_MEMORY",
                        List.of("BOUND"),
                        PLAIN,
                        new KeepsSealed(),
                        crashes()),
                new SeededBug(
                        "S8",
                        "RESTART_BAD_FOREVER",
                        List.of("LIVE"),
                        _ -> onReadsAlone(new NewestOrNothing()),
                        _ -> onReadsAlone(Rules.SOUND)));
    }

    private static SeededBug bug(
            String id,
            String name,
            List<String> caughtBy,
            SnapshotsSettings settings,
            Rules broken,
            FaultPlan plan) {
        return new SeededBug(
                id,
                name,
                caughtBy,
                _ -> scenario(settings, broken, Surroundings.bank(), plan),
                _ -> scenario(settings, Rules.SOUND, Surroundings.bank(), plan));
    }

    private static Scenario<?> scenario(
            SnapshotsSettings settings, Rules rules, Service bank, FaultPlan plan) {
        return Surroundings.scenario(
                (service, clients, costs) ->
                        new Snapshots(settings, service, clients, costs, rules),
                bank,
                REQUESTS,
                plan);
    }

    /**
     * Snapshots that are all alike, since nothing changes: when the newest one decays, as no
     * protocol promises to survive, the one before it is as good.
     */
    private static Scenario<?> onReadsAlone(Rules rules) {
        return scenario(
                PLAIN,
                rules,
                new Bank(new BankSettings(4_000, 1_000, 1, 0, 0, 1)),
                new Plans()
                        .every(8_000_000, new Fault.SectorRot(Topology.STORAGE), 1)
                        .every(10_000_000, new Fault.ProcessCrash(PRIMARY), 500_000)
                        .every(10_000_000, new Fault.ProcessCrash(BACKUP), 500_000)
                        .plan());
    }

    private static FaultPlan crashes() {
        return new Plans()
                .every(9_000_000, new Fault.ProcessCrash(PRIMARY), 500_000)
                .every(9_000_000, new Fault.ProcessCrash(BACKUP), 500_000)
                .plan();
    }

    private static FaultPlan powerLosses() {
        return new Plans()
                .every(6_000_000, new Fault.PowerLoss(Topology.STORAGE), 500_000)
                .every(9_000_000, new Fault.ProcessCrash(PRIMARY), 500_000)
                .every(9_000_000, new Fault.ProcessCrash(BACKUP), 500_000)
                .plan();
    }

    private static FaultPlan pauses() {
        var plans = new Plans();
        for (NodeId instance : Topology.INSTANCES) {
            plans.every(15_000_000, new Fault.Isolation(Topology.DAEMONS.getFirst()), 8_000_000);
            plans.every(15_000_000, new Fault.Pause(instance), 8_000_000);
        }
        return plans.plan();
    }

    /** X11: what is sealed stays in memory, and each store is compared with it. */
    private static final class KeepsSealed implements Rules {
        @Override
        public boolean givesUpSealed() {
            return false;
        }
    }

    /** S1: the transfer processor reads the page that the application goes on changing. */
    private static final class ReadsLive implements Rules {
        @Override
        public void copyPage(
                SharedSnapshot snapshot, int page, PagedMemory memory, byte[] into, int offset) {
            memory.read((long) page * PagedMemory.PAGE_BYTES, into, offset, PagedMemory.PAGE_BYTES);
        }
    }

    /** S3: the new snapshot is written over the only one. */
    private static final class SingleSlot implements Rules {
        @Override
        public boolean isFree(boolean holdsSealed, boolean isBeingWritten) {
            return !isBeingWritten;
        }
    }

    /** S4: the mark that a snapshot is complete comes before its sections are durable. */
    private static final class SealBeforeData implements Rules {
        @Override
        public boolean sealsWhatIsDurable() {
            return false;
        }

        @Override
        public boolean isWhole(long checksum, long expected) {
            return true;
        }
    }

    /** S5: a slow heartbeat starts the second instance, and nobody stops the first. */
    private static final class NoFence implements Rules {
        @Override
        public boolean isOutranked(long term, long highest) {
            return false;
        }
    }

    /** S6: a process that answers is taken for well. */
    private static final class AnswersAreLife implements Rules {
        @Override
        public boolean isSignOfLife(Pulse before, Pulse now) {
            return true;
        }
    }

    /** S8: the newest snapshot is tried again and again. */
    private static final class NewestOrNothing implements Rules {
        @Override
        public boolean mayFallBack() {
            return false;
        }
    }
}
