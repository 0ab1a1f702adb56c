package cairn.protocol.dirtypages;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cairn.application.crew.Crew;
import cairn.application.crew.CrewSettings;
import cairn.fault.Admissible;
import cairn.fault.CalmChoices;
import cairn.fault.FaultPlan;
import cairn.model.CpuCosts;
import cairn.model.Fact;
import cairn.model.NodeId;
import cairn.model.Observation;
import cairn.model.computation.Computation;
import cairn.model.fault.Fault;
import cairn.model.fault.FaultKind;
import cairn.model.fault.Injection;
import cairn.model.fault.Trigger;
import cairn.model.property.Properties;
import cairn.model.property.Verdict;
import cairn.protocol.Ranks;
import cairn.simulator.RunResult;
import cairn.simulator.Simulation;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** A node dies for good, and a spare one takes up its rank. */
final class AdoptionTest {

    private static final Computation CREW =
            new Crew(new CrewSettings(3, 2, 300, 5_000, 8, 2, 0.5, 5, 7));
    private static final NodeId SPARE = new NodeId(3);
    private static final long FOR_GOOD = 4_000_000_000L;

    private final List<Observation.Claimed> resumed = new ArrayList<>();

    private RunResult run(Injection... faults) {
        var protocol = new DirtyPages(DirtyPagesBugs.ADOPTING, CREW, CpuCosts.DEFAULT);
        return new Simulation<>(
                        Ranks.scenario(protocol, CREW, new FaultPlan(List.of(faults), List.of())),
                        new CalmChoices(),
                        Properties.all(),
                        List.of(observation -> {
                            if (observation instanceof Observation.Claimed claim
                                    && claim.fact() instanceof Fact.Resumed) {
                                resumed.add(claim);
                            }
                        }),
                        null)
                .run();
    }

    private static Injection death(int node, long at) {
        return new Injection(new Trigger.At(at), new Fault.PowerLoss(new NodeId(node)), FOR_GOOD);
    }

    private static void holds(RunResult result, String... properties) {
        assertTrue(result.finished());
        for (String property : properties) {
            Verdict verdict = result.verdict(property);
            assertTrue(verdict instanceof Verdict.Holds, () -> property + ": " + verdict);
        }
    }

    @Test
    void dj15ASpareNodeResumesFromTheLastCheckpointOfOneThatDied() {
        RunResult result = run(death(1, 1_000_000));
        Observation.Claimed last = resumed.getLast();
        Observation.Claimed adopted =
                resumed.stream()
                        .filter(claim -> ((Fact.Resumed) claim.fact()).process() == 1)
                        .toList()
                        .getLast();
        assertEquals(SPARE, adopted.node());
        Fact.Resumed fact = (Fact.Resumed) adopted.fact();
        assertTrue(fact.epoch().number() > 0, "from a checkpoint, not from the beginning");
        assertTrue(last.at() < 5_000_000, "nobody waited for the dead one");
        holds(result, "DUR", "ATOM", "MONO", "SP", "EO", "CUT-1", "CUT-2", "RES", "TIME");
    }

    @Test
    void aNodeThatComesBackIsASpareOneAndAdoptsInItsTurn() {
        RunResult result =
                run(
                        new Injection(
                                new Trigger.At(1_000_000),
                                new Fault.PowerLoss(new NodeId(1)),
                                600_000),
                        death(0, 2_500_000),
                        death(2, 4_000_000));
        List<NodeId> homes =
                resumed.subList(resumed.size() - CREW.ranks(), resumed.size()).stream()
                        .map(Observation.Claimed::node)
                        .sorted()
                        .toList();
        assertEquals(List.of(new NodeId(1), SPARE, new NodeId(4)), homes);
        holds(result, "ATOM", "SP", "RES", "TIME");
    }

    /** One that paused claimed later that it had resumed, when a spare node had its rank. */
    @Test
    void aSearchLetsNobodyBeSilentWhoLives() {
        var protocol = new DirtyPages(DirtyPagesBugs.ADOPTING, CREW, CpuCosts.DEFAULT);
        Set<FaultKind> tried = EnumSet.noneOf(FaultKind.class);
        Admissible.promised(protocol.promise())
                .everywhere(protocol.seats())
                .forEach(one -> tried.add(one.fault().kind()));
        assertTrue(tried.contains(FaultKind.PROCESS_CRASH));
        assertTrue(
                Collections.disjoint(
                        tried,
                        EnumSet.of(
                                FaultKind.PAUSE,
                                FaultKind.SLOW_NODE,
                                FaultKind.CUT,
                                FaultKind.BAD_LINK)));
    }
}
