package cairn.protocol;

import static org.junit.jupiter.api.Assertions.assertTrue;

import cairn.fault.SeededChoices;
import cairn.model.Message;
import cairn.model.fault.Fault;
import cairn.model.fault.FaultKind;
import cairn.model.fault.Injection;
import cairn.simulator.Scenario;
import cairn.simulator.Simulation;
import cairn.simulator.network.NetworkCosts;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** What drawn plans hold. */
final class DrawnFaultsTest {

    private static List<Injection> planned(long seed, FaultKind... possible) {
        return new DrawnFaults(new Dice(seed), 3, 5, List.of()).plan(List.of(possible)).planned();
    }

    private static boolean isNarrow(Injection injection) {
        return injection.fault() instanceof Fault.BadLink bad && bad.quality().isNarrow();
    }

    @Test
    void linksAreNarrowInOnePlanOfThreeAndAreHealed() {
        List<List<Injection>> plans =
                LongStream.rangeClosed(1, 300)
                        .mapToObj(seed -> planned(seed, FaultKind.PAUSE, FaultKind.BAD_LINK))
                        .map(plan -> plan.stream().filter(DrawnFaultsTest::isNarrow).toList())
                        .filter(narrow -> !narrow.isEmpty())
                        .toList();
        assertTrue(plans.size() > 80 && plans.size() < 120, plans.size() + " plans");
        for (Injection one : plans.stream().flatMap(List::stream).toList()) {
            double part =
                    ((Fault.BadLink) one.fault()).quality().bytesPerNano()
                            / NetworkCosts.MESSAGES.bytesPerNano();
            assertTrue(part > 0.99e-3 && part < 0.101, one.toString());
            assertTrue(one.healAfterNanos() <= 40_000_000, one.toString());
        }
    }

    @Test
    void whereNoLinkMayBeBadNoneIsNarrow() {
        for (long seed = 1; seed <= 300; seed++) {
            assertTrue(planned(seed, FaultKind.CUT).stream().noneMatch(DrawnFaultsTest::isNarrow));
        }
    }

    /** A protocol whose messages never wait for each other has not been tried. */
    @TestFactory
    Stream<DynamicTest> theMessagesOfEachProtocolAreHeldUp() {
        return Corpus.soundRuns().stream()
                .map(runs ->
                        DynamicTest.dynamicTest(
                                runs.protocol(),
                                () ->
                                        assertTrue(
                                                LongStream.rangeClosed(1, 60)
                                                        .anyMatch(seed ->
                                                                isHeldUp(
                                                                        runs.drawn().apply(seed),
                                                                        seed)))));
    }

    private static <M extends Message> boolean isHeldUp(Scenario<M> scenario, long seed) {
        List<Injection> planned = scenario.faults().planned();
        if (planned.stream().noneMatch(DrawnFaultsTest::isNarrow)) {
            return false;
        }
        var run =
                new Simulation<>(scenario, new SeededChoices(seed), List.of(), List.of(), null)
                        .run();
        return IntStream.range(0, planned.size())
                .anyMatch(i -> isNarrow(planned.get(i)) && !run.faults().get(i).isVain());
    }
}
