package cairn.experiment.fuzz;

import cairn.experiment.exploration.SearchForm;
import cairn.fault.Admissible;
import cairn.fault.FaultPlan;
import cairn.fault.RandomFault;
import cairn.fault.strategy.Attempt;
import cairn.fault.strategy.Coverage;
import cairn.fault.strategy.Mark;
import cairn.fault.strategy.Shard;
import cairn.fault.strategy.Strategy;
import cairn.model.Message;
import cairn.model.Promise;
import cairn.model.Seat;
import cairn.model.fault.Fault;
import cairn.model.fault.FaultKind;
import cairn.model.property.Properties;
import cairn.protocol.Corpus;
import cairn.protocol.SoundRuns;
import cairn.simulator.Scenario;
import cairn.verification.Breach;
import cairn.verification.Examined;
import cairn.verification.Runs;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * Every strategy on every correct protocol, within its promise: whatever is found is a false alarm
 * of the oracle, or a bug that nobody planted.
 *
 * <p>A strategy that samples has the faults of a scenario's drawing in every other run; in all
 * other runs any fault within the promise may strike anywhere, when the strategy says so.
 *
 * <p>The work is cut into blocks, each some runs of one strategy on one protocol, from seeds of its
 * own. What is done goes to a journal line by line: whoever is killed loses the blocks under way.
 */
final class SoundCampaign {

    private static final int ARRIVALS = 6;

    /** So many are under way or wait, so that no core ever does. */
    private static final int BLOCKS_OF_A_CORE = 8;

    /** What a process does not live through. */
    private static final Set<FaultKind> ENDING =
            EnumSet.of(
                    FaultKind.PROCESS_CRASH,
                    FaultKind.POWER_LOSS,
                    FaultKind.RACK_POWER_LOSS,
                    FaultKind.SITE_POWER_LOSS,
                    FaultKind.WARM_RESET,
                    FaultKind.PERMANENT_LOSS,
                    FaultKind.CPU_HANG,
                    FaultKind.DISK_FAILS);

    private final int runsOfABlock;
    private final long firstSeed;
    private final Set<String> tried;
    private final Path journal;
    private final Set<String> done = new HashSet<>();

    /** The protocols that are not in the corpus are drawn here. */
    static List<SoundRuns> protocols() {
        return Stream.concat(
                        Stream.of(
                                new SoundRuns(
                                        "rdma-pmem", seed -> DrawnRun.rdmaPmem(seed).scenario()),
                                new SoundRuns(
                                        "local-disk", seed -> DrawnRun.localDisk(seed).scenario())),
                        Corpus.soundRuns().stream())
                .toList();
    }

    /**
     * What came of a block.
     *
     * @param restored runs in which a checkpoint was restored: the others prove little
     * @param unfinished runs that were cut off before every request was answered
     * @param cpuMillis what all of them took of their thread
     * @param alarms what was violated, and where
     */
    record Block(
            String protocol,
            SearchForm form,
            long seed,
            long runs,
            long restored,
            long unfinished,
            long cpuMillis,
            List<String> alarms) {

        private static final int WORDS = 8;

        private String line() {
            return String.join(
                    " ",
                    key(protocol, form, seed),
                    String.valueOf(runs),
                    String.valueOf(restored),
                    String.valueOf(unfinished),
                    String.valueOf(alarms.size()),
                    String.valueOf(cpuMillis));
        }

        private static Block parse(String line) {
            String[] words = line.split(" ", -1);
            return new Block(
                    words[0],
                    SearchForm.named(words[1]).orElseThrow(),
                    Long.parseLong(words[2]),
                    Long.parseLong(words[3]),
                    Long.parseLong(words[4]),
                    Long.parseLong(words[5]),
                    Long.parseLong(words[7]),
                    List.of());
        }
    }

