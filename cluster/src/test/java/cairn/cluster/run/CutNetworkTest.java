package cairn.cluster.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import cairn.application.stencil.Stencil;
import cairn.application.stencil.StencilSettings;
import cairn.cluster.network.Namespaces;
import cairn.fault.FaultPlan;
import cairn.model.Application;
import cairn.model.CpuCosts;
import cairn.model.Fact;
import cairn.model.NodeId;
import cairn.model.Observation;
import cairn.model.fault.Fault;
import cairn.model.fault.Injection;
import cairn.model.fault.Moment;
import cairn.model.fault.Trigger;
import cairn.model.property.Bounds;
import cairn.model.property.Judgement;
import cairn.model.property.Properties;
import cairn.protocol.dirtypages.DirtyPages;
import cairn.protocol.dirtypages.DirtyPagesSettings;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Two ranks in network namespaces whose link the network cuts; skipped where none may be made. */
final class CutNetworkTest {

    private static final NodeId ONE = new NodeId(0);
    private static final NodeId OTHER = new NodeId(1);
    private static final long SECOND = 1_000_000_000L;

    @TempDir private Path folder = Path.of("");

    private LiveResult run() {
        var computation = new Stencil(new StencilSettings(2, 4, 512, 100, 5_000_000, 10));
        var scenario =
                new LiveScenario<>(
                        new DirtyPages(DirtyPagesSettings.DEFAULT, computation, CpuCosts.DEFAULT),
                        new Application.Parallel(computation),
                        new FaultPlan(
                                List.of(
                                        new Injection(
                                                new Trigger.OnMoment(Moment.CUT, 1, OTHER),
                                                new Fault.LinkCut(ONE, OTHER),
                                                2 * SECOND)),
                                List.of()),
                        new Bounds(64, 60 * SECOND, 1_000_000),
                        60 * SECOND,
                        10_000_000,
                        10_000_000);
        return new LiveRun<>(
                        scenario,
                        Machines.loopback().inNamespaces(),
                        folder,
                        1,
                        Properties.of(scenario.application()),
                        List.of())
                .run();
    }

    /** Each needs what the other sends in every step, so neither ends while nothing passes. */
    @Test
    void ranksWaitForALinkThatIsCutAndEndWhenItIsHealed() {
        Optional<String> refusal = Namespaces.refusal();
        assumeTrue(refusal.isEmpty(), () -> "no network of namespaces here: " + refusal.get());
        LiveResult result = run();
        assertTrue(result.finished());
        assertEquals(
                List.of(), result.judgements().stream().filter(Judgement::isViolated).toList());
        long healed =
                result.observations().stream()
                        .filter(each -> each instanceof Observation.Healed)
                        .mapToLong(Observation::at)
                        .findFirst()
                        .orElseThrow();
        List<Long> ends =
                result.observations().stream()
                        .filter(each ->
                                each instanceof Observation.Claimed claimed
                                        && claimed.fact() instanceof Fact.Finished)
                        .map(Observation::at)
                        .toList();
        assertTrue(!ends.isEmpty());
        ends.forEach(end -> assertTrue(end > healed, () -> end + " is not after " + healed));
    }
}
