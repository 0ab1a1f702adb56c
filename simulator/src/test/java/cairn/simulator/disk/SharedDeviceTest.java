package cairn.simulator.disk;

import static org.junit.jupiter.api.Assertions.assertEquals;

import cairn.simulator.kernel.Cores;

import org.junit.jupiter.api.Test;

final class SharedDeviceTest {

    @Test
    void aSyncTakesLongerForEachThatIsUnderWayWhenItBegins() {
        var device = new SharedDevice(new Cores(0), 0, 100);
        assertEquals(300, device.sync(1_000, 300));
        assertEquals(400, device.sync(1_000, 300));
        assertEquals(500, device.sync(1_050, 300));
        // The first has ended.
        assertEquals(500, device.sync(1_300, 300));
        assertEquals(300, device.sync(2_000, 300));
    }

    @Test
    void asManyAsWillMayBeUnderWay() {
        var device = new SharedDevice(new Cores(0), 0, 1);
        for (int others = 0; others < 20; others++) {
            assertEquals(50 + others, device.sync(0, 50));
        }
    }

    @Test
    void forAPartOfItsTimeItComputes() {
        var cores = new Cores(1);
        var device = new SharedDevice(cores, 200, 0);
        assertEquals(300, device.sync(1_000, 300));
        assertEquals(500, device.sync(1_000, 300), "the core is free at 1,200");
        assertEquals(1_500, cores.done(1_000, 100), "who computes waits for both");
        assertEquals(50, device.sync(2_000, 50), "no longer than it takes");
    }

    @Test
    void disksOfTheirOwnDoNotWait() {
        var device = new SharedDevice(new Cores(0), 0, 0);
        assertEquals(300, device.sync(1_000, 300));
        assertEquals(300, device.sync(1_000, 300));
    }
}
