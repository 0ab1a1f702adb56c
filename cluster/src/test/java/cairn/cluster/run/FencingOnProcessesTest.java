package cairn.cluster.run;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cairn.application.bank.Bank;
import cairn.application.bank.BankOperation;
import cairn.application.bank.BankSettings;
import cairn.cluster.node.LiveMachine;
import cairn.model.Fact;
import cairn.model.NodeId;
import cairn.model.Observation;
import cairn.model.Seat;
import cairn.model.fault.Fault;
import cairn.model.verbs.RemoteAccess;
import cairn.protocol.rdmapmem.RdmaPmem;
import cairn.protocol.rdmapmem.RdmaPmemMessage;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * A view is not a fence: a primary that stood still comes back and stores under its old term, in
 * vain. That it does is made sure: it stands still when it has begun to store and the way to the
 * store is cut, goes on when that is open, and hears of nobody who could tell it of its successor.
 * The group, which sends again what was lost, suspects nobody.
 */
final class FencingOnProcessesTest {

    private static final BankOperation TRANSFER = new BankOperation.Transfer(0, 1, 1);
    private static final long NEVER_SUSPECT_MILLIS = 600_000;
    private static final String STORE = "pmu-1";
    private static final long TIMEOUT_NANOS = 500_000_000;

    @TempDir private Path folder = Path.of("");

    private static boolean claims(
            Observation observation, Class<? extends Fact> fact, NodeId node) {
        return observation instanceof Observation.Claimed claimed
                && fact.isInstance(claimed.fact())
                && claimed.node().equals(node);
    }

    private static NodeId leader(List<Observation> all) {
        return Heard.claims(all, Fact.Leading.class).findFirst().orElseThrow().node();
    }

    private static void await(LiveCluster<?> cluster, Predicate<Observation> seen)
            throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (cluster.observations().stream().noneMatch(seen)) {
            assertTrue(cluster.failure().isEmpty(), () -> cluster.failure().orElseThrow());
            assertTrue(System.nanoTime() < deadline, () -> "waited in vain; " + told(cluster));
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }

    /** The last that was observed but for accesses, which are many. */
    private static String told(LiveCluster<?> cluster) {
        List<Observation> all =
                cluster.observations().stream()
                        .filter(each -> !(each instanceof Observation.Accessed))
                        .toList();
        return all.subList(Math.max(0, all.size() - 30), all.size()).stream()
                .map(String::valueOf)
                .collect(Collectors.joining("\n"));
    }

    @Test
    @Timeout(60)
    void thePrimaryThatStoodStillGoesOnAndStoresNothing() throws Exception {
        var bank = new Bank(BankSettings.DEFAULT);
        RdmaPmem protocol = Stands.overRdma(bank);
        var scenario =
                Stands.<RdmaPmemMessage>scenario(protocol, bank, 1, TIMEOUT_NANOS, 10_000_000);
        try (var cluster =
                new LiveCluster<>(
                        scenario,
                        Machines.loopback(),
                        folder,
                        1,
                        List.of(),
                        Stands.NOBODY,
                        NEVER_SUSPECT_MILLIS)) {
            cluster.start();
            var caller = new Caller<RdmaPmemMessage>(protocol.servers(), TIMEOUT_NANOS);
            LiveMachine<RdmaPmemMessage> client = cluster.client(protocol.seats().size(), caller);
            var first = new CompletableFuture<Long>();
            client.perform(out -> caller.ask(TRANSFER, first, out));
            first.get(20, TimeUnit.SECONDS);
            // Either of the two may have been the first.
            NodeId primary = leader(cluster.observations());
            NodeId backup = new NodeId(1 - primary.index());
            NodeId store = store(protocol);
            var toStore = new Fault.OneWayCut(primary, store);
            List<Fault> toPrimary = waysTo(primary, store, protocol);
            cluster.inflict(toStore);
            toPrimary.forEach(cluster::inflict);
            long cutAt = cluster.now();
            client.perform(out -> caller.ask(TRANSFER, new CompletableFuture<>(), out));
            // What it begins to store now does not get there.
            await(cluster, each -> each.at() > cutAt && claims(each, Fact.Cut.class, primary));
            cluster.inflict(new Fault.Pause(primary));
            await(cluster, each -> claims(each, Fact.Acknowledged.class, backup));
            cluster.heal(toStore);
            long resumed = cluster.now();
            cluster.heal(new Fault.Pause(primary));
            // Only the store can have made it give up: it does not take what arrives there at last.
            await(cluster, each -> claims(each, Fact.SteppedDown.class, primary));
            toPrimary.forEach(cluster::heal);
            cluster.stop();

            List<Observation> all = cluster.observations();
            long replaced = at(all, each -> claims(each, Fact.Leading.class, backup));
            assertTrue(
                    at(all, each -> claims(each, Fact.SteppedDown.class, primary)) > resumed,
                    "it came back as primary after it was replaced");
            assertFalse(
                    all.stream().anyMatch(each -> each.at() > replaced && stored(each, primary)),
                    "its stores were refused");
        }
    }

    private static NodeId store(RdmaPmem protocol) {
        List<String> roles = protocol.seats().stream().map(Seat::role).toList();
        return new NodeId(roles.indexOf(STORE));
    }

    /** The ways on which the primary could learn that it was replaced; its store says nothing. */
    private static List<Fault> waysTo(NodeId primary, NodeId store, RdmaPmem protocol) {
        List<Fault> ways = new ArrayList<>();
        for (int i = 0; i < protocol.seats().size(); i++) {
            var from = new NodeId(i);
            if (!from.equals(primary) && !from.equals(store)) {
                ways.add(new Fault.OneWayCut(from, primary));
            }
        }
        return ways;
    }

    /** Whether a remote operation of a node was carried out on the store's memory. */
    private static boolean stored(Observation observation, NodeId requester) {
        return observation instanceof Observation.Accessed(long _, RemoteAccess access)
                && access.requester().equals(requester)
                && access.applied();
    }

    private static long at(List<Observation> all, Predicate<Observation> which) {
        return all.stream().filter(which).findFirst().orElseThrow().at();
    }
}
