package cairn.verification.junit;

import cairn.fault.Answer;
import cairn.fault.strategy.Rotation;
import cairn.fault.strategy.Shard;
import cairn.model.Message;
import cairn.model.fault.FaultTally;
import cairn.model.fault.Injection;
import cairn.model.property.Properties;
import cairn.simulator.Scenario;
import cairn.verification.Breach;
import cairn.verification.Examined;
import cairn.verification.Runs;
import cairn.verification.Search;
import cairn.verification.Story;
import cairn.verification.Storyteller;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A search inside a test. What earlier runs of the test found is tried first; what is found is kept
 * under {@code target/cairn}: answers, story and space-time diagram.
 */
public final class Exploration {

    private static final int SHRINKING_RUNS = 2_000;
    private static final String ANSWERS = ".answers";

    private final int mostRuns;
    private final long seed;
    private final Path folder;
    private final BiConsumer<String, String> report;
    private final List<String> vain = new ArrayList<>();
    private final SortedMap<String, Long> reached = new TreeMap<>();

    Exploration(int mostRuns, long seed, Path folder, BiConsumer<String, String> report) {
        this.mostRuns = mostRuns;
        this.seed = seed;
        this.folder = folder;
        this.report = report;
    }

    /**
     * Searches the runs of a scenario, judged by all properties that apply to it.
     *
     * @throws AssertionError with the story of what was found
     */
    public <M extends Message> void of(Scenario<M> scenario) {
        List<FaultTally> tallies = search(Runs.of(scenario, Properties.all()));
        List<Injection> planned = scenario.faults().planned();
        for (int i = 0; i < planned.size(); i++) {
            if (i >= tallies.size() || tallies.get(i).isVain()) {
                String fault = planned.get(i).fault() + ", " + planned.get(i).when();
                vain.add(fault);
                report.accept("never struck", fault);
            }
        }
    }

    /** Searches runs that are judged as they say. */
    public void of(Runs runs) {
        search(runs);
    }

    /** What became of each fault of the plan. */
    private List<FaultTally> search(Runs runs) {
        try {
            for (List<Answer> kept : kept()) {
                Examined examined = runs.replay(kept, null);
                if (examined.breach().isPresent()) {
                    throw failure(runs, examined, examined.breach().get());
                }
            }
            Search search = new Search(runs, Rotation.usual(seed, Shard.WHOLE));
            Examined found = search.find(mostRuns).orElse(null);
            report.accept("runs", String.valueOf(search.runs()));
            report.accept("coverage", search.coverage().size() + " features");
            search.coverage()
                    .places()
                    .forEach((place, times) -> reached.merge(place, times, Long::sum));
            if (found != null) {
                throw failure(runs, found, found.breach().orElseThrow());
            }
            return search.faults();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * That some run came to a place that the protocol's author named ({@link
     * cairn.model.Fact.Reached}): a search that never got there says nothing about it.
     *
     * @throws AssertionError if none did
     */
    public void sometimes(String place) {
        if (!reached.containsKey(place)) {
            throw new AssertionError(
                    "no run came to '" + place + "'; they came to " + reached.keySet());
        }
    }

    /**
     * That every fault that the scenarios plan struck in some run and changed something in it: a
     * search in which it never did says nothing about it.
     *
     * @throws AssertionError naming those that did not
     */
    public void everyFaultStrikes() {
        if (!vain.isEmpty()) {
            throw new AssertionError(
                    "planned, and nothing went otherwise for it in any run: " + vain);
        }
    }

    private List<List<Answer>> kept() throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(ANSWERS))
                    .sorted()
                    .map(Exploration::read)
                    .toList();
        }
    }

    private static List<Answer> read(Path file) {
        try (Stream<String> lines = Files.lines(file)) {
            return lines.map(Answer::parse).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private AssertionError failure(Runs runs, Examined examined, Breach breach) throws IOException {
        Story story =
                new Storyteller(runs, SHRINKING_RUNS, () -> false)
                        .tell(examined, breach.property());
        Files.createDirectories(folder);
        String name = story.form().name();
        String answers =
                story.answers().stream().map(Answer::toString).collect(Collectors.joining("\n"));
        Files.writeString(folder.resolve(name + ANSWERS), answers);
        Files.write(folder.resolve(name + ".txt"), story.timeline());
        Files.writeString(folder.resolve(name + ".svg"), story.drawing());
        report.accept("story", folder.resolve(name + ".txt").toString());
        return new AssertionError(
                story.property()
                        + " is violated: "
                        + story.explanation()
                        + "\n\n"
                        + answers
                        + "\n\n"
                        + String.join("\n", story.timeline())
                        + "\n\ndrawn in "
                        + folder.resolve(name + ".svg"));
    }
}
