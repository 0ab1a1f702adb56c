package cairn.experiment.exploration;

import cairn.experiment.campaign.AnswersFile;
import cairn.experiment.campaign.Origin;
import cairn.experiment.definition.Experiment;
import cairn.experiment.definition.Variant;
import cairn.experiment.file.Line;
import cairn.experiment.file.UserMistake;
import cairn.fault.strategy.Attempt;
import cairn.fault.strategy.Coverage;
import cairn.fault.strategy.Shard;
import cairn.verification.Breach;
import cairn.verification.CanonicalForm;
import cairn.verification.Examined;
import cairn.verification.Story;
import cairn.verification.Storyteller;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;

/**
 * A search through the variants of an experiment on several threads, until it is stopped or has
 * nothing left. What it finds goes to a folder at once.
 */
public final class Explorer {

    private static final long SHRINKING_RUNS = 2_000;

    /** So many violations that look alike have their story told; the others are counted. */
    private static final int TOLD_OF_A_KIND = 3;

    private static final long PATIENCE_NANOS = 50_000;
    private static final long WRITE_NANOS = 1_000_000_000L;

    private final Experiment experiment;
    private final SearchForm form;
    private final Shard shard;
    private final Findings findings;
    private final Origin origin;
    private final List<VariantSearch> searches = new ArrayList<>();
    private final AtomicLong started = new AtomicLong();
    private final AtomicLong done = new AtomicLong();
    private final AtomicLong violations = new AtomicLong();
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    private final Map<String, Integer> told = new TreeMap<>();
    private volatile boolean stopped;

    /**
     * A search that goes on where an earlier one in the same folder stopped.
     *
     * @param variants those of the experiment to search
     * @param seed the first seed of the whole search
     * @param version of the tool: what another one has tried says nothing of this one
     */
    public Explorer(
            Experiment experiment,
            List<Variant> variants,
            SearchForm form,
            long seed,
            Shard shard,
            SearchForm.Scope scope,
            Findings findings,
            String version)
            throws IOException {
        this.experiment = experiment;
        this.form = form;
        this.shard = shard;
        this.findings = findings;
        this.origin = Origin.of(experiment, version);
        var beginning = new VariantSearch.Beginning(form, scope, seed, shard, version);
        for (Variant variant : variants) {
            searches.add(new VariantSearch(experiment, variant, beginning, findings));
        }
    }

    /** What to know about where it begins. */
    public List<String> remarks() {
        return searches.stream()
                .map(VariantSearch::remark)
                .filter(remark -> !remark.isEmpty())
                .toList();
    }

    /** Lets runs that are under way end, and starts no more; may be called from any thread. */
    public void stop() {
        stopped = true;
    }

    /**
     * Tells the stories that an earlier search had no time for, then searches.
     *
     * @param mostRuns how many runs at the most
     * @param watch called about ten times a second
     * @throws UserMistake if a protocol does not do the same when it is given the same answers
     */
    public void run(int jobs, long mostRuns, Runnable watch) throws IOException {
        var threads = new ArrayList<Thread>();
        List<Path> untold = findings.untold();
        var next = new AtomicLong();
        for (int i = 0; i < jobs; i++) {
            threads.add(
                    Thread.ofPlatform()
                            .daemon()
                            .name("search-" + i)
                            .start(() ->
                                    guarded(() -> {
                                        for (int raw = (int) next.getAndIncrement();
                                                raw < untold.size() && !stopped;
                                                raw = (int) next.getAndIncrement()) {
                                            tell(untold.get(raw));
                                        }
                                        work(mostRuns);
                                    })));
        }
        long due = System.nanoTime();
        while (threads.stream().anyMatch(Thread::isAlive)) {
            LockSupport.parkNanos(100_000_000L);
            watch.run();
            if (System.nanoTime() >= due) {
                long began = System.nanoTime();
                writePositions();
                // Where a lot waits to be tried, writing it down takes a twentieth of the time.
                due = System.nanoTime() + Math.max(WRITE_NANOS, 20 * (System.nanoTime() - began));
            }
        }
        writePositions();
        Throwable thrown = failure.get();
        if (thrown instanceof UserMistake mistake) {
            throw mistake;
        }
        if (thrown != null) {
            throw new IllegalStateException("a search failed: " + thrown, thrown);
        }
    }

    private void writePositions() throws IOException {
        for (VariantSearch search : searches) {
            findings.position(search.name(), search.position());
        }
    }

    /** What a thread does; it may fail. */
    private interface Work {
        void run() throws IOException;
    }

    private void guarded(Work work) {
        try {
            work.run();
        } catch (IOException | RuntimeException | Error e) {
            failure.compareAndSet(null, e);
            stopped = true;
        }
    }

