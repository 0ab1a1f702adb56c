package cairn.part;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cairn.model.NodeId;
import cairn.model.fault.Fault;
import cairn.part.StableFile.Progress;

import org.junit.jupiter.api.Test;

import java.util.Arrays;

final class StableFileTest {

    private static final int LONGER = 6_000;
    private static final int SHORTER = 2_000;

    private static byte[] bytes(int length, int value) {
        byte[] bytes = new byte[length];
        Arrays.fill(bytes, (byte) value);
        return bytes;
    }

    @Test
    void aFileThatWasNeverWrittenIsAbsent() {
        assertEquals(Progress.ABSENT, new FileBench(1).read());
    }

    @Test
    void whatWasWrittenIsRead() {
        var bench = new FileBench(1);
        bench.write(bytes(LONGER, 1));
        assertEquals(Progress.WRITTEN, bench.toTheEnd());
        bench.write(bytes(SHORTER, 2));
        assertEquals(Progress.WRITTEN, bench.toTheEnd());
        assertEquals(Progress.READ, bench.read());
        assertArrayEquals(bytes(SHORTER, 2), bench.content());
    }

    /** After a loss of power at any step, torn sectors included, one of the two is there, whole. */
    @Test
    void aLossOfPowerAtAnyStepLeavesTheOldContentOrTheNew() {
        boolean old = false;
        boolean fresh = false;
        for (int seed = 1; seed <= 40; seed++) {
            for (int steps = 0; steps <= 5; steps++) {
                var bench = new FileBench(seed);
                bench.write(bytes(LONGER, 1));
                bench.toTheEnd();
                bench.restart();
                bench.write(bytes(SHORTER, 2));
                for (int i = 0; i < steps; i++) {
                    bench.step();
                }
                bench.disk().powerLoss();
                bench.restart();
                assertEquals(Progress.READ, bench.read());
                boolean isOld = Arrays.equals(bytes(LONGER, 1), bench.content());
                assertTrue(isOld || Arrays.equals(bytes(SHORTER, 2), bench.content()));
                old |= isOld;
                fresh |= !isOld;
            }
        }
        assertTrue(old && fresh);
    }

    @Test
    void whatWasReadIsThereAfterALossOfPower() {
        for (int seed = 1; seed <= 40; seed++) {
            var bench = new FileBench(seed);
            bench.write(bytes(LONGER, 1));
            bench.toTheEnd();
            bench.write(bytes(SHORTER, 2));
            // Renamed, and the owner dies before the directory is synced.
            for (int i = 0; i < 3; i++) {
                bench.step();
            }
            bench.disk().processCrash();
            bench.restart();
            bench.read();
            byte[] read = bench.content();
            bench.disk().powerLoss();
            bench.restart();
            bench.read();
            assertArrayEquals(read, bench.content());
        }
    }

    @Test
    void aFullDiskIsTriedAgainAndTheOldContentStays() {
        var bench = new FileBench(1);
        bench.write(bytes(LONGER, 1));
        bench.toTheEnd();
        var full = new Fault.DiskFull(new NodeId(0));
        bench.disk().strike(full);
        bench.write(bytes(LONGER, 2));
        assertEquals(Progress.UNDER_WAY, bench.toTheEnd());
        assertThrows(IllegalStateException.class, () -> bench.write(bytes(1, 3)));
        bench.retry();
        assertEquals(Progress.UNDER_WAY, bench.toTheEnd());
        bench.disk().heal(full);
        bench.retry();
        assertEquals(Progress.WRITTEN, bench.toTheEnd());
        bench.read();
        assertArrayEquals(bytes(LONGER, 2), bench.content());
    }

    @Test
    void aFileLeftUnfinishedLeavesNothingBehindInTheNext() {
        var bench = new FileBench(1);
        bench.write(bytes(LONGER, 1));
        // The leftover of an earlier life is longer than what is written now.
        bench.step();
        bench.step();
        bench.disk().processCrash();
        bench.restart();
        bench.write(bytes(SHORTER, 2));
        assertEquals(Progress.WRITTEN, bench.toTheEnd());
        bench.read();
        assertEquals(SHORTER, bench.content().length);
    }

    @Test
    void onlyItsOwnTokensAreItsOwn() {
        var file = new StableFile("image", 100, 1);
        assertFalse(file.owns(99));
        assertTrue(file.owns(100));
        assertTrue(file.owns(107));
        assertFalse(file.owns(108));
    }
}
