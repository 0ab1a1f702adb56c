package cairn.protocol.migration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cairn.application.crew.Crew;
import cairn.application.crew.CrewSettings;
import cairn.fault.CalmChoices;
import cairn.fault.FaultPlan;
import cairn.model.CpuCosts;
import cairn.model.Epoch;
import cairn.model.Fact;
import cairn.model.Message;
import cairn.model.NodeId;
import cairn.model.Observation;
import cairn.model.computation.Computation;
import cairn.model.fault.Fault;
import cairn.model.fault.FaultTally;
import cairn.model.fault.Injection;
import cairn.model.fault.Moment;
import cairn.model.fault.Trigger;
import cairn.model.property.Properties;
import cairn.model.property.Verdict;
import cairn.part.transfer.Form;
import cairn.protocol.Networks;
import cairn.protocol.Ranks;
import cairn.simulator.RunResult;
import cairn.simulator.Scenario;
import cairn.simulator.Simulation;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;

/** Ranks move; what that costs, and what becomes of a move that fails. */
final class MigrationTest {

    private static final int RANKS = 2;
    private static final int PAGES = 96;

    private final List<Observation.Claimed> claimed = new ArrayList<>();

    /** Ranks that change a page in so many nanoseconds; the network carries one in 3.4 us. */
    private static Computation crew(long workNanos) {
        return new Crew(new CrewSettings(RANKS, 1, 300, workNanos, PAGES, 1, 0, 5, 0));
    }

    private static MigrationSettings settings(Form form, long everyNanos) {
        return new MigrationSettings(form, everyNanos, 1, 4, 29, 4, 0.9, 5_000_000, 500_000);
    }

    private RunResult run(
            MigrationSettings settings, Computation computation, Injection... faults) {
        var protocol = new Migration(settings, computation, CpuCosts.DEFAULT);
        return run(
                Ranks.scenario(protocol, computation, new FaultPlan(List.of(faults), List.of())));
    }

    private <M extends Message> RunResult run(Scenario<M> scenario) {
        return new Simulation<>(
                        scenario,
                        new CalmChoices(),
                        Properties.all(),
                        List.of(observation -> {
                            if (observation instanceof Observation.Claimed claim) {
                                claimed.add(claim);
                            }
                        }),
                        null)
                .run();
    }

    private <F extends Fact> List<F> facts(Class<F> kind) {
        return claimed.stream()
                .map(Observation.Claimed::fact)
                .filter(kind::isInstance)
                .map(kind::cast)
                .toList();
    }

    /** From the cut to when it goes on, of the first move. */
    private long downtime() {
        long cut =
                claimed.stream()
                        .filter(claim -> claim.fact() instanceof Fact.Cut)
                        .findFirst()
                        .orElseThrow()
                        .at();
        return claimed.stream()
                        .filter(claim ->
                                claim.fact() instanceof Fact.Moved
                                        || (claim.fact() instanceof Fact.Resumed(int _, Epoch epoch)
                                                && epoch.isAfter(Epoch.ZERO)))
                        .findFirst()
                        .orElseThrow()
                        .at()
                - cut;
    }

    private static void holds(RunResult result, String... properties) {
        assertTrue(result.finished());
        for (String property : properties) {
            Verdict verdict = result.verdict(property);
            assertTrue(verdict instanceof Verdict.Holds, () -> property + ": " + verdict);
        }
    }

    @ParameterizedTest
    @EnumSource(Form.class)
    void dj15PeersMessagesFollowARankAndItsOldCopyDoesNotGoOn(Form form) {
        RunResult result = run(settings(form, 200_000), crew(5_000));
        Set<Integer> homes = new TreeSet<>();
        for (Observation.Claimed claim : claimed) {
            if (claim.fact() instanceof Fact.Received(int process, int _, long _, long _)
                    && process == 0) {
                homes.add(claim.node().index());
            }
        }
        assertEquals(RANKS + 1, homes.size(), () -> "rank 0 received at " + homes);
        holds(result, "EO", "SP", "RES", "LIVE", "TIME");
    }

    /** DJ-16: a rank has been at each node when it ends, and nothing told them apart. */
    @ParameterizedTest
    @EnumSource(
            value = Form.class,
            names = {"STOP_AND_COPY", "PRE_COPY"})
    void dj16WhatArrivesIsTheProcessAsItWasAtTheCut(Form form) {
        holds(run(settings(form, 200_000), crew(5_000)), "ATOM", "SNAP", "CLEAN", "RES");
        assertTrue(facts(Fact.Migrated.class).size() > 3);
    }

    @Test
    void theMoreMovesWhileItRunsTheShorterItStandsStill() {
        run(settings(Form.STOP_AND_COPY, 200_000), crew(40_000));
        long stopped = downtime();
        claimed.clear();
        run(settings(Form.PRE_COPY, 200_000), crew(40_000));
        long before = downtime();
        claimed.clear();
        run(settings(Form.POST_COPY, 200_000), crew(40_000));
        long after = downtime();
        assertTrue(stopped > 2 * before, () -> stopped + " ns against " + before);
        assertTrue(before > after, () -> before + " ns against " + after);
        // Each page moves once, but for those that were asked for while they were on their way.
        assertTrue(facts(Fact.Migrated.class).getFirst().bytes() < 1.2 * PAGES * 4096);
    }