    private void work(long mostRuns) throws IOException {
        int turn = 0;
        int idle = 0;
        while (!stopped && started.getAndIncrement() < mostRuns) {
            VariantSearch search = searches.get(turn++ % searches.size());
            Attempt attempt = search.next();
            if (attempt != null) {
                idle = 0;
                examine(search, attempt);
                continue;
            }
            started.decrementAndGet();
            idle = search.isExhausted() ? idle + 1 : 0;
            if (idle > searches.size()) {
                return;
            }
            // What comes next depends on runs that are under way.
            LockSupport.parkNanos(PATIENCE_NANOS);
        }
    }

    private void examine(VariantSearch search, Attempt attempt) throws IOException {
        Examined examined = search.runs().examine(attempt);
        // On paper before it counts as tried: a kill in between tries it again.
        Path raw = null;
        if (examined.breach().isPresent()) {
            raw = kept(search, examined, examined.breach().get());
        }
        search.learn(attempt, examined);
        done.incrementAndGet();
        if (raw != null) {
            String property = examined.breach().orElseThrow().property();
            if (!search.runs().replay(examined.recording().answers(), null).breaks(property)) {
                throw new UserMistake(notAgain(search, property, raw));
            }
            tell(search, raw, teller(search).tell(examined, property));
        }
    }

    private static String notAgain(VariantSearch search, String property, Path raw) {
        return property
                + " was violated by "
                + search.label()
                + " and is not when it is given the same answers again ("
                + raw.getFileName()
                + "): the protocol is no function of its answers, and cannot be searched;"
                + " './cairn check FILE --seed N' names the first event that differs";
    }

    /** Writes down what was found; null if enough were told that look like it. */
    private @Nullable Path kept(VariantSearch search, Examined examined, Breach breach)
            throws IOException {
        violations.incrementAndGet();
        String kind =
                search.label()
                        + " "
                        + breach.property()
                        + " "
                        + CanonicalForm.masked(breach.explanation());
        synchronized (told) {
            if (told.merge(kind, 1, Integer::sum) > TOLD_OF_A_KIND) {
                return null;
            }
        }
        var file =
                new AnswersFile(
                        search.label(), breach.property(), examined.recording().answers(), origin);
        return findings.keep(search.name() + "." + breach.property(), file);
    }

    private Storyteller teller(VariantSearch search) {
        return new Storyteller(search.runs(), SHRINKING_RUNS, () -> stopped);
    }

    /** Tells the story of answers that were found before. */
    private void tell(Path raw) throws IOException {
        AnswersFile file = AnswersFile.read(raw, raw.toString());
        for (VariantSearch search : searches) {
            Examined examined = search.runs().replay(file.answers(), null);
            if (search.label().equals(file.variant()) && examined.breaks(file.property())) {
                tell(search, raw, teller(search).tell(examined, file.property()));
                return;
            }
        }
    }

    private void tell(VariantSearch search, Path raw, Story story) throws IOException {
        if (stopped) {
            // Shrinking was broken off: the raw answers stay for the next time.
            return;
        }
        String variant = search.label();
        findings.add(story, variant, JUnitTest.source(experiment, variant, story), raw, origin);
    }

    // ---- how far it is; from any thread

    /** How many runs were done. */
    public long runs() {
        return done.get();
    }

    /** How many of them violated a property. */
    public long violations() {
        return violations.get();
    }

    /** How many features all runs of all variants had. */
    public int coverage() {
        int size = 0;
        for (VariantSearch search : searches) {
            size += search.features();
        }
        return size;
    }

    /**
     * In how many runs each of the things happened that ought to happen sometimes: those that every
     * search looks for, even if in none, then the places that authors of protocols named.
     */
    public SequencedMap<String, Long> marks() {
        var marks = new LinkedHashMap<String, Long>();
        var places = new TreeMap<String, Long>();
        for (VariantSearch search : searches) {
            search.count(marks, places);
        }
        marks.putAll(places);
        return marks;
    }

    /** Faults that the file orders and that changed nothing in any run, by variant. */
    public List<String> vain() {
        return searches.stream().flatMap(search -> search.vain().stream()).toList();
    }

    /** What was tried of each variant. */
    public List<String> scopes() {
        var scopes = new ArrayList<String>();
        for (VariantSearch search : searches) {
            scopes.add(search.scope());
        }
        return scopes;
    }

    /**
     * What the other machines of the same search have tried, of which the findings were merged.
     *
     * @param whole takes in what they covered
     */
    public List<String> others(Coverage whole) throws IOException {
        var scopes = new ArrayList<String>();
        for (VariantSearch search : searches) {
            scopes.addAll(search.others(findings, whole));
        }
        return scopes;
    }

    /** What the search goes by, for a reader. */
    public String title() {
        return form.label()
                + (shard.of() == 1 ? "" : Line.of(", shard %d/%d", shard.index() + 1, shard.of()));
    }
}
