package cairn.experiment.command;

import cairn.experiment.campaign.AnswersFile;
import cairn.experiment.campaign.Assessment;
import cairn.experiment.campaign.Commands;
import cairn.experiment.definition.Experiment;
import cairn.experiment.definition.Variant;
import cairn.experiment.exploration.Explorer;
import cairn.experiment.exploration.Findings;
import cairn.experiment.exploration.SearchForm;
import cairn.experiment.file.Line;
import cairn.experiment.file.Suggestion;
import cairn.experiment.file.UserMistake;
import cairn.fault.strategy.Coverage;
import cairn.fault.strategy.Shard;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Searches for runs that violate a property until it is told to stop. */
@Command(
        name = "explore",
        description =
                "Searches for runs that violate a property, on all cores, until it is stopped.",
        footer = {
            "",
            "Examples:",
            "  ./cairn explore experiments/library/quickstart.yaml --for '10 min'",
            "  ./cairn explore FILE --strategy crash-points --runs 10000",
            "  ./cairn explore FILE --shard 2/8 --out shared/findings    one of eight machines",
            "",
            "What is found lies in OUT/stories, a folder for each: the answers to replay, the"
                    + " story,",
            "a space-time diagram, and a JUnit test. Stopped or killed, it goes on where it was."
        })
final class ExploreCommand implements Callable<Integer> {

    private static final Pattern SHARD = Pattern.compile("([0-9]{1,6})/([0-9]{1,6})");

    private final Workbench bench;

    @Mixin private TrialOptions trial = new TrialOptions();

    @Option(
            names = "--strategy",
            paramLabel = "NAME",
            description = "How to search: one of ${COMPLETION-CANDIDATES}; otherwise mixed.",
            completionCandidates = Names.class)
    private String strategy = SearchForm.MIXED.label();

    @Option(names = "--runs", paramLabel = "N", description = "At most so many runs.")
    private long runs = Long.MAX_VALUE;

    @Option(names = "--for", paramLabel = "TIME", description = "At most so long: '10 min'.")
    private @Nullable String time;

    @Option(
            names = "--shard",
            paramLabel = "I/N",
            description = "One of N parts of the search, for several machines.")
    private @Nullable String shard;

    @Option(
            names = "--arrivals",
            paramLabel = "N",
            description = "exhaustive: vary the first N arrivals; otherwise ${DEFAULT-VALUE}.")
    private int arrivals = 8;

    @Option(
            names = "--workloads",
            paramLabel = "N",
            description = "crash-points: of the workloads of the first N seeds; otherwise of all.")
    private long workloads = SearchForm.Scope.ANY;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Where findings go; otherwise results/NAME/findings.")
    private @Nullable Path out;

    @Option(
            names = "--merge",
            paramLabel = "DIR",
            description = "Takes over the findings of another machine first; may be repeated.")
    private List<Path> merged = List.of();

    @Option(
            names = "--jobs",
            paramLabel = "N",
            description = "Runs at a time; otherwise one for each core.")
    private int jobs = Runtime.getRuntime().availableProcessors();

    /** The names of the strategies, for the help. */
    static final class Names implements Iterable<String> {
        @Override
        public java.util.Iterator<String> iterator() {
            return SearchForm.labels().iterator();
        }
    }

    ExploreCommand(Workbench bench) {
        this.bench = bench;
    }

    @Override
    public Integer call() throws IOException {
        Experiment experiment = trial.experiment(bench);
        if (jobs < 1 || jobs > 1024 || runs < 0 || arrivals < 1 || workloads < 1) {
            throw new UserMistake(
                    "--jobs from 1 to 1024, --runs zero or more, --arrivals and --workloads one or"
                            + " more");
        }
        SearchForm form =
                SearchForm.named(strategy)
                        .orElseThrow(() ->
                                new UserMistake(
                                        "--strategy: unknown strategy '"
                                                + strategy
                                                + "'"
                                                + Suggestion.of(strategy, SearchForm.labels())));
        Shard part = shard();
        Long seed = trial.seed();
        Path shown = out == null ? Path.of("results", experiment.name(), "findings") : out;
        Findings findings = findings(shown);
        for (Path other : merged) {
            merge(findings, other);
        }
        String label = trial.variant();
        List<Variant> variants =
                label == null
                        ? experiment.variants()
                        : List.of(Workbench.variant(experiment, label));
        var explorer =
                new Explorer(
                        experiment,
                        variants,
                        form,
                        seed == null ? experiment.seeds().getFirst() : seed,
                        part,
                        new SearchForm.Scope(arrivals, workloads),
                        findings,
                        bench.version());
        explorer.remarks().forEach(remark -> bench.terminal().err().println("cairn: " + remark));
        bench.terminal().err().flush();
        return explore(experiment, explorer, findings, shown);
    }

