package cairn.experiment.catalogue;

import cairn.application.bank.Bank;
import cairn.application.bank.BankSettings;
import cairn.application.crew.Crew;
import cairn.application.crew.CrewSettings;
import cairn.application.keyvalue.KeyValue;
import cairn.application.keyvalue.KeyValueSettings;
import cairn.application.ring.RingSettings;
import cairn.application.ring.TokenRing;
import cairn.application.stencil.Stencil;
import cairn.application.stencil.StencilSettings;
import cairn.application.trace.TraceReplay;
import cairn.application.trace.TraceSettings;
import cairn.application.wandering.Wandering;
import cairn.application.wandering.WanderingSettings;
import cairn.experiment.calibration.Probe;
import cairn.experiment.calibration.ProbeSettings;
import cairn.model.property.Properties;
import cairn.protocol.checkpointserver.CheckpointServer;
import cairn.protocol.checkpointserver.CheckpointServerSettings;
import cairn.protocol.differential.Differential;
import cairn.protocol.differential.DifferentialSettings;
import cairn.protocol.dirtypages.DirtyPages;
import cairn.protocol.dirtypages.DirtyPagesSettings;
import cairn.protocol.localdisk.LocalDisk;
import cairn.protocol.localdisk.LocalDiskSettings;
import cairn.protocol.migration.Migration;
import cairn.protocol.migration.MigrationSettings;
import cairn.protocol.objectimages.ObjectImages;
import cairn.protocol.objectimages.ObjectImagesSettings;
import cairn.protocol.rdmapmem.RdmaPmem;
import cairn.protocol.rdmapmem.RdmaPmemSettings;
import cairn.protocol.remus.Remus;
import cairn.protocol.remus.RemusSettings;
import cairn.protocol.restart.Restart;
import cairn.protocol.restart.RestartSettings;
import cairn.protocol.segments.Segments;
import cairn.protocol.segments.SegmentsSettings;
import cairn.protocol.snapshots.Snapshots;
import cairn.protocol.snapshots.SnapshotsSettings;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The catalogue that comes with the testbed; the only place that names concrete protocols and
 * services.
 */
public final class Shipped {

