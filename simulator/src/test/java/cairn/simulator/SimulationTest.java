package cairn.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cairn.fault.Admissible;
import cairn.fault.Deliveries;
import cairn.fault.FaultPlan;
import cairn.fault.RecordingChoices;
import cairn.fault.SeededChoices;
import cairn.fault.strategy.PartialOrderChoices;
import cairn.model.CpuCosts;
import cairn.model.Observation;
import cairn.model.Records;
import cairn.model.fault.Fault;
import cairn.model.fault.FaultKind;
import cairn.model.fault.Injection;
import cairn.model.fault.Moment;
import cairn.model.fault.Trigger;
import cairn.model.property.Bounds;
import cairn.model.property.Properties;
import cairn.model.property.Verdict;
import cairn.model.service.Workload;
import cairn.rdma.Platform;
import cairn.rdma.RdmaCosts;
import cairn.simulator.disk.DiskCosts;
import cairn.simulator.network.NetworkCosts;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

class SimulationTest {

    private static final long MICRO = 1_000;
    private static final long MILLI = 1_000_000;

    private final List<Observation> seen = new ArrayList<>();

    private RunResult run(Injection... injections) {
        return run(new FaultPlan(List.of(injections), List.of()));
    }

    private RunResult run(FaultPlan faults) {
        seen.clear();
        return new Simulation<>(
                        scenario(5 * MILLI, faults),
                        new SeededChoices(1),
                        List.of(),
                        List.of(seen::add),
                        null)
                .run();
    }

    private static Scenario<Volatile.Word> scenario(long timeoutNanos, FaultPlan faults) {
        Workload workload = new Workload(2, 100, new Workload.Loop.Closed(0), timeoutNanos);
        return new Scenario<>(
                new Volatile(2),
                new Counter(),
                workload,
                new Environment(
                        CpuCosts.DEFAULT,
                        NetworkCosts.constant("", 10_000, 1.2),
                        RdmaCosts.DEFAULT,
                        Platform.COMMON,
                        DiskCosts.NVME_PROTECTED,
                        false),
                faults,
                new Bounds(8, 100 * MILLI, 1_000_000),
                Limits.DEFAULT);
    }