    private Findings findings(Path shown) {
        try {
            return new Findings(bench.terminal().resolve(shown));
        } catch (IOException e) {
            throw new UserMistake("--out: cannot write to " + shown + "; name another folder");
        }
    }

    private void merge(Findings findings, Path other) throws IOException {
        Path folder = bench.terminal().resolve(other);
        if (!Files.isDirectory(folder)) {
            throw new UserMistake("--merge: there is no folder " + other);
        }
        bench.terminal()
                .out()
                .println(Line.of("%d new stories from %s", findings.merge(folder), other));
    }

    private Shard shard() {
        if (shard == null) {
            return Shard.WHOLE;
        }
        Matcher parts = SHARD.matcher(shard);
        if (parts.matches()) {
            int index = Integer.parseInt(parts.group(1));
            int of = Integer.parseInt(parts.group(2));
            if (index >= 1 && index <= of) {
                return new Shard(index - 1, of);
            }
        }
        throw new UserMistake("--shard: one of so many, such as 2/8, not '" + shard + "'");
    }

    private long nanos() {
        return time == null ? Long.MAX_VALUE : OptionAmount.nanos("--for", time);
    }

    private int explore(Experiment experiment, Explorer explorer, Findings findings, Path shown)
            throws IOException {
        long most = nanos();
        long started = System.nanoTime();
        List<String> known = findings.stories();
        var line =
                new SearchLine(
                        bench.terminal().err(), bench.terminal().interactive(), System::nanoTime);
        try (Interruption interruption = bench.interruption(explorer::stop)) {
            explorer.run(
                    jobs,
                    runs,
                    () -> {
                        if (System.nanoTime() - started >= most) {
                            explorer.stop();
                        }
                        line.show(explorer);
                    });
            line.finished();
            boolean clean = tell(experiment, explorer, findings, known, shown, line);
            if (interruption.happened()) {
                return ExitCode.INTERRUPTED;
            }
            return clean ? ExitCode.HOLDS : ExitCode.VIOLATED;
        }
    }

    /** Whether nothing was found that is not expected. */
    private boolean tell(
            Experiment experiment,
            Explorer explorer,
            Findings findings,
            List<String> known,
            Path shown,
            SearchLine line)
            throws IOException {
        PrintWriter say = bench.terminal().out();
        say.println(explorer.title() + ": " + line.text(explorer));
        explorer.scopes().forEach(scope -> say.println("  " + scope));
        var whole = new Coverage();
        List<String> others = explorer.others(whole);
        if (!others.isEmpty()) {
            others.forEach(scope -> say.println("  " + scope));
            say.println(Line.of("  together: %,d features", whole.size()));
        }
        String never =
                explorer.marks().entrySet().stream()
                        .filter(mark -> mark.getValue() == 0)
                        .map(Map.Entry::getKey)
                        .collect(Collectors.joining(", "));
        say.println("  sometimes: " + sometimes(explorer));
        if (!never.isEmpty()) {
            say.println("  never: " + never);
        }
        explorer.vain()
                .forEach(fault -> say.println("  inconclusive: " + fault + " struck in no run"));
        boolean clean = true;
        for (String story : findings.stories()) {
            Path answers = shown.resolve(Path.of("stories", story, "story.answers"));
            AnswersFile file = AnswersFile.read(findings.answers(story), answers.toString());
            boolean expected = isExpected(experiment, file);
            clean &= expected;
            say.println(
                    Line.of(
                            "%s%s is violated by %s%s",
                            known.contains(story) ? "" : "NEW ",
                            file.property(),
                            file.variant(),
                            expected ? ", as expected" : ""));
            say.println("  story:     " + shown.resolve(Path.of("stories", story, "story.txt")));
            say.println("  replay it: " + Commands.replay(experiment, answers.toString()));
        }
        say.flush();
        return clean;
    }

    private static String sometimes(Explorer explorer) {
        return explorer.marks().entrySet().stream()
                .filter(mark -> mark.getValue() > 0)
                .map(mark -> Line.of("%s (%,d)", mark.getKey(), mark.getValue()))
                .collect(Collectors.joining(", "));
    }

    private static boolean isExpected(Experiment experiment, AnswersFile file) {
        return experiment.variants().stream()
                .filter(variant -> variant.label().equals(file.variant()))
                .anyMatch(variant -> Assessment.isExpected(experiment, variant, file.property()));
    }
}