    @Test
    void aRankThatStoresFasterThanTheNetworkCarriesIsNotChasedForever() {
        run(settings(Form.PRE_COPY, 200_000), crew(40_000));
        Fact.Migrated slow = facts(Fact.Migrated.class).getFirst();
        claimed.clear();
        run(settings(Form.PRE_COPY, 200_000), crew(300));
        Fact.Migrated fast = facts(Fact.Migrated.class).getFirst();
        assertTrue(fast.bytes() > 1.5 * slow.bytes(), () -> fast + " against " + slow);
        assertTrue(fast.rounds() < 29, () -> "it noticed after " + fast.rounds() + " rounds");
    }

    /** It threw when a page was mapped anew, and died of a store. */
    @Test
    void aRankMovesWhereNoMappingIsLeftForProtection() {
        var computation = new Crew(new CrewSettings(RANKS, 1, 300, 5_000, PAGES, 1, 0, 5, 3));
        Injection[] shortages =
                IntStream.rangeClosed(0, RANKS)
                        .mapToObj(node ->
                                new Injection(
                                        new Trigger.At(0),
                                        new Fault.FailedProtection(new NodeId(node), 3),
                                        1_000_000_000))
                        .toArray(Injection[]::new);
        RunResult result = run(settings(Form.PRE_COPY, 200_000), computation, shortages);
        assertTrue(result.faults().stream().noneMatch(FaultTally::isVain));
        assertEquals(1, facts(Fact.Line.class).size(), "nobody began again");
        holds(result, "ATOM", "SNAP", "CLEAN", "RES", "LIVE");
    }

    private RunResult runOnSlowNetwork(Form form, long patienceNanos) {
        var settings =
                new MigrationSettings(form, 200_000, 1, 8, 29, 4, 0.9, patienceNanos, 50_000);
        Computation computation = crew(5_000);
        return run(
                Networks.slow(
                        Ranks.scenario(
                                new Migration(settings, computation, CpuCosts.DEFAULT),
                                computation,
                                FaultPlan.NONE)));
    }

    /** A batch is longer on its way than the time after which it would be sent again. */
    @ParameterizedTest
    @EnumSource(Form.class)
    void aSlowNetworkIsNotFilledWithRepeatsOfWhatIsOnItsWay(Form form) {
        holds(runOnSlowNetwork(form, 2_000_000), "LIVE", "SP", "RES");
        for (Fact.Migrated move : facts(Fact.Migrated.class)) {
            assertTrue(move.bytes() < 3 * PAGES * 4096, () -> "pages twice, and repeats: " + move);
        }
    }

    /** Patience is shorter than a batch takes, so no move would ever come to its end. */
    @ParameterizedTest
    @EnumSource(Form.class)
    void aMoveThatHadTooLittleTimeHasMoreTheNextTime(Form form) {
        holds(runOnSlowNetwork(form, 150_000), "LIVE", "SP", "RES");
        assertFalse(facts(Fact.Migrated.class).isEmpty());
    }

    private static Injection crash(int node, Moment moment, int count) {
        return new Injection(
                new Trigger.OnMoment(moment, count, null),
                new Fault.ProcessCrash(new NodeId(node)),
                100_000);
    }

    /**
     * Rank 0 moves from node 0 to node 2, the spare one; the cut is the first moment of its kind.
     */
    @ParameterizedTest
    @EnumSource(Form.class)
    void aTargetThatDiesBeforeItHasTheRankCostsAMoveAndNothingElse(Form form) {
        RunResult result = run(settings(form, 200_000), crew(5_000), crash(2, Moment.CUT, 1));
        assertEquals(1, facts(Fact.Line.class).size(), "nobody began again");
        holds(result, "RES", "LIVE", "TIME");
    }

    /** The named risk of post-copy: the rank is in two places, and needs both. */
    @Test
    void aSourceThatDiesAfterTheRankWentOnTakesPagesWithIt() {
        RunResult result =
                run(
                        settings(Form.POST_COPY, 200_000),
                        crew(5_000),
                        crash(0, Moment.RESUMED, RANKS + 1));
        assertEquals(2, facts(Fact.Line.class).size(), "all begin again");
        assertFalse(facts(Fact.Moved.class).isEmpty());
        holds(result, "RES", "LIVE", "SP", "TIME");
    }

    @Test
    void aSourceThatDiesAfterTheWholeRankWentOnIsNotMissed() {
        RunResult result =
                run(
                        settings(Form.STOP_AND_COPY, 200_000),
                        crew(5_000),
                        crash(0, Moment.RESUMED, RANKS + 1));
        assertEquals(1, facts(Fact.Line.class).size(), "nobody began again");
        holds(result, "RES", "LIVE", "SP", "TIME");
    }
}
