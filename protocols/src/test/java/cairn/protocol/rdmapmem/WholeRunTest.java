package cairn.protocol.rdmapmem;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cairn.application.bank.Bank;
import cairn.application.bank.BankSettings;
import cairn.fault.CalmChoices;
import cairn.fault.FaultPlan;
import cairn.fault.SeededChoices;
import cairn.model.Acknowledgement;
import cairn.model.CpuCosts;
import cairn.model.Epoch;
import cairn.model.Fact;
import cairn.model.NodeId;
import cairn.model.Observation;
import cairn.model.Observer;
import cairn.model.Records;
import cairn.model.fault.Fault;
import cairn.model.fault.Injection;
import cairn.model.fault.Moment;
import cairn.model.fault.Trigger;
import cairn.model.property.Bounds;
import cairn.model.property.Properties;
import cairn.model.property.Verdict;
import cairn.model.service.Workload;
import cairn.model.verbs.Opcode;
import cairn.model.verbs.RemoteAccess;
import cairn.part.sets.StoreMode;
import cairn.protocol.Ranks;
import cairn.rdma.Loss;
import cairn.simulator.Limits;
import cairn.simulator.RunResult;
import cairn.simulator.Scenario;
import cairn.simulator.Simulation;
import cairn.simulator.Trace;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What the persistent-memory unit's requirements say of a run as a whole. */
final class WholeRunTest {

    private static final NodeId PRIMARY = new NodeId(0);
    private static final NodeId BACKUP = new NodeId(1);
    private static final NodeId UNIT = new NodeId(2);
    private static final int CLIENTS = 4;
    private static final long REQUESTS = 1_000;
    private static final long MILLISECOND = 1_000_000;
    private static final RdmaPmemSettings USUAL = RdmaPmemSettings.DEFAULT;

    /** Everything that happened in one run. */
    private record Ran(RunResult result, List<Observation> seen) {

        List<RemoteAccess> accessesBy(NodeId requester, Opcode operation) {
            List<RemoteAccess> found = new ArrayList<>();
            for (Observation observation : seen) {
                if (observation instanceof Observation.Accessed(long _, var access)
                        && access.requester().equals(requester)
                        && access.operation() == operation
                        && access.applied()) {
                    found.add(access);
                }
            }
            return found;
        }

        long bytesReadByBackupAfterTheCrash() {
            long struck = Long.MAX_VALUE;
            long bytes = 0;
            for (Observation observation : seen) {
                if (observation instanceof Observation.Struck(long at, var _)) {
                    struck = Math.min(struck, at);
                } else if (observation instanceof Observation.Accessed(long at, var access)
                        && at >= struck
                        && access.requester().equals(BACKUP)
                        && access.operation() == Opcode.READ) {
                    bytes += access.length();
                }
            }
            return bytes;
        }

        Epoch restoredByBackup() {
            for (Observation observation : seen) {
                if (observation instanceof Observation.Claimed claimed
                        && claimed.node().equals(BACKUP)
                        && claimed.fact() instanceof Fact.Resumed(int _, Epoch epoch)) {
                    return epoch;
                }
            }
            return Epoch.ZERO;
        }

        void holds(String... properties) {
            for (String property : properties) {
                assertInstanceOf(
                        Verdict.Holds.class,
                        result.verdict(property),
                        () -> property + ": " + result.verdict(property));
            }
        }
    }

    private static Scenario<?> scenario(RdmaPmemSettings settings, Injection... faults) {
        var bank = new Bank(new BankSettings(4_096, 1_000, 0.1, 0.01, 0, 1));
        var workload =
                new Workload(CLIENTS, REQUESTS, new Workload.Loop.Closed(5_000), 2 * MILLISECOND);
        return new Scenario<>(
                new RdmaPmem(settings, bank, CLIENTS, CpuCosts.DEFAULT),
                bank,
                workload,
                Ranks.ENVIRONMENT,
                new FaultPlan(Arrays.asList(faults), List.of()),
                new Bounds(64, 2_000 * MILLISECOND, 5_000_000),
                new Limits(10_000 * MILLISECOND, MILLISECOND, MILLISECOND, 20_000_000));
    }

