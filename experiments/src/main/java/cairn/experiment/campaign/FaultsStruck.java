package cairn.experiment.campaign;

import cairn.experiment.definition.Experiment;
import cairn.experiment.file.Line;
import cairn.experiment.trial.OrderedFault;
import cairn.model.fault.FaultTally;
import cairn.report.Expectation;
import cairn.report.Finding;
import cairn.report.VariantResult;
import cairn.report.statistics.Unit;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Whether what an experiment orders to go wrong did go wrong: verdicts about a fault that struck in
 * no trial, or changed nothing in any, rest on nothing.
 *
 * <p>A law of failures so rare that no strike was to be expected in all trials together is told,
 * and no reason for doubt: its trials are runs in which that seldom happens. Trials that ended at a
 * violation are not held to what would have come later.
 */
final class FaultsStruck {

    private static final String DEMAND =
            "every fault that is ordered strikes, and changes something";

    private FaultsStruck() {}

    /** An expectation of its own, if any fault of a variant changed nothing. */
    static Optional<Expectation> of(Experiment experiment, List<VariantResult> results) {
        Finding worst = Finding.HOLDS;
        var remarks = new ArrayList<String>();
        for (int i = 0; i < results.size(); i++) {
            VariantResult result = results.get(i);
            List<OrderedFault> ordered = experiment.variants().get(i).subject().ordered();
            long unbroken = result.trials().size() - result.trials(Finding.VIOLATED);
            for (int fault = 0; fault < ordered.size() && unbroken > 0; fault++) {
                if (result.tally(fault).isVain()) {
                    boolean rare = isRare(ordered.get(fault), result, result.tally(fault));
                    worst = worst.and(rare ? Finding.HOLDS : Finding.INCONCLUSIVE);
                    remarks.add(remark(ordered.get(fault), result, result.tally(fault), rare));
                }
            }
        }
        return remarks.isEmpty()
                ? Optional.empty()
                : Optional.of(new Expectation(DEMAND, worst, String.join("; ", remarks)));
    }

    private static boolean isRare(OrderedFault fault, VariantResult result, FaultTally tally) {
        return tally.came() == 0
                && fault.expected(result.trials().size(), result.longestNanos()) < 1;
    }

    private static String remark(
            OrderedFault fault, VariantResult result, FaultTally tally, boolean rare) {
        int trials = result.trials().size();
        String who = Line.of("%s: '%s' struck ", result.label(), fault.text());
        String longest = Unit.NANOSECONDS.text((double) result.longestNanos());
        if (rare) {
            return who
                    + Line.of(
                            "in none of %d trials, which is rare and not tried: %s strikes were to"
                                    + " be expected in %s each",
                            trials,
                            Unit.COUNT.text(fault.expected(trials, result.longestNanos())),
                            longest);
        }
        if (tally.came() == 0) {
            return who
                    + Line.of(
                            "in none of %d trials: its time had not come when they ended, after %s"
                                    + " at the most",
                            trials, longest);
        }
        return tally.struck() == 0
                ? who + Line.of("in none of %d trials: it is not admissible", trials)
                : who
                        + Line.of(
                                "%d times in %d trials, and nothing went otherwise for it",
                                tally.struck(), trials);
    }
}
