package cairn.virtual.jgroups;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The real detector notices in the time that its settings say. */
final class DetectionTest {

    private static final long MILLI = 1_000_000;

    @ParameterizedTest
    @EnumSource
    void silenceIsNoticedAfterTheTimeoutAndBeforeTwoHeartbeatsMore(Detection.Failure failure) {
        Stack stack = Stack.QUICK;
        Detection detection = Detection.of(failure, stack, 3).orElseThrow();
        long least = stack.suspect().minus(stack.heartbeat()).toNanos();
        long most =
                stack.suspect()
                                .plus(stack.heartbeat().multipliedBy(2))
                                .plus(stack.verify())
                                .toNanos()
                        + 3_000 * MILLI;
        assertTrue(
                detection.firstNanos() >= least && detection.firstNanos() <= most,
                detection.toString());
        assertTrue(detection.lastNanos() >= detection.firstNanos(), detection.toString());
        assertTrue(detection.mergedNanos() < 3 * stack.mergeMost().toNanos(), detection.toString());
    }
}
