package cairn.experiment.exploration;

import cairn.fault.CalmChoices;
import cairn.fault.SeededChoices;
import cairn.fault.strategy.CoverageGuided;
import cairn.fault.strategy.CrashPoints;
import cairn.fault.strategy.ExhaustiveOrders;
import cairn.fault.strategy.PartialOrderChoices;
import cairn.fault.strategy.Prioritised;
import cairn.fault.strategy.Rotation;
import cairn.fault.strategy.Sampling;
import cairn.fault.strategy.Shard;
import cairn.fault.strategy.Strategy;
import cairn.fault.strategy.SwarmChoices;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The strategies by the names under which a command knows them. */
public enum SearchForm {
    MIXED("swarm, partial-order, prioritised, crash-points and guided in turn"),
    SEEDED("everything drawn from a seed"),
    SWARM("each run draws which faults and rates there are at all"),
    PRIORITISED("arrivals by priorities that change at random (PCT)"),
    PARTIAL_ORDER("all orders of racing arrivals equally likely (POS)"),
    EXHAUSTIVE("all orders of the first arrivals, one of each class; all else calm"),
    CRASH_POINTS("faults before, into and after each effect, at pairs, and in recoveries"),
    GUIDED("mutates runs that had something new");

    private final String description;

    SearchForm(String description) {
        this.description = description;
    }

    /** The name on the command line. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** What it does, in a clause. */
    public String description() {
        return description;
    }

    /** All names. */
    public static List<String> labels() {
        return Arrays.stream(values()).map(SearchForm::label).toList();
    }

    /** The strategy of a name. */
    public static Optional<SearchForm> named(String label) {
        return Arrays.stream(values()).filter(form -> form.label().equals(label)).findFirst();
    }

    /**
     * Whether a search of something else begins with the first seed again, instead of going on at
     * the next: there is nothing to draw.
     */
    boolean beginsAgain() {
        return this == EXHAUSTIVE || this == CRASH_POINTS;
    }

    /** Whether each of its runs stands alone. */
    public boolean isSampling() {
        return switch (this) {
            case SEEDED, SWARM, PRIORITISED, PARTIAL_ORDER -> true;
            case MIXED, EXHAUSTIVE, CRASH_POINTS, GUIDED -> false;
        };
    }

    /** A search through crash points that goes on to the next workload without end. */
    public Strategy begin(long seed, Shard shard, int arrivals) {
        return begin(seed, shard, new Scope(arrivals, Scope.ANY));
    }

    /**
     * What a search through all there is goes through.
     *
     * @param arrivals how many arrivals an exhaustive search varies
     * @param workloads of how many seeds the crash points are tried
     */
    public record Scope(int arrivals, long workloads) {
        /** More than any search gets through. */
        public static final long ANY = 1_000_000;
    }

    /**
     * A new search.
     *
     * @param seed the first seed, for those that draw
     */
    public Strategy begin(long seed, Shard shard, Scope scope) {
        return switch (this) {
            case MIXED -> Rotation.usual(seed, shard);
            case SEEDED -> new Sampling("seeds", SeededChoices::new, seed, shard);
            case SWARM -> new Sampling("swarms", SwarmChoices::new, seed, shard);
            case PRIORITISED -> new Prioritised(seed, shard);
            case PARTIAL_ORDER ->
                    new Sampling("partial orders", PartialOrderChoices::new, seed, shard);
            case EXHAUSTIVE -> new ExhaustiveOrders(new CalmChoices(), scope.arrivals(), shard);
            case CRASH_POINTS -> new CrashPoints(seed, scope.workloads(), shard);
            case GUIDED -> new CoverageGuided(seed, shard);
        };
    }
}
