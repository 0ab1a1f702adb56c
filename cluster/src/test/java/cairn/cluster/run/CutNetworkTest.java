package cairn.cluster.run;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import cairn.application.stencil.Stencil;
import cairn.application.stencil.StencilSettings;
import cairn.cluster.network.Namespaces;
import cairn.model.Application;
import cairn.model.CpuCosts;
import cairn.model.Fact;
import cairn.model.NodeId;
import cairn.model.Observation;
import cairn.model.fault.Fault;
import cairn.model.fault.Injection;
import cairn.model.fault.Moment;
import cairn.model.fault.Trigger;
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

    @TempDir private Path folder = Path.of("");

    private LiveResult run() {
        var computation = new Stencil(new StencilSettings(2, 4, 512, 100, 5_000_000, 10));
        return Stands.run(
                new DirtyPages(DirtyPagesSettings.DEFAULT, computation, CpuCosts.DEFAULT),
                new Application.Parallel(computation),
                List.of(
                        new Injection(
                                new Trigger.OnMoment(Moment.CUT, 1, OTHER),
                                new Fault.LinkCut(ONE, OTHER),
                                2_000_000_000)),
                Machines.loopback().inNamespaces(),
                folder);
    }

    /** Each needs what the other sends in every step, so neither ends while nothing passes. */
    @Test
    void ranksWaitForALinkThatIsCutAndEndWhenItIsHealed() {
        Optional<String> refusal = Namespaces.refusal();
        assumeTrue(refusal.isEmpty(), () -> "no network of namespaces here: " + refusal.get());
        LiveResult result = run();
        assertTrue(result.finished());
        Heard.nothingIsViolated(result);
        long healed =
                result.observations().stream()
                        .filter(each -> each instanceof Observation.Healed)
                        .mapToLong(Observation::at)
                        .findFirst()
                        .orElseThrow();
        List<Long> ends =
                Heard.claims(result.observations(), Fact.Finished.class)
                        .map(Observation::at)
                        .toList();
        assertTrue(!ends.isEmpty());
        ends.forEach(end -> assertTrue(end > healed, () -> end + " is not after " + healed));
    }
}
