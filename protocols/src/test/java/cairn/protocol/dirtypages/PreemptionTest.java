package cairn.protocol.dirtypages;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cairn.application.crew.Crew;
import cairn.application.crew.CrewSettings;
import cairn.fault.CalmChoices;
import cairn.fault.FaultPlan;
import cairn.model.Activity;
import cairn.model.CpuCosts;
import cairn.model.Epoch;
import cairn.model.Fact;
import cairn.model.Observation;
import cairn.model.computation.Computation;
import cairn.model.computation.Parcel;
import cairn.model.property.Properties;
import cairn.model.property.Verdict;
import cairn.part.Channels.Frame;
import cairn.part.incremental.Chain;
import cairn.part.incremental.Shortage;
import cairn.protocol.Ranks;
import cairn.simulator.RunResult;
import cairn.simulator.Simulation;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** A scheduler takes the nodes away now and then, and each rank goes on elsewhere. */
final class PreemptionTest {

    private static final Computation CREW =
            new Crew(new CrewSettings(3, 2, 300, 5_000, 8, 2, 0.5, 5, 7));

    private final List<Observation.Claimed> claimed = new ArrayList<>();
    private final RunResult result = run();

    private RunResult run() {
        var settings =
                DirtyPagesRuns.byFaults(
                        10_000_000,
                        Chain.PERIODIC,
                        4,
                        Place.STORAGE_NODE,
                        InFlight.SAVE,
                        8,
                        65_500,
                        Shortage.COALESCE,
                        false,
                        1,
                        500_000,
                        300_000,
                        50_000);
        var protocol = new DirtyPages(settings, CREW, CpuCosts.DEFAULT);
        return new Simulation<>(
                        Ranks.scenario(protocol, CREW, FaultPlan.NONE),
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

    private List<Observation.Claimed> about(Class<? extends Fact> kind) {
        return claimed.stream().filter(claim -> kind.isInstance(claim.fact())).toList();
    }

    @Test
    void dj13ItIsHaltedWhenAllIsDurableAndGoesOnWhereItHalted() {
        List<Fact> facts = claimed.stream().map(Observation.Claimed::fact).toList();
        int left = facts.indexOf(new Fact.Doing(0, Activity.DOWN));
        assertTrue(left > 0);
        Epoch last = Epoch.ZERO;
        for (Fact fact : facts.subList(0, left)) {
            last =
                    fact instanceof Fact.Acknowledged(int rank, Epoch epoch) && rank == 0
                            ? epoch
                            : last;
        }
        assertTrue(last.isAfter(Epoch.ZERO));
        assertTrue(facts.subList(left, facts.size()).contains(new Fact.Resumed(0, last)));
        // Nobody computed between the cut and the halt, so nothing had to be done twice.
        int cut = facts.indexOf(new Fact.Cut(0, last));
        assertFalse(
                facts.subList(cut, left).stream().anyMatch(Fact.OfRank.class::isInstance),
                "a rank went on after the cut");
        assertTrue(result.finished());
        assertTrue(result.verdict("RES") instanceof Verdict.Holds);
    }

    @Test
    void dj14AnotherComputationHearsItsOwnMessagesAlone() {
        Tenant tenant = new Tenant(1, 3, 17);
        tenant.hear(new Frame<>(16, 1, new Parcel(0, 1, 1, new byte[8])));
        assertEquals(0, tenant.heard());
        tenant.hear(new Frame<>(17, 1, new Parcel(0, 1, 1, new byte[8])));
        assertEquals(1, tenant.heard());
        // And what it left in memory and on the wire did not get into this one.
        assertTrue(result.verdict("ATOM") instanceof Verdict.Holds);
        assertTrue(result.verdict("EO") instanceof Verdict.Holds);
    }

    /** DJ-16 too: nothing in an image is bound to the node that it was taken on. */
    @Test
    void dj15EachRankGoesOnAtAnotherNodeFromItsLastCheckpoint() {
        Set<Integer> homes = new TreeSet<>();
        for (Observation.Claimed claim : about(Fact.Resumed.class)) {
            if (((Fact.Resumed) claim.fact()).process() == 0) {
                homes.add(claim.node().index());
            }
        }
        assertTrue(homes.size() > 2, () -> "rank 0 was at " + homes);
        assertTrue(result.verdict("SP") instanceof Verdict.Holds);
        assertTrue(result.verdict("CUT-1") instanceof Verdict.Holds);
    }
}
