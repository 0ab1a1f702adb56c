package cairn.protocol.redundancy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cairn.model.CpuCosts;
import cairn.model.Epoch;
import cairn.model.Promise;
import cairn.model.computation.Computation;
import cairn.model.fault.FaultKind;
import cairn.part.ensemble.Choice;
import cairn.part.ensemble.Held;
import cairn.part.ensemble.Piece;
import cairn.protocol.Dice;
import cairn.protocol.Ranks;
import cairn.protocol.Trials;
import cairn.protocol.redundancy.RedundancySettings.Scheme;
import cairn.simulator.RunResult;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.LongStream;

/** Whole runs with checkpoints in memory, judged by all properties; and the choice of a line. */
final class RedundancyTest {

    private static final Epoch FIRST = new Epoch(1);
    private static final Epoch SECOND = new Epoch(2);

    /** In one run of nine a checkpoint was restored, and the others proved little. */
    @Test
    void underFaultsOfAllKindsThatItNamesEachRunComesToItsEndAndEveryThirdRestores() {
        long restored =
                LongStream.rangeClosed(1, 25)
                        .mapToObj(seed -> Trials.sound(RedundancyRuns.drawn(seed), seed))
                        .filter(result -> Trials.holds(result, "DUR"))
                        .count();
        assertTrue(restored * 3 > 25, () -> "restored in " + restored + " of 25 runs");
    }

    @ParameterizedTest
    @CsvSource({"PARTNER, 2, 1", "PARTNER, 4, 1", "XOR, 4, 1", "REED_SOLOMON, 4, 2"})
    void afterACrashItGoesOnFromWhatWasAcknowledged(Scheme scheme, int ranks, int losses) {
        for (long seed = 1; seed <= 4; seed++) {
            Dice dice = new Dice(seed);
            Computation computation = Ranks.busy(dice);
            Redundancy protocol = protocol(scheme, ranks, losses, computation);
            RunResult result =
                    Trials.sound(
                            Ranks.brief(
                                    protocol,
                                    computation,
                                    Ranks.crashes(dice, computation.ranks(), 1)),
                            seed);
            assertTrue(Trials.holds(result, "DUR"), "nothing was restored, seed " + seed);
            assertTrue(Trials.holds(result, "MONO"), "seed " + seed);
        }
    }

    @ParameterizedTest
    @CsvSource({"SINGLE, 0", "PARTNER, 1", "XOR, 1", "REED_SOLOMON, 2"})
    void itPromisesAsManyCrashesAsItsSmallestGroupBears(Scheme scheme, int crashes) {
        Promise promise = protocol(scheme, 3, 2, Ranks.busy(new Dice(1))).promise();
        assertEquals(crashes, promise.survives().getOrDefault(FaultKind.PROCESS_CRASH, 0));
        assertEquals(Promise.ANY, promise.survives().get(FaultKind.CUT));
        assertEquals(null, promise.survives().get(FaultKind.POWER_LOSS));
    }

    @Test
    void theLineIsTheNewestOfWhichEveryImageIsHeldOrFollows() {
        var settings = new RedundancySettings(Scheme.PARTNER, 3, 1, 1, true, 1_000, 1_000);
        var line = new RedundancyLine(3, new Placement(3, settings, Rules.SOUND), Rules.SOUND);
        SortedMap<Integer, List<Held>> reports = new TreeMap<>();
        for (int rank = 0; rank < 3; rank++) {
            List<Held> held = new ArrayList<>();
            for (Epoch epoch : List.of(FIRST, SECOND)) {
                held.add(new Held(Piece.image(rank, epoch)));
            }
            // Copies for the others: of the first checkpoint alone.
            for (int stripe = 0; stripe < 3; stripe++) {
                held.add(new Held(new Piece(rank, FIRST, Rebuild.part(stripe))));
            }
            reports.put(rank, held);
        }
        assertEquals(chosen(SECOND), line.plan(reports), "all are there");
        reports.remove(1);
        assertEquals(chosen(FIRST), line.plan(reports), "no copy of rank 1's second");
        reports.remove(2);
        assertEquals(chosen(Epoch.ZERO), line.plan(reports), "two are lost");
    }

    @Test
    void whoKeepsNothingForOthersGoesBackToWhatAllHaveThemselves() {
        var settings = new RedundancySettings(Scheme.SINGLE, 3, 1, 1, true, 1_000, 1_000);
        var line = new RedundancyLine(3, new Placement(3, settings, Rules.SOUND), Rules.SOUND);
        SortedMap<Integer, List<Held>> reports = new TreeMap<>();
        for (int rank = 0; rank < 3; rank++) {
            reports.put(rank, List.of(new Held(Piece.image(rank, FIRST))));
        }
        assertEquals(chosen(FIRST), line.plan(reports));
        reports.put(2, List.of());
        assertEquals(chosen(Epoch.ZERO), line.plan(reports));
    }

    private static List<Choice> chosen(Epoch epoch) {
        return List.of(new Choice(epoch, 0), new Choice(epoch, 1), new Choice(epoch, 2));
    }

    private static Redundancy protocol(
            Scheme scheme, int groupSize, int tolerated, Computation computation) {
        return new Redundancy(
                new RedundancySettings(scheme, groupSize, tolerated, 1, true, 200_000, 500_000),
                computation,
                CpuCosts.DEFAULT);
    }

    @Test
    void settingsAreRefusedJustBeyondTheirRanges() {
        assertEquals(2, new RedundancySettings(Scheme.XOR, 2, 1, 1, true, 1, 1).groupSize());
        for (Executable refused :
                List.<Executable>of(
                        () -> new RedundancySettings(Scheme.XOR, 1, 1, 1, true, 1, 1),
                        () -> new RedundancySettings(Scheme.XOR, 4, 0, 1, true, 1, 1),
                        () -> new RedundancySettings(Scheme.XOR, 4, 1, 0, true, 1, 1),
                        () -> new RedundancySettings(Scheme.REED_SOLOMON, 4, 4, 1, true, 1, 1),
                        () -> new RedundancySettings(Scheme.XOR, 4, 1, 1, true, 0, 1),
                        () -> new RedundancySettings(Scheme.XOR, 4, 1, 1, true, 1, 0))) {
            assertThrows(IllegalArgumentException.class, refused);
        }
        // Only Reed-Solomon reads how many losses a group bears.
        assertEquals(1, new RedundancySettings(Scheme.XOR, 4, 4, 1, true, 1, 1).parities());
    }
}