    private <T extends Observation> List<T> seen(Class<T> kind) {
        return seen.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    /** How often the order of arrivals was another than the calm one. */
    private static long disorder(long faultsUntilNanos) {
        Scenario<Volatile.Word> usual = scenario(5 * MILLI, new FaultPlan(List.of(), List.of()));
        Limits limits =
                Records.like(usual.limits()).with("faultsUntilNanos", faultsUntilNanos).made();
        var recording = new RecordingChoices(new PartialOrderChoices(1));
        new Simulation<>(
                        new Scenario<>(
                                usual.protocol(),
                                usual.application(),
                                usual.environment(),
                                usual.faults(),
                                usual.bounds(),
                                limits),
                        recording,
                        List.of(),
                        List.of(),
                        null)
                .run();
        return recording.answers().stream()
                .filter(Deliveries::isAbout)
                .filter(answer -> answer.value() != 0)
                .count();
    }

    @Test
    void theOrderOfArrivalsIsFreeForAsLongAsThingsMayFail() {
        assertTrue(disorder(MILLI) > 0);
        assertEquals(0, disorder(0));
        assertTrue(disorder(MILLI) < disorder(100 * MILLI));
    }

    @Test
    void everyRequestOfACalmRunIsAnsweredOnce() {
        RunResult result = run();
        assertTrue(result.finished());
        assertEquals(100, result.answered());
        assertEquals(100, seen(Observation.Invoked.class).size());
        assertEquals(100, seen(Observation.Answered.class).size());
        assertEquals(100, seen.stream().filter(Observation.Released.class::isInstance).count());
    }

    /** Nothing happens after the crash: the clients wait, and nobody has a timer to fire. */
    @Test
    void whoWaitsInSilenceUntilTheEndIsBlamedLikeWhoWaitsInNoise() {
        Injection crash = strike(new Fault.ProcessCrash(Volatile.SERVER), 300 * MICRO, MILLI);
        RunResult result =
                new Simulation<>(
                                scenario(60_000 * MILLI, new FaultPlan(List.of(crash), List.of())),
                                new SeededChoices(1),
                                List.of(Properties.named("LIVE")),
                                List.of(),
                                null)
                        .run();
        assertFalse(result.finished());
        assertInstanceOf(Verdict.Violated.class, result.verdict("LIVE"));
    }

    @Test
    void theSameAnswersGiveTheSameDigest() {
        RunResult first = run();
        assertEquals(first, run());
        assertFalse(first.digest() == run(strike(new Fault.Pause(Volatile.SERVER), 1, 5)).digest());
    }

    @Test
    void aServerHandlesOneRequestAfterTheOther() {
        run();
        List<Observation.Released> released = seen(Observation.Released.class);
        for (int i = 1; i < released.size(); i++) {
            assertTrue(released.get(i).at() - released.get(i - 1).at() >= 1_100);
        }
    }

    @Test
    void aCrashDropsTheStateAndARestartedServerStartsFromNothing() {
        RunResult result = run(strike(new Fault.ProcessCrash(Volatile.SERVER), 300 * MICRO, MILLI));
        assertTrue(result.finished());
        assertEquals(1, seen(Observation.Ended.class).size());
        assertEquals(5, seen(Observation.Booted.class).size());
        // The counter was lost with the memory, so the same result was given twice.
        List<Long> results =
                seen(Observation.Answered.class).stream().map(a -> a.response().result()).toList();
        assertTrue(results.stream().distinct().count() < results.size());
    }

    @Test
    void aPausedServerReleasesWhatItWasAboutToReleaseWhenItGoesOn() {
        // The pause falls between the server's send and its answer, which are a microsecond apart.
        run(
                new Injection(
                        new Trigger.OnMoment(Moment.SEND, 1, Volatile.SERVER),
                        new Fault.Pause(Volatile.SERVER),
                        3 * MILLI));
        Observation.Struck struck = seen(Observation.Struck.class).getFirst();
        Observation.Released first = seen(Observation.Released.class).getFirst();
        assertEquals(struck.at() + 3 * MILLI, first.at());
    }

    @Test
    void aFaultStrikesAtTheMomentThatItWaitsFor() {
        run(
                new Injection(
                        new Trigger.OnMoment(Moment.ANSWER, 3, null),
                        new Fault.ProcessCrash(Volatile.SERVER),
                        MILLI));
        Observation.Struck struck = seen(Observation.Struck.class).getFirst();
        assertEquals(seen(Observation.Released.class).get(2).at(), struck.at());
    }

    @Test
    void aResetOfAnInterfaceThatAMachineDoesNotHaveDoesNotEndItsProcess() {
        assertTrue(run(strike(new Fault.NicReset(Volatile.SERVER), 300 * MICRO, 0)).finished());
        assertEquals(List.of(), seen(Observation.Ended.class));
    }

    @Test
    void aFaultThatIsNeverHealedIsHealedWhenFaultsEnd() {
        RunResult result =
                run(
                        new Injection(
                                new Trigger.At(300 * MICRO),
                                new Fault.ProcessCrash(Volatile.SERVER),
                                Injection.NEVER));
        assertTrue(result.finished());
        assertEquals(1, seen(Observation.Healed.class).size());
    }

    @Test
    void aRunSuffersNoMoreThanIsAdmissible() {
        Map<FaultKind, Integer> most = new EnumMap<>(FaultKind.class);
        most.put(FaultKind.PROCESS_CRASH, 1);
        List<Injection> crashes =
                List.of(
                        strike(new Fault.ProcessCrash(Volatile.SERVER), 300 * MICRO, MILLI),
                        strike(new Fault.Pause(Volatile.SERVER), 2 * MILLI, MILLI),
                        strike(new Fault.ProcessCrash(Volatile.MONITOR), 4 * MILLI, MILLI));
        run(new FaultPlan(crashes, List.of(), new Admissible(most)));
        assertEquals(1, seen(Observation.Struck.class).size());
        assertEquals(1, seen(Observation.Healed.class).size());
        run(new FaultPlan(crashes, List.of()));
        assertEquals(3, seen(Observation.Struck.class).size());
    }

    @Test
    void aProcessWithoutMemoryIsKilledUntilThereIsSome() {
        RunResult result =
                run(strike(new Fault.OutOfMemory(Volatile.SERVER), 300 * MICRO, 5 * MILLI));
        assertTrue(result.finished());
        assertEquals("out of memory", seen(Observation.Ended.class).getFirst().reason());
        List<Observation.Booted> starts =
                seen(Observation.Booted.class).stream().filter(b -> b.incarnation() > 0).toList();
        assertEquals(1, starts.size());
        assertTrue(starts.getFirst().at() >= 5_300 * MICRO, () -> starts + "");
    }

    @Test
    void aRestartThatACrashOvertookDoesNotComeEarlyToALaterEnd() {
        run(
                strike(new Fault.OutOfMemory(Volatile.SERVER), 300 * MICRO, 100 * MICRO),
                strike(new Fault.ProcessCrash(Volatile.SERVER), 500 * MICRO, 100 * MICRO),
                strike(new Fault.OutOfMemory(Volatile.SERVER), 800 * MICRO, 100 * MICRO));
        // The first end orders a start at 1,300 us, which the crash and its healing overtake.
        assertEquals(
                List.of(600 * MICRO, 1_800 * MICRO),
                seen(Observation.Booted.class).stream()
                        .filter(booted -> booted.incarnation() > 0)
                        .map(Observation::at)
                        .toList());
    }

    @Test
    void aMachineThatIsWronglySuspectedHearsAllAndIsNotHeard() {
        run(strike(new Fault.FalseSuspicion(Volatile.SERVER), 300 * MICRO, 3 * MILLI));
        long from = 320 * MICRO;
        long until = 3_300 * MICRO;
        assertTrue(
                seen(Observation.Released.class).stream()
                        .anyMatch(one -> one.at() > 300 * MICRO && one.at() < until));
        assertTrue(
                seen(Observation.Answered.class).stream()
                        .noneMatch(one -> one.at() > from && one.at() < until));
    }

    private static Injection strike(Fault fault, long at, long lasts) {
        return new Injection(new Trigger.At(at), fault, lasts);
    }

    private static final Fault RACK =
            new Fault.RackPowerLoss(List.of(Volatile.SERVER, Volatile.MONITOR), 300 * MICRO);

    @Test
    void aRackLosesPowerAtOnceAndItsMachinesComeBackInTurn() {
        RunResult result = run(new Injection(new Trigger.At(MILLI), RACK, 500 * MICRO));
        assertTrue(result.finished());
        assertEquals(
                List.of(MILLI, MILLI),
                seen(Observation.Ended.class).stream().map(Observation::at).toList());
        assertEquals(
                List.of("n0 1500000", "n1 1800000"),
                seen(Observation.Booted.class).stream()
                        .filter(booted -> booted.incarnation() > 0)
                        .map(booted -> booted.node() + " " + booted.at())
                        .toList());
        assertEquals(List.of(new Observation.Struck(MILLI, RACK)), seen(Observation.Struck.class));
        assertEquals(
                List.of(new Observation.Healed(1_800 * MICRO, RACK)),
                seen(Observation.Healed.class));
    }

    @Test
    void aRackThatIsComingBackWhenFaultsEndIsAllBackThen() {
        Fault slow =
                new Fault.RackPowerLoss(
                        List.of(Volatile.MONITOR, Volatile.SERVER), 3_600_000 * MILLI);
        RunResult result = run(new Injection(new Trigger.At(MILLI), slow, 500 * MICRO));
        assertTrue(result.finished());
        assertEquals(
                List.of("n0", "n1"),
                seen(Observation.Booted.class).stream()
                        .filter(booted -> booted.incarnation() > 0)
                        .map(booted -> booted.node().toString())
                        .sorted()
                        .toList());
        assertEquals(1, seen(Observation.Healed.class).size());
    }
}
