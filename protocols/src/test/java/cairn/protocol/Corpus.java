package cairn.protocol;

import cairn.protocol.checkpointserver.CheckpointServerBugs;
import cairn.protocol.checkpointserver.CheckpointServerRuns;
import cairn.protocol.coordinated.CoordinatedBugs;
import cairn.protocol.coordinated.CoordinatedRuns;
import cairn.protocol.differential.DifferentialBugs;
import cairn.protocol.differential.DifferentialRuns;
import cairn.protocol.dirtypages.DirtyPagesBugs;
import cairn.protocol.dirtypages.DirtyPagesRuns;
import cairn.protocol.logging.LoggingRuns;
import cairn.protocol.messagelogging.MessageLoggingRuns;
import cairn.protocol.migration.MigrationBugs;
import cairn.protocol.migration.MigrationRuns;
import cairn.protocol.multilevel.MultilevelBugs;
import cairn.protocol.multilevel.MultilevelRuns;
import cairn.protocol.objectimages.ObjectImagesBugs;
import cairn.protocol.objectimages.ObjectImagesRuns;
import cairn.protocol.rdmapmem.Exposure;
import cairn.protocol.redundancy.RedundancyBugs;
import cairn.protocol.redundancy.RedundancyRuns;
import cairn.protocol.remus.RemusBugs;
import cairn.protocol.remus.RemusRuns;
import cairn.protocol.restart.RestartRuns;
import cairn.protocol.segments.DrawnRun;
import cairn.protocol.segments.Sabotages;
import cairn.protocol.snapshots.SnapshotsBugs;
import cairn.protocol.snapshots.SnapshotsRuns;
import cairn.protocol.uncoordinated.UncoordinatedBugs;
import cairn.protocol.uncoordinated.UncoordinatedRuns;

import java.util.List;
import java.util.stream.Stream;

/**
 * Every protocol's seeded bugs and sound runs; the tests over all of them, and searches, ask here.
 */
public final class Corpus {

    private Corpus() {}

    /** The seeded bugs, in the order of the list of bugs. */
    public static List<SeededBug> bugs() {
        return Stream.of(
                        CheckpointServerBugs.all(),
                        CoordinatedBugs.all(),
                        DifferentialBugs.all(),
                        DirtyPagesBugs.all(),
                        Exposure.bugs(),
                        LoggingRuns.bugs(),
                        MessageLoggingRuns.bugs(),
                        MigrationBugs.all(),
                        MultilevelBugs.all(),
                        ObjectImagesBugs.all(),
                        RedundancyBugs.all(),
                        Sabotages.all(),
                        RemusBugs.all(),
                        SnapshotsBugs.all(),
                        UncoordinatedBugs.all())
                .flatMap(List::stream)
                .toList();
    }

    /** The sound runs, a line for each protocol; some of each on a slow network. */
    public static List<SoundRuns> soundRuns() {
        return Stream.of(
                        new SoundRuns("coordinated", CoordinatedRuns::drawn),
                        new SoundRuns("dirty-pages", DirtyPagesRuns::drawn),
                        new SoundRuns("logging-causal", LoggingRuns::causal),
                        new SoundRuns("logging-optimistic", LoggingRuns::optimistic),
                        new SoundRuns("logging-receiver", LoggingRuns::receiverBased),
                        new SoundRuns("logging-sender", LoggingRuns::senderBased),
                        new SoundRuns("message-logging", MessageLoggingRuns::drawn),
                        new SoundRuns("migration", MigrationRuns::drawn),
                        new SoundRuns("multilevel", MultilevelRuns::drawn),
                        new SoundRuns("redundancy", RedundancyRuns::drawn),
                        new SoundRuns("restart", RestartRuns::drawn),
                        new SoundRuns("segments", DrawnRun::of),
                        SnapshotsRuns.sound(),
                        CheckpointServerRuns.sound(),
                        ObjectImagesRuns.sound(),
                        RemusRuns.sound(),
                        DifferentialRuns.sound(),
                        new SoundRuns("uncoordinated", UncoordinatedRuns::drawn))
                .map(Networks::any)
                .toList();
    }
}
