package cairn.experiment.catalogue;

import cairn.application.bank.Bank;
import cairn.application.bank.BankSettings;
import cairn.experiment.calibration.Probe;
import cairn.experiment.calibration.ProbeSettings;
import cairn.model.property.Properties;
import cairn.protocol.differential.Differential;
import cairn.protocol.differential.DifferentialSettings;
import cairn.protocol.localdisk.LocalDisk;
import cairn.protocol.localdisk.LocalDiskSettings;
import cairn.protocol.rdmapmem.RdmaPmem;
import cairn.protocol.rdmapmem.RdmaPmemSettings;
import cairn.protocol.remus.Remus;
import cairn.protocol.remus.RemusSettings;
import cairn.protocol.snapshots.Snapshots;
import cairn.protocol.snapshots.SnapshotsSettings;

import java.util.List;
import java.util.Map;

/**
 * The catalogue that comes with the testbed; the only place that names concrete protocols and
 * services.
 */
public final class Shipped {

    private static final ProtocolForm RDMA_PMEM =
            new ProtocolForm(
                    "rdma-pmem",
                    "Checkpoints by RDMA in network-attached persistent memory; a backup takes"
                            + " over.",
                    RdmaPmemSettings.DEFAULT,
                    Map.ofEntries(
                            Map.entry("backup", "what backups know before they take over"),
                            Map.entry("backups", "how many processes stand by"),
                            Map.entry("mirrors", "how many memory units hold the same data"),
                            Map.entry("mode", "whether a set takes the place of an older one"),
                            Map.entry("retainedSets", "append: how many sets stay restorable"),
                            Map.entry("fullEvery", "append: every how-manieth set is a full one"),
                            Map.entry(
                                    "clearWhenRead",
                                    "append: whether sets that a backup has read are cleared at"
                                            + " once"),
                            Map.entry(
                                    "persist",
                                    "how bytes are made durable; completion-only is UNSAFE"),
                            Map.entry("acknowledge", "what an acknowledged checkpoint means"),
                            Map.entry("regions", "into how many regions the image is split"),
                            Map.entry(
                                    "batchRequests",
                                    "how many requests one checkpoint may contain"),
                            Map.entry("heartbeatNanos", "how often leaders show that they live"),
                            Map.entry(
                                    "suspectAfterNanos",
                                    "after how long a silence another takes over"),
                            Map.entry(
                                    "timeoutExponent",
                                    "a packet is sent again after 4.096 us times 2 to this")),
                    (settings, service, clients, cpu) ->
                            new RdmaPmem((RdmaPmemSettings) settings, service, clients, cpu));

    private static final ProtocolForm LOCAL_DISK =
            new ProtocolForm(
                    "local-disk",
                    "Checkpoints in files of the server's own disk; it restarts from the newest.",
                    LocalDiskSettings.DEFAULT,
                    Map.of("batchRequests", "how many requests one checkpoint may contain"),
                    (settings, service, clients, cpu) ->
                            new LocalDisk((LocalDiskSettings) settings, service, clients, cpu));

    private static final ProtocolForm DIFFERENTIAL =
            new ProtocolForm(
                    "differential",
                    "As local-disk, but most images hold what changed since the last full one.",
                    DifferentialSettings.DEFAULT,
                    Map.of(
                            "batchRequests", "how many requests one checkpoint may contain",
                            "fullEvery", "every how-manieth image is a full one"),
                    (settings, service, clients, cpu) ->
                            new Differential(
                                    (DifferentialSettings) settings, service, clients, cpu));

    private static final ProtocolForm SNAPSHOTS =
            new ProtocolForm(
                    "snapshots",
                    "Copy-on-write snapshots on shared storage; a second instance takes over.",
                    SnapshotsSettings.DEFAULT,
                    Map.ofEntries(
                            Map.entry("output", "when answers leave; at-once is UNSAFE"),
                            Map.entry("snapshotEveryNanos", "how often a snapshot is asked for"),
                            Map.entry("overlapping", "how many snapshots may be unsealed at once"),
                            Map.entry("sectionPages", "pages that are transferred at a time"),
                            Map.entry("heartbeatNanos", "how often daemons look after things"),
                            Map.entry(
                                    "suspectAfterNanos",
                                    "after how long a silence or hang another takes over"),
                            Map.entry(
                                    "transferTimeoutNanos",
                                    "after how long a silence the transfer processor is started"
                                            + " again"),
                            Map.entry(
                                    "switchEveryNanos",
                                    "how often one hands over to the other as planned; 0 for"
                                            + " never"),
                            Map.entry(
                                    "transferDeathProbability",
                                    "that the transfer processor dies at a section"),
                            Map.entry(
                                    "applicationHangProbability",
                                    "that the application hangs in a request")),
                    (settings, service, clients, cpu) ->
                            new Snapshots((SnapshotsSettings) settings, service, clients, cpu));

    private static final ProtocolForm REMUS =
            new ProtocolForm(
                    "remus",
                    "Outputs are held until a backup has their epoch in memory; it takes over.",
                    RemusSettings.DEFAULT,
                    Map.of(
                            "epochNanos", "how long an epoch lasts at least",
                            "heartbeatNanos", "how often each machine says what it is",
                            "suspectAfterNanos",
                                    "after how long a silence of the primary the backup takes over",
                            "withoutBackup",
                                    "what a primary does without a backup; run-alone is UNSAFE"),
                    (settings, service, clients, cpu) ->
                            new Remus((RemusSettings) settings, service, clients, cpu));

    private static final ProtocolForm RDMA_PROBE =
            new ProtocolForm(
                    "rdma-probe",
                    "One timed RDMA operation for each request; its time is shown as checkpoint"
                            + " latency.",
                    ProbeSettings.DEFAULT,
                    Map.of("operation", "what is timed", "sizeBytes", "how many bytes it moves"),
                    (settings, service, clients, _) ->
                            new Probe((ProbeSettings) settings, service, clients));

    private static final ServiceForm BANK =
            new ServiceForm(
                    "bank",
                    "Accounts, transfers, reads and audits; money is neither made nor lost.",
                    BankSettings.DEFAULT,
                    Map.of(
                            "accounts", "how many; 512 fill a page",
                            "initialBalance", "what each holds at first",
                            "readShare", "requests that read one balance",
                            "auditShare", "requests that sum all balances",
                            "hotShare", "picks that fall on hot accounts",
                            "hotAccounts", "how many accounts are hot"),
                    settings -> new Bank((BankSettings) settings));

    private Shipped() {}

    public static Catalogue catalogue() {
        return new Catalogue(
                List.of(RDMA_PMEM, LOCAL_DISK, DIFFERENTIAL, SNAPSHOTS, REMUS, RDMA_PROBE),
                List.of(BANK),
                Properties.all());
    }
}
