package cairn.protocol;

import cairn.protocol.dirtypages.DirtyPagesBugs;
import cairn.protocol.dirtypages.DirtyPagesRuns;
import cairn.protocol.messagelogging.MessageLoggingRuns;
import cairn.protocol.rdmapmem.Exposure;
import cairn.protocol.restart.RestartRuns;

import java.util.List;
import java.util.stream.Stream;

/**
 * Every protocol's seeded bugs and sound runs; the tests over all of them, and searches, ask here.
 */
public final class Corpus {

    private Corpus() {}

    /** The seeded bugs, in the order of the list of bugs. */
    public static List<SeededBug> bugs() {
        return Stream.of(DirtyPagesBugs.all(), Exposure.bugs(), MessageLoggingRuns.bugs())
                .flatMap(List::stream)
                .toList();
    }

    /** The sound runs, a line for each protocol. */
    public static List<SoundRuns> soundRuns() {
        return List.of(
                new SoundRuns("dirty-pages", DirtyPagesRuns::drawn),
                new SoundRuns("restart", RestartRuns::drawn),
                new SoundRuns("message-logging", MessageLoggingRuns::drawn));
    }
}
