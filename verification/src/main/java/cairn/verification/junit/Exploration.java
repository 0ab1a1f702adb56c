package cairn.verification.junit;

import cairn.fault.strategy.Attempt;
import cairn.fault.strategy.Rotation;
import cairn.fault.strategy.Shard;
import cairn.fault.strategy.SwarmChoices;
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

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;

/**
 * A search inside a test. What earlier runs of the test found is tried first; what is found is kept
 * under {@code target/cairn}: answers, story and space-time diagram.
 */
public final class Exploration {

    private static final int SHRINKING_RUNS = 2_000;

    private final int mostRuns;
    private final long seed;
    private final Transcripts transcripts;
    private final BiConsumer<String, String> report;
    private final List<String> vain = new ArrayList<>();
    private final SortedMap<String, Long> reached = new TreeMap<>();
    private final SortedSet<String> judged = new TreeSet<>();

    Exploration(
            int mostRuns, long seed, Transcripts transcripts, BiConsumer<String, String> report) {
        this.mostRuns = mostRuns;
        this.seed = seed;
        this.transcripts = transcripts;
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
        Set<String> judgedHere = new TreeSet<>();
        for (Path file : transcripts.kept()) {
            Examined examined = runs.replay(Transcripts.read(file), null);
            if (examined.breach().isPresent()) {
                throw failure(runs, examined, examined.breach().get());
            }
            judgedHere.addAll(examined.judged());
        }
        Attempt sample = new Attempt(0, new SwarmChoices(seed), _ -> {}, false);
        Vagary.of(runs, runs.examine(sample))
                .ifPresent(vagary -> {
                    throw new AssertionError(vagary.text());
                });
        Search search = new Search(runs, Rotation.usual(seed, Shard.WHOLE));
        Examined found = search.find(mostRuns).orElse(null);
        judgedHere.addAll(search.judged());
        judged.addAll(judgedHere);
        report.accept("runs", String.valueOf(search.runs()));
        report.accept("coverage", search.coverage().size() + " features");
        search.coverage()
                .places()
                .forEach((place, times) -> reached.merge(place, times, Long::sum));
        if (found != null) {
            throw failure(runs, found, found.breach().orElseThrow());
        }
        report.accept("judged", String.join(", ", judgedHere));
        if (judgedHere.isEmpty()) {
            throw new AssertionError(
                    "inconclusive: in "
                            + search.runs()
                            + " runs there was no occasion to violate any property; does the"
                            + " protocol claim its facts, is anything asked, and are there runs?");
        }
        return search.faults();
    }

    /**
     * That each of these properties could have been violated in some run and was not: of others a
     * search that passes says nothing. DUR takes a restore after an acknowledgement.
     *
     * @param properties as {@code docs/oracle.md} names them
     * @throws AssertionError naming those that never had an occasion
     */
    public void judges(String... properties) {
        List<String> never =
                Arrays.stream(properties).filter(one -> !judged.contains(one)).toList();
        if (!never.isEmpty()) {
            throw new AssertionError(
                    "inconclusive: no run had an occasion to violate "
                            + never
                            + "; judged were "
                            + judged);
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

    private AssertionError failure(Runs runs, Examined examined, Breach breach) {
        if (!runs.replay(examined.recording().answers(), null).breaks(breach.property())) {
            return Transcripts.notAgain(runs, examined);
        }
        Story story =
                new Storyteller(runs, SHRINKING_RUNS, () -> false)
                        .tell(examined, breach.property());
        String name = story.form().name();
        report.accept("story", transcripts.keep(name, story).toString());
        return new AssertionError(transcripts.failure(name, story));
    }
}
