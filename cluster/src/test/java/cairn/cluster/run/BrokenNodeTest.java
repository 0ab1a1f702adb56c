package cairn.cluster.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cairn.application.bank.Bank;
import cairn.application.bank.BankSettings;
import cairn.cluster.group.Member;
import cairn.cluster.node.NodeProcess;
import cairn.fault.FaultPlan;
import cairn.model.Application;
import cairn.model.CpuCosts;
import cairn.model.Observation;
import cairn.model.fault.Moment;
import cairn.model.property.Bounds;
import cairn.model.service.Operation;
import cairn.model.service.Workload;
import cairn.protocol.localdisk.LocalDisk;
import cairn.protocol.localdisk.LocalDiskMessage;
import cairn.protocol.localdisk.LocalDiskSettings;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** A node that throws where JGroups calls it ends at once, and the launcher says why. */
final class BrokenNodeTest {

    @TempDir private Path folder = Path.of("");

    /** Set in this process alone, so that no other can make what arrives. */
    private static final AtomicBoolean AT_HOME = new AtomicBoolean();

    /** Something that cannot be read where it arrives. */
    record Unreadable(int bytes) implements Operation {
        Unreadable {
            if (!AT_HOME.get()) {
                throw new IllegalStateException("unreadable here");
            }
        }

        @Override
        public boolean isReadOnly() {
            return true;
        }
    }

    @Test
    @Timeout(60)
    void whatCannotBeReadEndsTheNodeAndTheLauncherSaysSo() throws Exception {
        AT_HOME.set(true);
        var bank = new Bank(BankSettings.DEFAULT);
        var workload = new Workload(1, 1, new Workload.Loop.Closed(0), 500_000_000);
        var protocol = new LocalDisk(LocalDiskSettings.DEFAULT, bank, 1, CpuCosts.DEFAULT);
        var scenario =
                new LiveScenario<LocalDiskMessage>(
                        protocol,
                        new Application.Served(bank, workload),
                        FaultPlan.NONE,
                        new Bounds(1, 1, 1),
                        0,
                        0,
                        0);
        try (var cluster =
                new LiveCluster<>(
                        scenario, Machines.loopback(), folder, 1, List.of(), new Nobody())) {
            cluster.start();
            assertEquals(Optional.empty(), cluster.failure());
            var caller = new Caller<LocalDiskMessage>(protocol.servers(), workload.timeoutNanos());
            cluster.client(1, caller)
                    .perform(out -> caller.ask(new Unreadable(1), new CompletableFuture<>(), out));
            while (cluster.failure().isEmpty()) {
                TimeUnit.MILLISECONDS.sleep(5);
            }
            String reason = cluster.failure().orElseThrow();
            assertTrue(
                    reason.startsWith("n0 ended with code " + NodeProcess.BROKEN + ": "), reason);
            assertTrue(reason.contains("Unreadable"), reason);
            assertEquals(1, reason.lines().count());
        }
    }

    private static final class Nobody implements LiveCluster.Watcher {

        @Override
        public void observed(Observation observation) {
            // The failure is what counts.
        }

        @Override
        public void reached(Moment moment, int place) {
            // No moment is awaited.
        }

        @Override
        public void viewed(long at, List<Member> members) {
            // Nobody leaves.
        }
    }
}
