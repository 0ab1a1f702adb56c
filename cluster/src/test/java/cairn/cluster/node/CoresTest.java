package cairn.cluster.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

final class CoresTest {

    private final Cores cores = new Cores(1);

    @Test
    void workThatWaitsForACoreHasAllOfItLeft() {
        assertEquals(1_000, cores.begin(1, 0, 1_000));
        assertEquals(2_000, cores.begin(2, 0, 1_000));
        assertEquals(1_000, cores.interrupt(2, 400));
        assertEquals(1_500, cores.begin(3, 400, 500));
        assertTrue(cores.end(1, 1_000));
        assertFalse(cores.end(2, 2_000));
    }

    @Test
    void aCoreIsNotFreeBeforeTheWorkBehindWhatWasInterruptedIsDone() {
        cores.begin(1, 0, 1_000);
        cores.begin(2, 0, 1_000);
        assertEquals(600, cores.interrupt(1, 400));
        assertEquals(2_100, cores.begin(3, 400, 100));
        assertTrue(cores.end(2, 2_000));
    }

    @Test
    void whatIsDoneIsNotTakenBack() {
        cores.begin(1, 0, 1_000);
        assertEquals(0, cores.interrupt(1, 1_000));
        assertTrue(cores.end(1, 1_000));
        assertEquals(0, cores.interrupt(1, 1_000));
    }
}
