package cairn.experiment.scoreboard;

import cairn.experiment.exploration.SearchForm;
import cairn.experiment.file.Line;
import cairn.fault.strategy.Attempt;
import cairn.fault.strategy.Coverage;
import cairn.fault.strategy.Shard;
import cairn.fault.strategy.Strategy;
import cairn.model.Message;
import cairn.model.property.Properties;
import cairn.model.property.Property;
import cairn.protocol.SeededBug;
import cairn.simulator.Scenario;
import cairn.verification.Breach;
import cairn.verification.Examined;
import cairn.verification.Runs;

import org.jspecify.annotations.Nullable;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.List;

/**
 * One strategy at work on one seeded bug, from several first seeds; each attempt ends when a
 * property of the bug's row is violated, or when runs or CPU time are spent.
 *
 * @param mostRuns runs of one attempt
 * @param mostSeconds CPU seconds of one attempt
 */
record Contest(int repeats, int mostRuns, double mostSeconds) {

    /** How many scenarios take turns in a search that goes on from earlier runs. */
    static final int SCENARIOS = 8;

    private static final ThreadMXBean CPU = ManagementFactory.getThreadMXBean();

    /** How one attempt went. */
    record Outcome(boolean found, int runs, double seconds) {}

    /** When an attempt ends, in words. */
    String limits() {
        return Line.of("%,d runs or %.0f CPU seconds", mostRuns, mostSeconds);
    }

    /** All attempts, each under first seeds of its own. */
    List<Outcome> of(SeededBug bug, SearchForm form) {
        List<Property> judges = bug.caughtBy().stream().map(Properties::named).toList();
        List<Outcome> outcomes = new ArrayList<>();
        for (int repeat = 0; repeat < repeats; repeat++) {
            outcomes.add(attempt(bug, form, judges, 1 + 100_000L * repeat));
        }
        return outcomes;
    }

    private Outcome attempt(SeededBug bug, SearchForm form, List<Property> judges, long firstSeed) {
        // A search that goes on from earlier runs needs them to be of one scenario: several take
        // turns, as the variants of an experiment do. One that does not draws it with each run.
        List<Contender> contenders = new ArrayList<>();
        for (int i = 0; i < (form.isSampling() ? 1 : SCENARIOS); i++) {
            contenders.add(new Contender(form, firstSeed + i));
        }
        long started = CPU.getCurrentThreadCpuTime();
        for (int run = 1; run <= mostRuns; run++) {
            double seconds = (CPU.getCurrentThreadCpuTime() - started) / 1e9;
            Contender contender = contenders.get(run % contenders.size());
            @Nullable Attempt next = contender.strategy.next();
            while (next == null && contenders.size() > 1) {
                contenders.remove(contender);
                contender = contenders.get(run % contenders.size());
                next = contender.strategy.next();
            }
            if (next == null || seconds >= mostSeconds) {
                return new Outcome(false, run - 1, seconds);
            }
            long scenario = form.isSampling() ? firstSeed + run - 1 : contender.seed;
            Examined examined = runs(bug.sabotaged().apply(scenario), judges).examine(next);
            contender.learn(next, examined);
            if (examined.breach().filter(breach -> !isTheEndOfEvents(breach)).isPresent()) {
                return new Outcome(true, run, (CPU.getCurrentThreadCpuTime() - started) / 1e9);
            }
        }
        return new Outcome(false, mostRuns, (CPU.getCurrentThreadCpuTime() - started) / 1e9);
    }

    /** No invariant of a row is broken by that alone. */
    private static boolean isTheEndOfEvents(Breach breach) {
        return breach.property().equals(Breach.STUCK);
    }

    /** A search and what it has covered. */
    private static final class Contender {
        private final long seed;
        private final Strategy strategy;
        private final Coverage coverage = new Coverage();

        Contender(SearchForm form, long seed) {
            this.seed = seed;
            this.strategy = form.begin(seed, Shard.WHOLE, 6);
        }

        void learn(Attempt attempt, Examined examined) {
            strategy.learn(attempt, examined.feedback(coverage.merge(examined.features())));
        }
    }

    private static <M extends Message> Runs runs(Scenario<M> scenario, List<Property> judges) {
        return Runs.of(scenario, judges);
    }
}
