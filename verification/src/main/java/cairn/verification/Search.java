package cairn.verification;

import cairn.fault.strategy.Attempt;
import cairn.fault.strategy.Coverage;
import cairn.fault.strategy.Strategy;
import cairn.model.fault.FaultTally;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/** A strategy at work on the runs of one scenario, on one thread, until it finds something. */
public final class Search {

    private final Runs runs;
    private final Strategy strategy;
    private final Coverage coverage = new Coverage();
    private final List<FaultTally> faults = new ArrayList<>();
    private final SortedSet<String> judged = new TreeSet<>();
    private long done;

    public Search(Runs runs, Strategy strategy) {
        this.runs = runs;
        this.strategy = strategy;
    }

    /**
     * The first run that breaks a property; empty if there is none among so many runs, or in the
     * scope of the strategy.
     */
    public Optional<Examined> find(long mostRuns) {
        while (done < mostRuns) {
            @Nullable Attempt attempt = strategy.next();
            if (attempt == null) {
                return Optional.empty();
            }
            Examined examined = runs.examine(attempt);
            done++;
            FaultTally.add(faults, examined.faults());
            judged.addAll(examined.judged());
            strategy.learn(attempt, examined.feedback(coverage.merge(examined.features())));
            if (examined.breach().isPresent()) {
                return Optional.of(examined);
            }
        }
        return Optional.empty();
    }

    /** How many runs there were. */
    public long runs() {
        return done;
    }

    /** What became of each fault of the plan in all runs: those planned, then those at random. */
    public List<FaultTally> faults() {
        return List.copyOf(faults);
    }

    /** The properties that could have been violated in some run, and were not in it. */
    public SortedSet<String> judged() {
        return Collections.unmodifiableSortedSet(judged);
    }

    /** The features of all runs. */
    public Coverage coverage() {
        return coverage;
    }
}
