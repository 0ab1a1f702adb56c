package cairn.protocol;

import cairn.protocol.differential.DifferentialBugs;
import cairn.protocol.differential.DifferentialRuns;
import cairn.protocol.remus.RemusBugs;
import cairn.protocol.remus.RemusRuns;
import cairn.protocol.snapshots.SnapshotsBugs;
import cairn.protocol.snapshots.SnapshotsRuns;

import java.util.List;
import java.util.stream.Stream;

/**
 * Every protocol's seeded bugs and sound runs; the tests over all of them, and searches, ask here.
 */
public final class Corpus {

    private Corpus() {}

    /** The seeded bugs, in the order of the list of bugs. */
    public static List<SeededBug> bugs() {
        return Stream.of(DifferentialBugs.all(), RemusBugs.all(), SnapshotsBugs.all())
                .flatMap(List::stream)
                .toList();
    }

    /** The sound runs, a line for each protocol. */
    public static List<SoundRuns> soundRuns() {
        return List.of(SnapshotsRuns.sound(), RemusRuns.sound(), DifferentialRuns.sound());
    }
}
