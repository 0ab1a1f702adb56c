package cairn.experiment.trial;

import static org.junit.jupiter.api.Assertions.assertEquals;

import cairn.model.choice.Law;
import cairn.model.fault.FaultTally;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Optional;

/** What an experiment claims to have tried, and what became of it. */
final class OrderedFaultTest {

    private static final OrderedFault TWO_PLANNED =
            new OrderedFault("crash: [a, b]", 2, 0, Optional.empty(), 1_000);

    private static OrderedFault random(int places, Law gaps) {
        return new OrderedFault("pause", 0, places, Optional.of(new Law.Occurs(gaps)), 1_000);
    }

    @Test
    void eachEntryHasTheSumOfItsPlacesWhateverStandsBetween() {
        OrderedFault pauses = random(2, new Law.Constant(1));
        OrderedFault cut = new OrderedFault("link cut", 1, 0, Optional.empty(), 1_000);
        FaultTally ofNoEntry = new FaultTally(9, 9, 9);
        assertEquals(
                List.of(new FaultTally(3, 2, 1), new FaultTally(5, 5, 4), new FaultTally(1, 1, 0)),
                OrderedFault.tallies(
                        List.of(TWO_PLANNED, pauses, cut),
                        List.of(
                                new FaultTally(1, 1, 1),
                                new FaultTally(2, 1, 0),
                                new FaultTally(1, 1, 0),
                                new FaultTally(2, 2, 2),
                                new FaultTally(3, 3, 2),
                                ofNoEntry)));
    }

    @Test
    void whatIsPlannedIsToBeExpectedInEveryRun() {
        assertEquals(7, TWO_PLANNED.expected(7, 1));
    }

    @Test
    void whatIsRandomIsToBeExpectedAsItsLawSays() {
        OrderedFault rare = random(3, new Law.Exponential(0, 1e6));
        assertEquals(3 * 10 * (1 - Math.exp(-500 / 1e6)), rare.expected(10, 500), 1e-4);
        OrderedFault seen = random(1, new Law.Empirical(List.of(100L, 200L, 900L, 5_000L)));
        assertEquals(2, seen.expected(4, 300), 1e-9);
        assertEquals(0, seen.expected(4, 99), 1e-9);
        // Nothing strikes after the end of faults, however long a run is.
        assertEquals(3, seen.expected(4, 1_000_000), 1e-9);
    }
}
