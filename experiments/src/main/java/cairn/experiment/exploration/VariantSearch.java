package cairn.experiment.exploration;

import cairn.experiment.definition.Experiment;
import cairn.experiment.definition.Variant;
import cairn.experiment.file.Line;
import cairn.experiment.file.UserMistake;
import cairn.experiment.trial.OrderedFault;
import cairn.fault.strategy.Attempt;
import cairn.fault.strategy.Coverage;
import cairn.fault.strategy.Mark;
import cairn.fault.strategy.Shard;
import cairn.fault.strategy.Strategy;
import cairn.model.fault.FaultTally;
import cairn.verification.Examined;
import cairn.verification.Runs;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** One variant, the strategy that searches it, and what that covered; for several threads. */
final class VariantSearch {

    private final Variant variant;
    private final Runs runs;
    private final Shard shard;
    private final String stem;
    private final String of;
    private final String remark;
    private final Strategy strategy;
    private final Coverage coverage;
    private final List<FaultTally> faults = new ArrayList<>();
    private long attempts;

    /**
     * What a search begins with.
     *
     * @param seed the first of the whole search
     * @param version of the tool: what another one has tried says nothing of this one
     */
    record Beginning(
            SearchForm form, SearchForm.Scope scope, long seed, Shard shard, String version) {

        private Strategy at(long from) {
            return form.begin(from, shard, scope);
        }
    }

    /**
     * A search that goes on where an earlier one in the same folder stopped.
     *
     * @throws UserMistake if the file that says where is damaged
     */
    VariantSearch(Experiment experiment, Variant variant, Beginning beginning, Findings findings)
            throws IOException {
        SearchForm form = beginning.form;
        this.variant = variant;
        this.runs = variant.subject().runs();
        this.shard = beginning.shard;
        this.stem = Line.of("%s.%s.seed-%d.", slug(variant.label()), form.label(), beginning.seed);
        this.of =
                String.join(
                        " ",
                        beginning.version,
                        experiment.trialsHash(),
                        form.label(),
                        beginning.scope.toString());
        Position before = findings.position(name()).orElse(null);
        if (before == null) {
            strategy = beginning.at(beginning.seed);
            coverage = new Coverage();
            remark = "";
        } else if (before.of().equals(of)) {
            strategy = beginning.at(beginning.seed);
            resume(before);
            coverage = before.coverage();
            attempts = before.attempts();
            remark = Line.of("%s: goes on after %,d runs", variant.label(), attempts);
        } else {
            attempts = form.beginsAgain() ? 0 : before.attempts();
            long from = beginning.seed + attempts * shard.of();
            strategy = beginning.at(from);
            coverage = new Coverage();
            remark =
                    variant.label()
                            + ": Cairn, the experiment or the scope has changed since the last"
                            + " search; "
                            + (form.beginsAgain()
                                    ? "it begins again"
                                    : "it goes on at seed " + from);
        }
    }

    private void resume(Position before) {
        try {
            strategy.resume(before.strategy());
        } catch (IllegalArgumentException e) {
            throw new UserMistake(
                    "progress/"
                            + name()
                            + ": is damaged; take it away, and the search begins again");
        }
    }

    private static String slug(String text) {
        String slug = text.replaceAll("[^A-Za-z0-9]+", "-").replaceAll("^-|-$", "");
        return slug.isEmpty() ? "x" : slug;
    }

    /** Names its files. */
    String name() {
        return name(shard.index());
    }

    private String name(int part) {
        return Line.of("%s%d-of-%d", stem, part + 1, shard.of());
    }

    String label() {
        return variant.label();
    }

    Runs runs() {
        return runs;
    }

    /** What to know about where it begins; empty for nothing. */
    String remark() {
        return remark;
    }

    /** What to run next; {@code null} if nothing is left or it depends on what is under way. */
    synchronized @Nullable Attempt next() {
        return strategy.next();
    }

    synchronized boolean isExhausted() {
        return strategy.isExhausted();
    }

    synchronized void learn(Attempt attempt, Examined examined) {
        strategy.learn(attempt, examined.feedback(coverage.merge(examined.features())));
        FaultTally.add(faults, examined.faults());
        attempts++;
    }

    /** Where it is, as a file has it. */
    synchronized String position() {
        return new Position(of, attempts, strategy.scope(), coverage, strategy.position()).text();
    }

    synchronized int features() {
        return coverage.size();
    }

    /** Each fault that the file orders and that changed nothing in any run since it began. */
    synchronized List<String> vain() {
        List<OrderedFault> ordered = variant.subject().ordered();
        if (faults.isEmpty()) {
            return List.of();
        }
        List<FaultTally> tallies = OrderedFault.tallies(ordered, faults);
        return IntStream.range(0, ordered.size())
                .filter(fault -> tallies.get(fault).isVain())
                .mapToObj(fault -> label() + ": '" + ordered.get(fault).text() + "'")
                .toList();
    }

    synchronized String scope() {
        return label() + ": " + strategy.scope();
    }

    /** Counts in how many runs each mark and each place was. */
    synchronized void count(Map<String, Long> marks, Map<String, Long> places) {
        for (Mark mark : Mark.values()) {
            marks.merge(mark.text(), coverage.runsWith(mark), Long::sum);
        }
        coverage.places().forEach((place, times) -> places.merge(place, times, Long::sum));
    }

    /**
     * What the other machines of the same search have tried, of which the findings were merged.
     *
     * @param whole takes in what they and this one covered
     */
    List<String> others(Findings findings, Coverage whole) throws IOException {
        var scopes = new ArrayList<String>();
        for (int part = 0; part < shard.of(); part++) {
            Position position =
                    part == shard.index() ? null : findings.position(name(part)).orElse(null);
            if (position != null && position.of().equals(of)) {
                whole.add(position.coverage());
                scopes.add(
                        Line.of(
                                "%s, shard %d/%d: %s",
                                label(), part + 1, shard.of(), position.scope()));
            }
        }
        synchronized (this) {
            whole.add(coverage);
        }
        return scopes;
    }
}