    private static Ran run(RdmaPmemSettings settings, Injection... faults) {
        Scenario<?> scenario = scenario(settings, faults);
        List<Observation> seen = new ArrayList<>();
        Observer all = seen::add;
        RunResult result =
                new Simulation<>(
                                scenario,
                                new SeededChoices(1),
                                Properties.of(scenario.application()),
                                List.of(all),
                                null)
                        .run();
        assertFalse(result.isViolated(), () -> "" + result.judgements());
        assertTrue(result.finished());
        return new Ran(result, seen);
    }

    /** What was told of bytes that a fault of the unit took, as its fortieth write completes. */
    private static List<Object> lostTo(Fault fault) {
        List<Object> lost = new ArrayList<>();
        Trace trace =
                new Trace() {
                    @Override
                    public void step(
                            long at, Step step, int node, int peer, @Nullable Object what) {
                        if (step == Step.LOST && what instanceof Loss) {
                            lost.add(what);
                        }
                    }

                    @Override
                    public void on(Observation observation) {
                        // The steps are enough.
                    }
                };
        RdmaPmemSettings unflushed =
                Records.like(USUAL).with("acknowledge", Acknowledgement.RECEIVED).made();
        Trigger completed = new Trigger.OnMoment(Moment.WRITE_COMPLETED, 40, PRIMARY);
        new Simulation<>(
                        scenario(unflushed, new Injection(completed, fault, MILLISECOND)),
                        new CalmChoices(),
                        List.of(),
                        List.of(),
                        trace)
                .run();
        return lost;
    }

    @Test
    void whatAResetTakesOutOfTheAdapterIsToldAsWhatAPowerLossTakesIs() {
        List<Object> lost = lostTo(new Fault.PowerLoss(UNIT));
        assertTrue(lost.getFirst() instanceof Loss loss && loss.adapterBytes() > 0, lost::toString);
        assertEquals(lost, lostTo(new Fault.WarmReset(UNIT)));
        assertEquals(lost, lostTo(new Fault.NicReset(UNIT)));
    }

    private static Injection forGood(Trigger when, Fault fault) {
        return new Injection(when, fault, Injection.NEVER);
    }

    private static Trigger acknowledged(long count) {
        return new Trigger.OnMoment(Moment.ACKNOWLEDGED, count, null);
    }

    /** PMU-2: nothing on the data path needs the unit's processor. */
    @Test
    void pmu2AHungProcessorInTheUnitDoesNotHoldUpCheckpoints() {
        Ran calm = run(USUAL);
        Ran hung = run(USUAL, forGood(acknowledged(5), new Fault.CpuHang(UNIT)));
        assertEquals(REQUESTS, hung.result().answered());
        assertFalse(hung.accessesBy(PRIMARY, Opcode.WRITE).isEmpty());
        assertTrue(hung.result().endNanos() < 1.05 * calm.result().endNanos());
    }

    /** PMU-3: the backup reads what the primary wrote, and goes on from there. */
    @Test
    void pmu3TheBackupTakesOverFromTheLastAcknowledgedCheckpoint() {
        for (Moment moment :
                List.of(Moment.CUT, Moment.FLUSH_COMPLETED, Moment.SEALED, Moment.ACKNOWLEDGED)) {
            Ran ran =
                    run(
                            USUAL,
                            forGood(
                                    new Trigger.OnMoment(moment, 200, null),
                                    new Fault.ProcessCrash(PRIMARY)));
            assertTrue(ran.restoredByBackup().isAfter(Epoch.ZERO), moment.name());
            ran.holds("DUR", "ATOM", "LIN");
        }
    }

