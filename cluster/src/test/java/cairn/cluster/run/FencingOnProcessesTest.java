package cairn.cluster.run;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cairn.application.bank.Bank;
import cairn.application.bank.BankSettings;
import cairn.cluster.group.Member;
import cairn.fault.FaultPlan;
import cairn.fault.SeededChoices;
import cairn.model.Application;
import cairn.model.CpuCosts;
import cairn.model.Fact;
import cairn.model.NodeId;
import cairn.model.Observation;
import cairn.model.fault.Fault;
import cairn.model.fault.Moment;
import cairn.model.property.Bounds;
import cairn.model.service.Client;
import cairn.model.service.Workload;
import cairn.protocol.rdmapmem.RdmaPmem;
import cairn.protocol.rdmapmem.RdmaPmemMessage;
import cairn.protocol.rdmapmem.RdmaPmemSettings;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** A view is not a fence: a primary that stood still comes back and acts as one, in vain. */
final class FencingOnProcessesTest {

    private static final int CLIENTS = 4;

    @TempDir private Path folder = Path.of("");

    private static final LiveCluster.Watcher NOBODY =
            new LiveCluster.Watcher() {
                @Override
                public void observed(Observation observation) {}

                @Override
                public void reached(Moment moment, int place) {}

                @Override
                public void viewed(long at, List<Member> members) {}
            };

    private static RdmaPmemSettings settings() {
        RdmaPmemSettings d = RdmaPmemSettings.DEFAULT;
        return new RdmaPmemSettings(
                d.backup(),
                d.backups(),
                d.mirrors(),
                d.mode(),
                d.retainedSets(),
                d.fullEvery(),
                d.clearWhenRead(),
                d.persist(),
                d.acknowledge(),
                d.regions(),
                d.batchRequests(),
                50_000_000,
                400_000_000,
                16);
    }

    private static boolean claims(Observation observation, Class<? extends Fact> fact) {
        return observation instanceof Observation.Claimed claimed
                && fact.isInstance(claimed.fact());
    }

    private static boolean by(Observation observation, NodeId node) {
        return observation instanceof Observation.Claimed claimed && claimed.node().equals(node);
    }

    private static NodeId leader(List<Observation> all) {
        return all.stream()
                .filter(each -> claims(each, Fact.Leading.class))
                .map(each -> ((Observation.Claimed) each).node())
                .findFirst()
                .orElseThrow();
    }

    private static void await(LiveCluster<?> cluster, Predicate<Observation> seen)
            throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (cluster.observations().stream().noneMatch(seen)) {
            assertTrue(cluster.failure().isEmpty(), () -> cluster.failure().orElseThrow());
            assertTrue(
                    System.nanoTime() < deadline,
                    () -> "waited in vain; " + cluster.observations().size() + " observations");
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }

    @Test
    @Timeout(60)
    void thePrimaryThatStoodStillGoesOnAndStoresNothing() throws InterruptedException {
        var bank = new Bank(BankSettings.DEFAULT);
        var workload = new Workload(CLIENTS, 1_000_000, new Workload.Loop.Closed(0), 500_000_000);
        var protocol = new RdmaPmem(settings(), bank, CLIENTS, CpuCosts.DEFAULT);
        var scenario =
                new LiveScenario<RdmaPmemMessage>(
                        protocol,
                        new Application.Served(bank, workload),
                        FaultPlan.NONE,
                        new Bounds(64, 1, 1_000_000),
                        0,
                        0,
                        10_000_000);
        try (var cluster =
                new LiveCluster<>(scenario, Machines.loopback(), folder, 1, List.of(), NOBODY)) {
            cluster.start();
            var choices = new SeededChoices(1);
            for (int i = 0; i < CLIENTS; i++) {
                cluster.client(
                        protocol.seats().size() + i,
                        new Client<>(
                                workload,
                                bank.operations("client-" + i, choices),
                                protocol.servers(),
                                workload.requests()));
            }
            await(cluster, each -> claims(each, Fact.Acknowledged.class));
            // Either of the two may have been the first.
            NodeId primary = leader(cluster.observations());
            NodeId backup = new NodeId(1 - primary.index());
            cluster.inflict(new Fault.Pause(primary));
            await(cluster, each -> claims(each, Fact.Acknowledged.class) && by(each, backup));
            cluster.heal(new Fault.Pause(primary));
            await(cluster, each -> claims(each, Fact.SteppedDown.class) && by(each, primary));
            cluster.stop();

            List<Observation> all = cluster.observations();
            long replaced = at(all, each -> claims(each, Fact.Leading.class) && by(each, backup));
            long healed = at(all, each -> each instanceof Observation.Healed);
            // Whether it did more before it learned better is up to what it was about to do.
            assertTrue(
                    at(all, each -> claims(each, Fact.SteppedDown.class) && by(each, primary))
                            > healed,
                    "it came back as primary after it was replaced");
            assertFalse(
                    all.stream()
                            .anyMatch(each ->
                                    each.at() > replaced
                                            && each
                                                    instanceof
                                                    Observation.Accessed(long _, var access)
                                            && access.requester().equals(primary)
                                            && access.applied()),
                    "its stores were refused");
        }
    }

    private static long at(List<Observation> all, Predicate<Observation> which) {
        return all.stream().filter(which).findFirst().orElseThrow().at();
    }
}
