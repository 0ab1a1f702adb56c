package cairn.protocol.dirtypages;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cairn.application.crew.Crew;
import cairn.application.crew.CrewSettings;
import cairn.fault.CalmChoices;
import cairn.fault.FaultPlan;
import cairn.model.CpuCosts;
import cairn.model.Fact;
import cairn.model.Message;
import cairn.model.Observation;
import cairn.model.Protocol;
import cairn.model.computation.Computation;
import cairn.part.incremental.Chain;
import cairn.part.incremental.Shortage;
import cairn.protocol.Ranks;
import cairn.protocol.restart.Restart;
import cairn.protocol.restart.RestartSettings;
import cairn.simulator.Simulation;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

final class TransparencyTest {

    private static final Computation CREW =
            new Crew(new CrewSettings(3, 2, 200, 5_000, 8, 2, 0.5, 5, 7));

    /** What a rank does, in its order, and how often a checkpoint was cut. */
    private record Course(List<Fact> ofRank, long cuts) {}

    private static <M extends Message> Course course(Protocol<M> protocol) {
        List<Fact> facts = new ArrayList<>();
        List<Fact> cuts = new ArrayList<>();
        new Simulation<>(
                        Ranks.scenario(protocol, CREW, FaultPlan.NONE),
                        new CalmChoices(),
                        List.of(),
                        List.of(observation -> {
                            if (observation instanceof Observation.Claimed claimed) {
                                if (claimed.fact() instanceof Fact.OfRank fact
                                        && fact.process() == 1) {
                                    facts.add(fact);
                                } else if (claimed.fact() instanceof Fact.Cut) {
                                    cuts.add(claimed.fact());
                                }
                            }
                        }),
                        null)
                .run();
        return new Course(facts, cuts.size());
    }

    @Test
    void dj17TheApplicationTakesTheSameCourseWithCheckpointsAndWithout() {
        Course without = course(new Restart(RestartSettings.DEFAULT, CREW, CpuCosts.DEFAULT));
        Course with =
                course(
                        new DirtyPages(
                                DirtyPagesRuns.byFaults(
                                        50_000,
                                        Chain.COMPACTED,
                                        3,
                                        Place.OWN_DISK,
                                        InFlight.SAVE,
                                        4,
                                        65_500,
                                        Shortage.COALESCE,
                                        false,
                                        0,
                                        0,
                                        0,
                                        1_000_000),
                                CREW,
                                CpuCosts.DEFAULT));
        assertEquals(0, without.cuts());
        assertTrue(with.cuts() > 10, () -> "cuts: " + with.cuts());
        assertEquals(without.ofRank(), with.ofRank());
    }
}
