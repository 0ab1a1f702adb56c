package cairn.experiment.models;

import cairn.experiment.interval.CheckpointRestart;
import cairn.experiment.interval.RestartSettings;

import java.util.List;
import java.util.Map;

/** The models that come with the testbed. */
public final class Models {

    private static final ModelForm CHECKPOINT_RESTART =
            new ModelForm(
                    "checkpoint-restart",
                    "Work, checkpoints, failures and restarts, as formulas for the interval between"
                            + " checkpoints see them.",
                    RestartSettings.DEFAULT,
                    Map.of(
                            "workNanos", "how long it would take without checkpoints and failures",
                            "checkpointNanos", "what a checkpoint takes",
                            "restartNanos", "what a restart takes; it may fail too",
                            "mtbfNanos", "mean time between failures",
                            "shape", "of a Weibull law with that mean; 1 is exponential",
                            "rule", "who says how long to work between two checkpoints",
                            "intervalNanos", "how long that is, if the rule is 'given'",
                            "times", "the rule's interval is multiplied by this"),
                    settings -> new CheckpointRestart((RestartSettings) settings));

    private static final ModelForm REPLICATION =
            new ModelForm(
                    "replication",
                    "Writes to replicas in parallel, done when all or the first has answered.",
                    Replication.Settings.DEFAULT,
                    Map.of(
                            "replicas", "how many are written to",
                            "floorNanos", "what each takes at least",
                            "meanNanos", "what it takes beyond that on average, exponentially",
                            "waitForAll", "whether all must answer, or one",
                            "writes", "how many, one after the other"),
                    settings -> new Replication((Replication.Settings) settings));

    private static final ModelForm LOSSY_LINK =
            new ModelForm(
                    "lossy-link",
                    "Messages that are sent again until they are acknowledged, over a link that"
                            + " loses both.",
                    LossyLink.Settings.DEFAULT,
                    Map.of(
                            "loss", "of messages and of acknowledgements",
                            "acknowledgeDuplicates",
                                    "whether a copy of what is there is acknowledged; UNSAFE if"
                                            + " not",
                            "roundTripNanos", "there and back",
                            "timeoutNanos", "after which a message is sent again",
                            "messages", "how many, one after the other",
                            "mostSends", "after how many a message counts as stuck"),
                    settings -> new LossyLink((LossyLink.Settings) settings));

    private static final ModelForm DIRTY_PAGES =
            new ModelForm(
                    "dirty-pages",
                    "The size of an incremental checkpoint after writes at random.",
                    DirtyPages.Settings.DEFAULT,
                    Map.of(
                            "pages", "how many there are",
                            "writes", "how many between two checkpoints",
                            "hotShare", "of the writes that go to hot pages",
                            "hotPages", "how many pages are hot",
                            "checkpoints", "how many are taken"),
                    settings -> new DirtyPages((DirtyPages.Settings) settings));

    private static final ModelForm REDUNDANCY_COST =
            new ModelForm(
                    "redundancy-cost",
                    "Checkpoints of a group of processes that keep redundancy for each other, in"
                            + " SCR's steps.",
                    RedundancyCost.Settings.DEFAULT,
                    Map.of(
                            "scheme", "what processes keep for each other",
                            "groupSize", "how many keep it for each other",
                            "tolerated", "Reed-Solomon: how many may be lost",
                            "imageBytes", "of one process",
                            "storeBytesPerNano", "of each store, reading or writing",
                            "networkBytesPerNano",
                                    "of each process, sending; 0 for a network that costs nothing",
                            "checkpoints", "how many are taken"),
                    settings -> new RedundancyCost((RedundancyCost.Settings) settings));

    private static final ModelForm SHARED_STORAGE =
            new ModelForm(
                    "shared-storage",
                    "Processes that write their state to one file system, which all share alike.",
                    SharedStorage.Settings.DEFAULT,
                    Map.of(
                            "processes", "how many there are",
                            "stateBytes", "of each",
                            "storageBytesPerNano", "of the file system, for all together",
                            "spreadNanos", "each begins at a time drawn from so long"),
                    settings -> new SharedStorage((SharedStorage.Settings) settings));

    private static final ModelForm REPLICA_LOSS =
            new ModelForm(
                    "replica-loss",
                    "How long a replicated segment lasts, of which copies and racks fail.",
                    ReplicaLoss.Settings.DEFAULT,
                    Map.of(
                            "replicas", "how many there are besides the origin",
                            "inRack", "how many of them share the origin's rack",
                            "lifeNanos", "how long a node lasts on average",
                            "windowNanos", "how long it takes to copy again what a node held",
                            "rackShare", "of the origin's failures that are those of its rack",
                            "losses", "how many segments are followed to their end"),
                    settings -> new ReplicaLoss((ReplicaLoss.Settings) settings));

    private static final ModelForm LOGGED_DELIVERY =
            new ModelForm(
                    "logged-delivery",
                    "Messages that a receiver logs before they are delivered, to and fro or in a"
                            + " stream.",
                    LoggedDelivery.Settings.DEFAULT,
                    Map.of(
                            "exchange", "to and fro, or in one direction",
                            "wayNanos", "from one to the other",
                            "logNanos", "how long a message is logged",
                            "serviceNanos", "stream: how long the sender is busy with a message",
                            "window", "stream: how many may be under way",
                            "messages", "how many, or how many turns"),
                    settings -> new LoggedDelivery((LoggedDelivery.Settings) settings));

    private Models() {}

    public static List<ModelForm> all() {
        return List.of(
                CHECKPOINT_RESTART,
                REPLICATION,
                LOSSY_LINK,
                DIRTY_PAGES,
                REDUNDANCY_COST,
                SHARED_STORAGE,
                REPLICA_LOSS,
                LOGGED_DELIVERY);
    }
}