    /**
     * A campaign that goes on where an earlier one with this journal was broken off.
     *
     * @param runsOfABlock runs of one strategy on one protocol before the next has its turn
     * @param firstSeed of the first blocks; others than of an earlier campaign are new scenarios
     * @param tried the protocols whose turn comes; all, if there are none
     * @throws IllegalArgumentException if one of them is not a protocol
     */
    SoundCampaign(int runsOfABlock, long firstSeed, Set<String> tried, Path journal)
            throws IOException {
        this.runsOfABlock = runsOfABlock;
        this.firstSeed = firstSeed;
        this.tried = tried;
        this.journal = journal;
        Set<String> unknown = new TreeSet<>(tried);
        protocols().forEach(known -> unknown.remove(known.protocol()));
        if (!unknown.isEmpty()) {
            throw new IllegalArgumentException("no such protocols: " + unknown);
        }
        for (Block block : blocks()) {
            done.add(key(block.protocol, block.form, block.seed));
        }
        if (Files.exists(journal) && !Files.readString(journal).endsWith("\n")) {
            // What a kill cut off is a line of its own, and no block.
            append(journal, "");
        }
    }

    private static String key(String protocol, SearchForm form, long seed) {
        return protocol + " " + form.label() + " " + seed;
    }

    /** The blocks that were done; a line that was cut off by a kill is none. */
    List<Block> blocks() throws IOException {
        if (!Files.exists(journal)) {
            return List.of();
        }
        String text = Files.readString(journal);
        return text.substring(0, text.lastIndexOf('\n') + 1)
                .lines()
                .filter(line -> line.split(" ").length == Block.WORDS)
                .map(Block::parse)
                .toList();
    }

    /** How many alarms there were, in all blocks. */
    long alarms() throws IOException {
        Path file = journal.resolveSibling("alarms");
        return Files.exists(file) ? Files.readAllLines(file).size() : 0;
    }

    /**
     * Goes through the protocols and strategies in turn until there were so many runs, on all
     * cores.
     */
    List<String> run(long mostRuns) throws IOException, InterruptedException, ExecutionException {
        List<String> alarms = new ArrayList<>();
        long runs = blocks().stream().mapToLong(Block::runs).sum();
        Iterator<Callable<Block>> blocks = open().iterator();
        int cores = Runtime.getRuntime().availableProcessors();
        try (ExecutorService workers = Executors.newFixedThreadPool(cores)) {
            var results = new ExecutorCompletionService<Block>(workers);
            long underWay = 0;
            while (runs < mostRuns) {
                long missing = Math.ceilDiv(mostRuns - runs, runsOfABlock);
                while (underWay < Math.min(missing, (long) BLOCKS_OF_A_CORE * cores)) {
                    results.submit(blocks.next());
                    underWay++;
                }
                Block block = results.take().get();
                underWay--;
                runs += block.runs();
                alarms.addAll(block.alarms());
                write(block);
            }
        }
        return alarms;
    }

    /** The blocks that are not yet done, without end. */
    private Stream<Callable<Block>> open() {
        return LongStream.iterate(firstSeed, seed -> seed + runsOfABlock)
                .boxed()
                .flatMap(seed ->
                        protocols().stream()
                                .filter(one -> tried.isEmpty() || tried.contains(one.protocol()))
                                .flatMap(protocol ->
                                        Stream.of(SearchForm.values())
                                                .filter(form ->
                                                        !done.contains(
                                                                key(
                                                                        protocol.protocol(),
                                                                        form,
                                                                        seed)))
                                                .map(form -> () -> block(protocol, form, seed))));
    }

    private void write(Block block) throws IOException {
        for (String alarm : block.alarms()) {
            append(journal.resolveSibling("alarms"), alarm);
        }
        append(journal, block.line());
    }

