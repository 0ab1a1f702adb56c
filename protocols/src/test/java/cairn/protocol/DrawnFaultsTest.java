package cairn.protocol;

import static org.junit.jupiter.api.Assertions.assertTrue;

import cairn.model.fault.Fault;
import cairn.model.fault.FaultKind;
import cairn.model.fault.Injection;
import cairn.simulator.network.NetworkCosts;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.stream.LongStream;

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
}
