package cairn.cluster.run;

import static org.junit.jupiter.api.Assertions.assertTrue;

import cairn.application.wandering.Wandering;
import cairn.application.wandering.WanderingSettings;
import cairn.model.Application;
import cairn.model.CpuCosts;
import cairn.model.Fact;
import cairn.model.NodeId;
import cairn.model.Observation;
import cairn.model.fault.Fault;
import cairn.model.fault.Injection;
import cairn.model.fault.Moment;
import cairn.model.fault.Trigger;
import cairn.protocol.logging.Family;
import cairn.protocol.logging.Logging;
import cairn.protocol.logging.LoggingSettings;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** A killed rank receives again what it had logged, from its disk. */
final class LoggingOnProcessesTest {

    private static final NodeId KILLED = new NodeId(1);

    @TempDir private Path folder = Path.of("");

    @Test
    void whatWasLoggedLeadsAKilledRankToTheStatesThatItHadBefore() {
        var computation = new Wandering(new WanderingSettings(2, 2, 60, 64, 200_000, 4));
        var settings =
                new LoggingSettings(
                        Family.PESSIMISTIC_RECEIVER, 1, 10_000_000_000L, 5_000_000, 50_000_000, 64);
        LiveResult result =
                Stands.run(
                        new Logging(settings, computation, CpuCosts.DEFAULT),
                        new Application.Parallel(computation),
                        List.of(
                                new Injection(
                                        new Trigger.OnMoment(Moment.DISK_SYNCED, 30, KILLED),
                                        new Fault.ProcessCrash(KILLED),
                                        1_000_000)),
                        Machines.loopback(),
                        folder);
        assertTrue(result.finished());
        Heard.nothingIsViolated(result);
        Heard.hold(result, "DET", "RES");
        // Not only what was received is the same: each state that it led to was looked at, twice.
        Set<Long> before = statesAfterReceipts(result, 0);
        before.retainAll(statesAfterReceipts(result, 1));
        before.remove(0L);
        assertTrue(before.size() > 10, before.size() + " states came again");
    }

    private static Set<Long> statesAfterReceipts(LiveResult result, int incarnation) {
        return Heard.claims(result.observations(), Fact.Received.class)
                .filter(claimed ->
                        claimed.node().equals(KILLED) && claimed.incarnation() == incarnation)
                .map(Observation.Claimed::memoryDigest)
                .collect(Collectors.toSet());
    }
}