    /** PMU-5: whoever reads is another machine than whoever wrote, with a connection of its own. */
    @Test
    void pmu5ReaderAndWriterAreDifferentMachinesWithDifferentConnections() {
        Ran ran = run(USUAL, forGood(acknowledged(40), new Fault.ProcessCrash(PRIMARY)));
        List<RemoteAccess> writes = ran.accessesBy(PRIMARY, Opcode.WRITE);
        List<RemoteAccess> reads = ran.accessesBy(BACKUP, Opcode.READ);
        assertFalse(writes.isEmpty());
        assertFalse(reads.isEmpty());
        assertTrue(
                reads.stream()
                        .noneMatch(read ->
                                writes.stream()
                                        .anyMatch(write -> write.queuePair() == read.queuePair())));
    }

    /** PMU-7: all sets that are kept, read one after another, are one closed chain. */
    @Test
    void pmu7TheBackupFetchesAChainOfSetsWhileThePrimaryAppends() {
        Ran ran =
                run(
                        Records.like(USUAL)
                                .with("mode", StoreMode.APPEND)
                                .with("backup", BackupMode.COLD)
                                .made(),
                        forGood(acknowledged(61), new Fault.ProcessCrash(PRIMARY)));
        ran.holds("DUR", "ATOM", "SNAP", "CLEAN", "GC");
        assertTrue(ran.restoredByBackup().isAfter(Epoch.ZERO));
    }

    /** PMU-8: the primary does not notice that the backup is gone. */
    @Test
    void pmu8CheckpointsTakeNoLongerWithoutABackup() {
        Ran with = run(Records.like(USUAL).with("backup", BackupMode.COLD).made());
        Ran without =
                run(
                        Records.like(USUAL).with("backup", BackupMode.COLD).made(),
                        forGood(new Trigger.At(0), new Fault.ProcessCrash(BACKUP)));
        assertEquals(
                with.accessesBy(PRIMARY, Opcode.WRITE).size(),
                without.accessesBy(PRIMARY, Opcode.WRITE).size());
        assertTrue(without.result().endNanos() <= 1.05 * with.result().endNanos());
    }

    /** PMU-9: a connection whose retries ran out is made anew. */
    @Test
    void pmu9ALinkThatIsCutForLongerThanTheRetriesLastIsSurvived() {
        Ran ran =
                run(
                        USUAL,
                        new Injection(
                                acknowledged(40),
                                new Fault.LinkCut(PRIMARY, UNIT),
                                1_500 * MILLISECOND));
        ran.holds("LIN", "LIVE");
    }

    /** PMU-16: a backup that read along needs only what it has not read. */
    @Test
    void pmu16AHotBackupReadsLessWhenItTakesOverThanAColdOne() {
        RdmaPmemSettings append = Records.like(USUAL).with("mode", StoreMode.APPEND).made();
        Injection crash = forGood(acknowledged(61), new Fault.ProcessCrash(PRIMARY));
        Ran cold = run(Records.like(append).with("backup", BackupMode.COLD).made(), crash);
        Ran hot = run(Records.like(append).with("backup", BackupMode.HOT).made(), crash);
        hot.holds("DUR", "ATOM");
        assertTrue(
                hot.bytesReadByBackupAfterTheCrash() < cold.bytesReadByBackupAfterTheCrash(),
                hot.bytesReadByBackupAfterTheCrash()
                        + " and "
                        + cold.bytesReadByBackupAfterTheCrash());
    }

    /** PMU-20: what both mirrors hold survives the loss of one of them. */
    @Test
    void pmu20AcknowledgedCheckpointsSurviveTheLossOfOneMirror() {
        Ran ran =
                run(
                        Records.like(USUAL)
                                .with("mirrors", 2)
                                .with("acknowledge", Acknowledgement.DURABLE_ON_ALL)
                                .made(),
                        new Injection(acknowledged(40), new Fault.PermanentLoss(UNIT), MILLISECOND),
                        forGood(acknowledged(40), new Fault.ProcessCrash(PRIMARY)));
        ran.holds("DUR", "ATOM", "LIN");
        assertTrue(ran.restoredByBackup().isAfter(Epoch.ZERO));
    }
}
