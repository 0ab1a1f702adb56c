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

    private Models() {}

    public static List<ModelForm> all() {
        return List.of(CHECKPOINT_RESTART, REPLICATION, LOSSY_LINK, DIRTY_PAGES);
    }
}