    private static void append(Path file, String line) throws IOException {
        Files.writeString(file, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    /** Some runs of one strategy on one protocol. */
    Block block(SoundRuns protocol, SearchForm form, long seed) throws IOException {
        Strategy strategy = form.begin(seed, Shard.WHOLE, ARRIVALS);
        var coverage = new Coverage();
        var alarms = new ArrayList<String>();
        long runs = 0;
        long unfinished = 0;
        // A search that goes on from earlier runs needs them to be of one scenario.
        Scenario<?> one = form.isSampling() ? null : anywhere(protocol.drawn().apply(seed), seed);
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long began = threads.getCurrentThreadCpuTime();
        Attempt next = strategy.next();
        while (next != null && runs < runsOfABlock) {
            long scenario = form.isSampling() ? seed + runs : seed;
            Scenario<?> tried = one == null ? sample(protocol, scenario) : one;
            Examined examined = runs(tried).examine(next);
            strategy.learn(next, examined.feedback(coverage.merge(examined.features())));
            if (!examined.finished()) {
                unfinished++;
                unfinished(key(protocol.protocol(), form, seed) + ", run " + runs + ": ", examined);
            }
            if (examined.breach().isPresent()) {
                Breach breach = examined.breach().get();
                String alarm =
                        key(protocol.protocol(), form, seed)
                                + ", run "
                                + runs
                                + " of scenario "
                                + scenario
                                + ": "
                                + breach.property()
                                + " at "
                                + breach.at()
                                + " ns: "
                                + breach.explanation().replace('\n', ' ');
                if (alarms.isEmpty()) {
                    String name = key(protocol.protocol(), form, seed).replace(' ', '-');
                    keep(examined, alarm + "\n" + tried, name);
                }
                alarms.add(alarm);
            }
            runs++;
            next = strategy.next();
        }
        return new Block(
                protocol.protocol(),
                form,
                seed,
                runs,
                coverage.runsWith(Mark.RESTORED_A_CHECKPOINT),
                unfinished,
                (threads.getCurrentThreadCpuTime() - began) / 1_000_000,
                alarms);
    }

    /** The faults of the drawing in every other run. */
    private static Scenario<?> sample(SoundRuns protocol, long seed) {
        Scenario<?> drawn = protocol.drawn().apply(seed);
        return seed % 2 == 1 ? drawn : anywhere(drawn, seed);
    }

    /** Notes a run that did not come to its end, and why that is no violation of liveness. */
    private void unfinished(String run, Examined examined) throws IOException {
        String why =
                examined.judgements().stream()
                        .filter(judgement -> judgement.property().equals("LIVE"))
                        .map(judgement -> judgement.verdict().toString())
                        .collect(Collectors.joining());
        append(journal.resolveSibling("unfinished"), run + why.replace('\n', ' '));
    }

    /** Writes the answers of the first alarm of a block beside the journal. */
    private void keep(Examined examined, String alarm, String name) throws IOException {
        var text = new ArrayList<String>();
        alarm.lines().map(line -> "# " + line).forEach(text::add);
        examined.recording().answers().forEach(answer -> text.add(answer.toString()));
        Files.write(journal.resolveSibling(name + ".answers"), text);
    }

    /**
     * With any fault within the promise, anywhere and at any time, in the place of those drawn.
     * Where a promise says how many may have failed at a time, no more places than that can fail:
     * else most runs would soon be beyond what is promised, and prove nothing from there on.
     */
    static <M extends Message> Scenario<M> anywhere(Scenario<M> drawn, long seed) {
        Promise promise = drawn.protocol().promise();
        var promised = Admissible.promised(promise);
        List<Seat> seats = drawn.protocol().seats();
        List<RandomFault> faults =
                promised.everywhere(seats, promise.failTogether()).stream()
                        .filter(one -> mayStrike(one.fault(), promise, seats.size(), seed))
                        .toList();
        return new Scenario<>(
                drawn.protocol(),
                drawn.application(),
                drawn.environment(),
                new FaultPlan(List.of(), faults, promised),
                drawn.bounds(),
                drawn.limits());
    }

    private static boolean mayStrike(Fault fault, Promise promise, int places, long seed) {
        if (promise.overlapping() >= places || !ENDING.contains(fault.kind())) {
            return true;
        }
        // The place of the seed, and those that follow it.
        return fault instanceof Fault.OfNode of
                && Math.floorMod(of.node().index() - seed, (long) places) < promise.overlapping();
    }

    private static <M extends Message> Runs runs(Scenario<M> scenario) {
        return Runs.of(scenario, Properties.all());
    }
}