    private static final ProtocolForm RDMA_PMEM =
            ProtocolForm.ofService(
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
            ProtocolForm.ofService(
                    "local-disk",
                    "Checkpoints in files of the server's own disk; it restarts from the newest.",
                    LocalDiskSettings.DEFAULT,
                    Map.of("batchRequests", "how many requests one checkpoint may contain"),
                    (settings, service, clients, cpu) ->
                            new LocalDisk((LocalDiskSettings) settings, service, clients, cpu));

    private static final ProtocolForm DIFFERENTIAL =
            ProtocolForm.ofService(
                    "differential",
                    "As local-disk, but most images hold what changed since the last full one.",
                    DifferentialSettings.DEFAULT,
                    Map.of(
                            "batchRequests", "how many requests one checkpoint may contain",
                            "fullEvery", "every how-manieth image is a full one"),
                    (settings, service, clients, cpu) ->
                            new Differential(
                                    (DifferentialSettings) settings, service, clients, cpu));

    private static final ProtocolForm OBJECT_IMAGES =
            ProtocolForm.ofService(
                    "object-images",
                    "As local-disk, but with a file for each object that changed, and a registry.",
                    ObjectImagesSettings.DEFAULT,
                    Map.of(
                            "batchRequests", "how many requests one checkpoint may contain",
                            "objectPages", "how many pages an object has"),
                    (settings, service, clients, cpu) ->
                            new ObjectImages(
                                    (ObjectImagesSettings) settings, service, clients, cpu));

    private static final ProtocolForm CHECKPOINT_SERVER =
            ProtocolForm.ofService(
                    "checkpoint-server",
                    "Checkpoints by message on a server; a watchdog and a replica manager choose"
                            + " who takes over.",
                    CheckpointServerSettings.DEFAULT,
                    Map.of(
                            "style", "what backups have before they are needed",
                            "hosts", "how many machines can run the application",
                            "degree", "how many of them are backups",
                            "batchRequests", "how many requests one checkpoint may contain",
                            "heartbeatNanos", "how often the watchdog looks at every host",
                            "suspectAfterNanos",
                                    "after how long a silence or hang a host counts as failed",
                            "applicationHangProbability",
                                    "that the application hangs in a request"),
                    (settings, service, clients, cpu) ->
                            new CheckpointServer(
                                    (CheckpointServerSettings) settings, service, clients, cpu));

    private static final ProtocolForm SNAPSHOTS =
            ProtocolForm.ofService(
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
            ProtocolForm.ofService(
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

    private static final ProtocolForm RESTART =
            ProtocolForm.ofComputation(
                    "restart",
                    "No checkpoints: whenever a rank fails, all ranks begin again.",
                    RestartSettings.DEFAULT,
                    Map.of("retryNanos", "when an unacknowledged message is sent again"),
                    (settings, computation, cpu) ->
                            new Restart((RestartSettings) settings, computation, cpu));

    private static final ProtocolForm DIRTY_PAGES =
            ProtocolForm.ofComputation(
                    "dirty-pages",
                    "Checkpoints of the pages that changed, written while all ranks go on.",
                    DirtyPagesSettings.DEFAULT,
                    Map.ofEntries(
                            Map.entry("intervalNanos", "from one checkpoint to the next"),
                            Map.entry("chain", "what an image holds"),
                            Map.entry("chainLength", "images until a chain ends or is merged"),
                            Map.entry("place", "where checkpoint files lie"),
                            Map.entry("inFlight", "what becomes of messages under way at a cut"),
                            Map.entry("batchPages", "pages written at once"),
                            Map.entry(
                                    "mostMappings", "pieces into which protection may cut memory"),
                            Map.entry("shortage", "what is done when these are used up"),
                            Map.entry("tracking", "how changes are learned of between two images"),
                            Map.entry(
                                    "deviceReceives",
                                    "whether devices store what ranks receive, past protection"),
                            Map.entry("spareNodes", "nodes without a rank at first"),
                            Map.entry(
                                    "preemptEveryNanos",
                                    "how long a scheduler lets it run; 0: always"),
                            Map.entry("preemptForNanos", "for how long it then wants the nodes"),
                            Map.entry(
                                    "adoptAfterNanos",
                                    "silence after which a spare node takes up a rank; 0: never"),
                            Map.entry("retryNanos", "when what was not answered is said again")),
                    (settings, computation, cpu) ->
                            new DirtyPages((DirtyPagesSettings) settings, computation, cpu));

    private static final ProtocolForm MIGRATION =
            ProtocolForm.ofComputation(
                    "migration",
                    "Ranks move from node to node, one after the other, while the others go on.",
                    MigrationSettings.DEFAULT,
                    Map.ofEntries(
                            Map.entry("form", "when the pages of a rank move"),
                            Map.entry("everyNanos", "from one migration's end to the next one"),
                            Map.entry("spareNodes", "nodes without a rank at first"),
                            Map.entry("batchPages", "pages in one message"),
                            Map.entry("mostRounds", "pre-copy: after how many it stops"),
                            Map.entry("stopAtPages", "pre-copy: so few changed pages end it"),
                            Map.entry(
                                    "giveUpShare",
                                    "pre-copy: such a share of what a round sent, changed, ends"
                                            + " it"),
                            Map.entry("patienceNanos", "when a source without progress asks"),
                            Map.entry("retryNanos", "when what was not answered is said again")),
                    (settings, computation, cpu) ->
                            new Migration((MigrationSettings) settings, computation, cpu));

    private static final ProtocolForm RDMA_PROBE =
            ProtocolForm.ofService(
                    "rdma-probe",
                    "One timed RDMA operation for each request; its time is shown as checkpoint"
                            + " latency.",
                    ProbeSettings.DEFAULT,
                    Map.of("operation", "what is timed", "sizeBytes", "how many bytes it moves"),
                    (settings, service, clients, _) ->
                            new Probe((ProbeSettings) settings, service, clients));

    private static final ProtocolForm SEGMENTS =
            ProtocolForm.ofService(
                    "segments",
                    "A checkpoint service replicates named segments to other nodes; another node"
                            + " loads them.",
                    SegmentsSettings.DEFAULT,
                    Map.ofEntries(
                            Map.entry("ableNodes", "nodes that can run the application"),
                            Map.entry("storageNodes", "nodes that hold copies and cannot run it"),
                            Map.entry("failureDomains", "nodes fall into so many, in turn"),
                            Map.entry("replicas", "copies beside that of the application's node"),
                            Map.entry("segments", "into how many the image is split"),
                            Map.entry("acknowledge", "when a node counts as holding a copy"),
                            Map.entry("shortage", "what to do with too few nodes; go-on is UNSAFE"),
                            Map.entry("loadedBy", "who asks for the segments on another node"),
                            Map.entry(
                                    "globalStorage",
                                    "whether replicas put versions in a store that all reach"),
                            Map.entry("batchRequests", "how many requests one version may contain"),
                            Map.entry("heartbeatNanos", "how often the application shows life"),
                            Map.entry(
                                    "suspectAfterNanos",
                                    "after how long a silence another node takes over"),
                            Map.entry(
                                    "leaveAfterNanos",
                                    "after how long a silence a replica is replaced")),
                    (settings, service, clients, cpu) ->
                            new Segments((SegmentsSettings) settings, service, clients, cpu));

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

    private static final ServiceForm KEY_VALUE =
            new ServiceForm(
                    "key-value",
                    "Hot and cold keys that are read, written, and compared before they are set.",
                    KeyValueSettings.DEFAULT,
                    Map.of(
                            "keys", "how many; 512 fill a page",
                            "getShare", "requests that read a value",
                            "compareShare", "requests that compare and set",
                            "hotShare", "requests that fall on hot keys",
                            "hotKeys", "how many keys are hot"),
                    settings -> new KeyValue((KeyValueSettings) settings));

    private static final ComputationForm STENCIL =
            new ComputationForm(
                    "stencil",
                    "A Jacobi stencil: ranks exchange border rows with their neighbours.",
                    StencilSettings.DEFAULT,
                    Map.of(
                            "ranks", "how many share the rows",
                            "rowsPerRank", "rows of each",
                            "columns", "numbers in a row; 512 fill a page",
                            "iterations", "how often the grid is relaxed",
                            "rowNanos", "what one row takes",
                            "outputEvery", "iterations from one output to the next; 0: none"),
                    settings -> new Stencil((StencilSettings) settings));

    private static final ComputationForm RING =
            new ComputationForm(
                    "ring",
                    "A token goes round a ring, and every rank changes it.",
                    RingSettings.DEFAULT,
                    Map.of(
                            "ranks", "how many stand in the ring",
                            "rounds", "how often the token passes each",
                            "holdNanos", "what a rank computes at each pass",
                            "statePages", "pages of state of each rank",
                            "outputEvery", "passes from one output to the next; 0: none"),
                    settings -> new TokenRing((RingSettings) settings));

    private static final ComputationForm WANDERING =
            new ComputationForm(
                    "wandering",
                    "Messages wander at random: what happens depends on which is there first.",
                    WanderingSettings.DEFAULT,
                    Map.of(
                            "ranks", "how many",
                            "messages", "messages that each rank lets go",
                            "hops", "how often each is passed on",
                            "contentBytes", "bytes of a message",
                            "workNanos", "what a rank computes on each, on average",
                            "statePages", "pages of state of each rank",
                            "inputEvery", "messages from one input to the next; 0: none"),
                    settings -> new Wandering((WanderingSettings) settings));

    private static final ComputationForm CREW =
            new ComputationForm(
                    "crew",
                    "Ranks of several threads that change hot and cold pages.",
                    CrewSettings.DEFAULT,
                    Map.of(
                            "ranks", "how many",
                            "threads", "threads of each",
                            "rounds", "how often each thread changes a page",
                            "workNanos", "what one change takes",
                            "statePages", "pages of each thread",
                            "hotPages", "how many of them are hot",
                            "hotShare", "changes that fall on hot pages",
                            "exchangeEvery", "rounds from one message to the next; 0: none",
                            "remapEvery", "rounds until a page is mapped anew; 0: never"),
                    settings -> new Crew((CrewSettings) settings));

    private static final ComputationForm TRACE =
            new ComputationForm(
                    "trace",
                    "Replays which pages a real program wrote, from a recorded trace.",
                    TraceSettings.DEFAULT,
                    Map.of(
                            "file",
                                    "a CSV file, or sqlite-bank, gzip-6, jacobi-512; phases: made"
                                            + " up",
                            "ranks", "how many replay it, each by itself",
                            "intervalNanos", "what an epoch of the trace takes",
                            "exchangeEvery", "epochs from one message to the next; 0: none"),
                    settings -> {
                        TraceSettings own = (TraceSettings) settings;
                        return new TraceReplay(own, TraceFile.read(own));
                    });

    private Shipped() {}

    public static Catalogue catalogue() {
        return new Catalogue(
                Stream.of(
                                List.of(RDMA_PMEM, LOCAL_DISK, DIFFERENTIAL, OBJECT_IMAGES),
                                List.of(CHECKPOINT_SERVER, SNAPSHOTS, REMUS, SEGMENTS),
                                List.of(DIRTY_PAGES, MIGRATION, RESTART),
                                Ensembles.all(),
                                MessageLogs.all(),
                                List.of(RDMA_PROBE))
                        .flatMap(List::stream)
                        .toList(),
                List.of(BANK, KEY_VALUE),
                List.of(STENCIL, RING, WANDERING, CREW, TRACE),
                Properties.all());
    }
}
