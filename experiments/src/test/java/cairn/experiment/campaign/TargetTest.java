package cairn.experiment.campaign;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cairn.experiment.definition.Target;
import cairn.report.Breakdown;
import cairn.report.Counts;
import cairn.report.DurationHistogram;
import cairn.report.Measure;
import cairn.report.Replay;
import cairn.report.Throughput;
import cairn.report.TrialResult;
import cairn.report.VariantResult;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** When there are seeds enough. */
class TargetTest {

    private static final int MOST = 2_000;

    /** Exponential checkpoint latencies around a mean: a variant of so many seeds. */
    private static VariantResult variant(Random random, double mean, int seeds) {
        var trials = new ArrayList<TrialResult>();
        for (int seed = 1; seed <= seeds; seed++) {
            long nanos = Math.round(-mean * Math.log1p(-random.nextDouble()));
            trials.add(
                    new TrialResult(
                            seed,
                            "",
                            1,
                            new Counts(0, 0, 1, nanos, 0),
                            List.of(),
                            DurationHistogram.EMPTY,
                            DurationHistogram.EMPTY,
                            DurationHistogram.EMPTY,
                            Throughput.NONE,
                            List.of(),
                            Breakdown.NONE,
                            new Replay("", Optional.empty())));
        }
        return new VariantResult("v", new LinkedHashMap<>(), "", "", trials);
    }

    private static VariantResult first(VariantResult all, int seeds) {
        return new VariantResult(
                "v", new LinkedHashMap<>(), "", "", all.trials().subList(0, seeds));
    }

    /** How many seeds it takes until the mean is known within 10 %, with 95 % confidence. */
    private static int stopped(VariantResult all) {
        var precision = new Precision(new Target(Measure.STABLE_BYTES, 0.1, 0.95, 30), MOST);
        int seeds = precision.first();
        while (seeds < MOST && !precision.isEnough(List.of(first(all, seeds)))) {
            seeds = precision.next(seeds);
        }
        return seeds;
    }

    @Test
    void theTruthLiesWithinTheTargetAtLeastAsOftenAsItSays() {
        var random = new Random(1);
        int runs = 300;
        int missed = 0;
        long used = 0;
        for (int run = 0; run < runs; run++) {
            VariantResult all = variant(random, 10_000, MOST);
            int seeds = stopped(all);
            used += seeds;
            double mean = Measure.STABLE_BYTES.estimate(first(all, seeds)).orElseThrow().value();
            missed += Math.abs(mean - 10_000) > 0.1 * 10_000 ? 1 : 0;
        }
        assertTrue(missed <= 0.05 * runs, missed + " of " + runs + " missed");
        // Who knew the variance could do with about 470; not knowing it costs less than three times
        // that.
        assertTrue(used / runs > 470 && used / runs < 1_400, "seeds: " + used / runs);
    }

    @Test
    void equalFiguresNeedNoMoreThanTheLeast() {
        VariantResult same =
                new VariantResult(
                        "v",
                        new LinkedHashMap<>(),
                        "",
                        "",
                        Collections.nCopies(
                                MOST, variant(new Random(2), 100, 1).trials().getFirst()));
        assertEquals(30, stopped(same));
    }
}
