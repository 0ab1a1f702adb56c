package cairn.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cairn.model.fault.FaultTally;

import org.junit.jupiter.api.Test;

import java.util.LinkedHashMap;
import java.util.List;

/** What became of the faults that an experiment orders, in its report. */
final class OrderedFaultsTest {

    private static TrialResult trial(long seed, FaultTally... faults) {
        TrialResult bare = Samples.bare("any", 1).trials().getFirst();
        return new TrialResult(
                seed,
                bare.digest(),
                bare.virtualNanos(),
                new Counts(1, 1, 1, 0, 0, 0, 0, Migrations.NONE, List.of(faults)),
                List.of(),
                DurationHistogram.EMPTY,
                DurationHistogram.EMPTY,
                DurationHistogram.EMPTY,
                Throughput.NONE,
                List.of(),
                Breakdown.NONE,
                bare.replay());
    }

    private static VariantResult variant() {
        return new VariantResult(
                "v",
                new LinkedHashMap<>(),
                "",
                "",
                List.of("crash: primary", "pause: primary"),
                List.of(
                        trial(1, new FaultTally(2, 2, 1), FaultTally.NONE),
                        trial(2, new FaultTally(3, 3, 3), FaultTally.NONE),
                        trial(3, new FaultTally(1, 1, 0), FaultTally.NONE)));
    }

    @Test
    void strikesAreSummedAndTrialsInWhichTheyChangedSomethingCounted() {
        VariantResult variant = variant();
        assertEquals(new FaultTally(6, 6, 4), variant.tally(0));
        assertEquals(2, variant.trialsWith(0));
        assertEquals(0, variant.trialsWith(1));
        assertEquals(1, variant.vainFaults());
        assertEquals(2, variant.trials().get(2).counts().vainFaults());
    }

    @Test
    void thePageHasARowForEachFaultAndNoneWhereNoneIsOrdered() {
        var html = new Html();
        OrderedFaults.write(Samples.experiment(variant()), html);
        String page = html.toString().replaceAll("<[^>]+>", " ").replaceAll("\\s+", " ");
        assertTrue(page.contains("v crash: primary 2 6 2"), page);
        assertTrue(page.contains("v pause: primary 0 0 0"), page);
        var without = new Html();
        OrderedFaults.write(Samples.experiment(Samples.bare("any", 1)), without);
        assertFalse(without.toString().contains("Faults"));
    }
}
