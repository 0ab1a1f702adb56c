package cairn.experiment.campaign;

import cairn.experiment.definition.Expected;
import cairn.experiment.definition.Experiment;
import cairn.experiment.definition.Seeds;
import cairn.experiment.definition.Variant;
import cairn.experiment.trial.Outcome;
import cairn.experiment.trial.Subject;
import cairn.model.choice.Choice;
import cairn.model.choice.Choices;
import cairn.model.choice.Law;
import cairn.report.Breakdown;
import cairn.report.Configuration;
import cairn.report.Counts;
import cairn.report.DurationHistogram;
import cairn.report.ExperimentResult;
import cairn.report.Finding;
import cairn.report.PropertyOutcome;
import cairn.report.Throughput;

import org.jspecify.annotations.Nullable;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongFunction;

/** A subject whose only choice is a number, from which a test decides what came of the run. */
record Scripted(LongFunction<List<PropertyOutcome>> script) implements Subject {

    @Override
    public String promise() {
        return "what the script says";
    }

    @Override
    public String faults() {
        return "what the script says";
    }

    @Override
    public Outcome run(Choices choices, @Nullable Consumer<String> timeline) {
        long number = new Choice("number", new Law.Pick(1_000), choices).ask();
        if (timeline != null) {
            timeline.accept("number " + number);
        }
        return new Outcome(
                Long.toHexString(number),
                1_000 + number,
                new Counts(1, 1, 1, number, number),
                script.apply(number),
                DurationHistogram.of(100 + number),
                DurationHistogram.of(200),
                DurationHistogram.EMPTY,
                Throughput.NONE,
                List.of(),
                Breakdown.NONE);
    }

    static PropertyOutcome found(String property, Finding finding) {
        return new PropertyOutcome(
                property, finding, finding == Finding.HOLDS ? 1 : 0, finding.words());
    }

    static Variant variant(String label, LongFunction<List<PropertyOutcome>> script) {
        var settings = new LinkedHashMap<String, String>();
        settings.put("variant", label);
        return new Variant(label, settings, new Scripted(script));
    }

    /** What comes of an experiment, scripted or not; its journal lies in a folder. */
    static ExperimentResult result(Experiment experiment, Path folder) {
        try (var journal = Journal.begin(folder.resolve(Journal.FILE), experiment, "1")) {
            var campaign = new Campaign(experiment, 1, Progress.SILENT, journal, Shard.WHOLE);
            campaign.run();
            return campaign.results(List.of()).result("1", "x");
        }
    }

    static Experiment experiment(List<Variant> variants, int seeds, Expected... expected) {
        return new Experiment(
                "scripted",
                "What?",
                "scripted.yaml",
                "name: scripted\n",
                List.of(),
                new Configuration("name: scripted\n"),
                new Configuration("protocol: scripted\n"),
                variants,
                Seeds.range(1, seeds),
                Optional.empty(),
                List.of(expected));
    }
}
