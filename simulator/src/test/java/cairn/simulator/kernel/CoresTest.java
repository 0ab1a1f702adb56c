package cairn.simulator.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

final class CoresTest {

    @Test
    void theThirdOfThreeWaitsForTheFirstOfTwoCores() {
        var cores = new Cores(2);
        assertTrue(cores.areShared());
        assertEquals(100, cores.done(0, 100));
        assertEquals(40, cores.done(0, 40));
        assertEquals(50, cores.done(0, 10));
        assertEquals(210, cores.done(200, 10), "idle time is not saved up");
    }

    @Test
    void workIsDoneBeforeItsCoreIsFree() {
        var cores = new Cores(1);
        assertEquals(100, cores.done(0, 100, 30));
        assertEquals(140, cores.done(110, 10), "from 130 on");
    }

    @Test
    void whereNothingIsSharedNobodyWaits() {
        var cores = new Cores(0);
        assertFalse(cores.areShared());
        assertEquals(100, cores.done(0, 100));
        assertEquals(100, cores.done(0, 100));
    }
}
