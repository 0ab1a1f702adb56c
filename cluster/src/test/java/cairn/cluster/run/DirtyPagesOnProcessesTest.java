package cairn.cluster.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cairn.application.stencil.Stencil;
import cairn.application.stencil.StencilSettings;
import cairn.cluster.memory.Barrier;
import cairn.cluster.memory.PageProtection;
import cairn.model.Application;
import cairn.model.CpuCosts;
import cairn.model.Fact;
import cairn.model.NodeId;
import cairn.model.fault.Fault;
import cairn.model.fault.Injection;
import cairn.model.fault.Moment;
import cairn.model.fault.Trigger;
import cairn.part.incremental.Chain;
import cairn.part.incremental.Shortage;
import cairn.part.incremental.Tracking;
import cairn.protocol.dirtypages.DirtyPages;
import cairn.protocol.dirtypages.DirtyPagesSettings;
import cairn.protocol.dirtypages.InFlight;
import cairn.protocol.dirtypages.Place;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.List;

/**
 * Ranks as processes whose stores are stopped by the kernel where it is able to, and by software;
 * one of them is killed.
 */
final class DirtyPagesOnProcessesTest {

    private static final NodeId KILLED = new NodeId(1);

    @TempDir private Path folder = Path.of("");

    private LiveResult run(PageProtection protection, Tracking tracking) {
        var computation = new Stencil(new StencilSettings(2, 4, 512, 300, 2_000_000, 10));
        var settings =
                new DirtyPagesSettings(
                        20_000_000,
                        Chain.PERIODIC,
                        3,
                        Place.OWN_DISK,
                        InFlight.SAVE,
                        2,
                        65_500,
                        Shortage.COALESCE,
                        tracking,
                        false,
                        0,
                        0,
                        0,
                        0,
                        50_000_000);
        return Stands.run(
                new DirtyPages(settings, computation, CpuCosts.DEFAULT),
                new Application.Parallel(computation),
                List.of(
                        new Injection(
                                new Trigger.OnMoment(Moment.ACKNOWLEDGED, 3, KILLED),
                                new Fault.ProcessCrash(KILLED),
                                1_000_000)),
                Machines.loopback().protectedBy(protection),
                folder.resolve(protection.name()));
    }

    private static void goesBackAndEndsAsTheReference(LiveResult result) {
        assertTrue(result.finished());
        Heard.nothingIsViolated(result);
        assertTrue(
                Heard.claims(result.observations(), Fact.Resumed.class)
                        .anyMatch(claimed -> ((Fact.Resumed) claimed.fact()).epoch().number() > 0));
        // What was restored is what was at the cut, page by page; and the results are right.
        Heard.hold(result, "SNAP", "CLEAN", "DUR", "RES");
    }

    @Test
    void aKilledRankComesToTheSameResultFromPagesThatTheKernelProtects() {
        LiveResult result = run(PageProtection.AUTOMATIC, Tracking.SCAN);
        goesBackAndEndsAsTheReference(result);
        assertEquals(2, result.barriers().size());
        for (Barrier barrier : result.barriers()) {
            if (barrier.byKernel()) {
                assertTrue(barrier.stoppedStores() > 0, barrier::toString);
                assertTrue(barrier.scans() > 0, barrier::toString);
            } else {
                assertTrue(!barrier.missing().isEmpty(), barrier::toString);
            }
        }
    }

    @Test
    void aKilledRankComesToTheSameResultBehindASoftwareBarrier() {
        LiveResult result = run(PageProtection.SOFTWARE, Tracking.FAULTS);
        goesBackAndEndsAsTheReference(result);
        var software = new Barrier(false, 0, 0, "");
        assertEquals(List.of(software, software), result.barriers());
    }
}
