package cairn.experiment.command;

import cairn.experiment.campaign.Campaign;
import cairn.experiment.campaign.Journal;
import cairn.experiment.campaign.Shard;
import cairn.experiment.campaign.TrialRunner;
import cairn.experiment.definition.Experiment;
import cairn.experiment.file.Line;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.Path;

/** Runs a campaign into a folder: its journal, and when all is there its report. */
final class CampaignRun {

    private final Workbench bench;
    private final Experiment experiment;
    private final Path shown;
    private final Path folder;
    private final boolean resume;

    /** A run into a folder that is made now, so that no work is lost for want of one. */
    CampaignRun(Workbench bench, Experiment experiment, @Nullable Path out, boolean resume) {
        this.bench = bench;
        this.experiment = experiment;
        this.shown = out == null ? Path.of("results", experiment.name()) : out;
        this.folder = bench.terminal().resolve(shown);
        this.resume = resume;
        ResultsFolder.make(folder, shown);
    }

    /**
     * Runs all trials, or those of a shard, and returns the exit code.
     *
     * @param jobs how many violations are investigated at a time
     */
    int run(Shard shard, int jobs, TrialRunner runner) throws IOException {
        var progress =
                new ProgressBar(
                        bench.terminal().err(), bench.terminal().interactive(), System::nanoTime);
        try (Journal journal = journal(shard)) {
            var campaign = new Campaign(experiment, jobs, progress, journal, shard, runner);
            try (Interruption interruption = bench.interruption(campaign::stop)) {
                campaign.run();
                journal.order();
                int code =
                        shard.isWhole()
                                ? new Conclusion(bench, experiment, campaign).write(folder, shown)
                                : partly(shard, journal);
                return interruption.happened() ? ExitCode.INTERRUPTED : code;
            }
        }
    }

    private Journal journal(Shard shard) {
        Path place = folder.resolve(shard.journal());
        return resume
                ? Journal.resume(
                        place,
                        shown.resolve(shard.journal()).toString(),
                        experiment,
                        bench.version())
                : Journal.begin(place, experiment, bench.version());
    }

    private int partly(Shard shard, Journal journal) {
        var say = bench.terminal().out();
        say.println(
                Line.of(
                        "Part %d of %d: %d trials in %s",
                        shard.number(),
                        shard.of(),
                        journal.finished(),
                        shown.resolve(shard.journal())));
        say.println("When all parts are there: ./cairn merge " + shown);
        say.flush();
        return ExitCode.HOLDS;
    }
}
