package cairn.cluster.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cairn.application.bank.Bank;
import cairn.application.bank.BankSettings;
import cairn.cluster.node.NodeProcess;
import cairn.model.CpuCosts;
import cairn.model.service.Operation;
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

    private static final long TIMEOUT_NANOS = 500_000_000;

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
        var protocol = new LocalDisk(LocalDiskSettings.DEFAULT, bank, 1, CpuCosts.DEFAULT);
        var scenario = Stands.<LocalDiskMessage>scenario(protocol, bank, 1, TIMEOUT_NANOS, 0);
        try (var cluster =
                new LiveCluster<>(
                        scenario, Machines.loopback(), folder, 1, List.of(), Stands.NOBODY)) {
            cluster.start();
            assertEquals(Optional.empty(), cluster.failure());
            var caller = new Caller<LocalDiskMessage>(protocol.servers(), TIMEOUT_NANOS);
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
}
