package cairn.simulator.disk;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

final class SharedDeviceTest {

    @Test
    void aSyncTakesLongerForEachThatIsUnderWayWhenItBegins() {
        var device = new SharedDevice(100);
        assertEquals(300, device.sync(1_000, 300));
        assertEquals(400, device.sync(1_000, 300));
        assertEquals(500, device.sync(1_050, 300));
        // The first has ended.
        assertEquals(500, device.sync(1_300, 300));
        assertEquals(300, device.sync(2_000, 300));
    }

    @Test
    void asManyAsWillMayBeUnderWay() {
        var device = new SharedDevice(1);
        for (int others = 0; others < 20; others++) {
            assertEquals(50 + others, device.sync(0, 50));
        }
    }

    @Test
    void disksOfTheirOwnDoNotWait() {
        var device = new SharedDevice(0);
        assertEquals(300, device.sync(1_000, 300));
        assertEquals(300, device.sync(1_000, 300));
    }
}
