package cairn.simulator.disk;

import static cairn.simulator.disk.Bench.bytes;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import cairn.fault.CalmChoices;
import cairn.model.fault.Fault;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

/** Time, order and refusals. */
class SimulatedDiskTest {

    private final Bench bench = new Bench(DiskCosts.NVME_PROTECTED, new CalmChoices());

    @Test
    void aWriteOfFourKibibytesAndItsSyncTakeTwentyMicroseconds() {
        bench.write("a", 0, bytes(4096, 1)).sync("a").run();
        assertEquals(List.of("written 1 @2410", "synced 2 @20000"), bench.answers);
        assertEquals(4096, bench.disk.bytesWritten());
    }

    @Test
    void aSyncTakesTheTimeOfItsDirtySectorsOnly() {
        bench.write("a", 0, bytes(1 << 20, 1)).sync("a").run();
        long before = bench.kernel.now();
        bench.write("a", 5, bytes(1, 2)).sync("a").run();
        long written = 2_000;
        long synced = 16_225 + Math.round(512 / 3.0);
        assertEquals("synced 4 @" + (before + written + synced), bench.lastAnswer());
    }

    @Test
    void operationsAreDoneOneAfterTheOtherInTheOrderAsked() {
        bench.write("a", 0, bytes(1000, 1)).write("b", 0, bytes(10, 1)).rename("a", "c");
        bench.delete("b").syncDirectory().run();
        assertEquals(
                List.of(
                        "written 1 @2100",
                        "written 2 @4101",
                        "written 3 @6101",
                        "written 4 @8101",
                        "synced 5 @24326"),
                bench.answers);
        assertEquals(List.of("c"), bench.list());
    }

    @Test
    void aReadTakesTheTimeOfTheWholeFile() {
        bench.write("a", 0, bytes(3000, 1)).run();
        long before = bench.kernel.now();
        assertEquals(3000, bench.read("a").length);
        assertEquals("fetched 2 @" + (before + 80_000 + 1000), bench.lastAnswer());
    }

    @Test
    void aFaultyDiskFailsReadsAndSyncsUntilItIsHealed() {
        Bench faulty = failing("disk error 0.5 n1");
        faulty.disk.strike(new Fault.DiskError(Bench.HERE, 0.5));
        faulty.write("a", 0, bytes(3, 1)).sync("a").syncDirectory().run();
        assertEquals(List.of("written 1", "IO_ERROR 2", "IO_ERROR 3"), faulty.untimed());
        assertEquals(0, faulty.read("a").length);
        assertEquals(List.of("a"), faulty.list());
        assertEquals(0, faulty.disk.bytesWritten());
        faulty.disk.heal(new Fault.DiskError(Bench.HERE, 0.5));
        faulty.sync("a").syncDirectory().run();
        assertArrayEquals(bytes(3, 1), faulty.read("a"));
        assertEquals(512, faulty.disk.bytesWritten());
    }

    @Test
    void aFailedSyncHasMadeNothingDurable() {
        Bench faulty = failing("disk error 0.5 n1");
        faulty.disk.strike(new Fault.DiskError(Bench.HERE, 0.5));
        faulty.write("a", 0, bytes(3, 1)).sync("a").syncDirectory().run();
        faulty.disk.powerLoss();
        assertEquals(List.of(), faulty.list());
    }

    @Test
    void twoFaultsOfADiskEndEachByItself() {
        Bench faulty = failing("disk error 0.25 n1");
        faulty.disk.strike(new Fault.DiskError(Bench.HERE, 0.5));
        faulty.disk.strike(new Fault.DiskError(Bench.HERE, 0.25));
        faulty.disk.heal(new Fault.DiskError(Bench.HERE, 0.5));
        faulty.write("a", 0, bytes(3, 1)).sync("a").run();
        assertEquals(List.of("written 1", "IO_ERROR 2"), faulty.untimed());
        assertThrows(
                IllegalStateException.class,
                () -> faulty.disk.heal(new Fault.DiskError(Bench.HERE, 0.5)));
    }

    @Test
    void aFaultThatComesBackAsksItsQuestionOnAndLeavesTheDisksOwnAlone() {
        List<String> asked = new ArrayList<>();
        Bench faulty =
                new Bench(
                        DiskCosts.DISK.withErrors(0.1),
                        (choice, count) -> {
                            asked.add(choice.name() + " #" + count);
                            return 0;
                        });
        faulty.write("a", 0, bytes(3, 1)).sync("a").run();
        for (int time = 0; time < 2; time++) {
            faulty.disk.strike(new Fault.DiskError(Bench.HERE, 0.5));
            faulty.sync("a").run();
            faulty.disk.heal(new Fault.DiskError(Bench.HERE, 0.5));
        }
        assertEquals(
                List.of(
                        "disk error n1 #0",
                        "disk error n1 #1",
                        "disk error 0.5 n1 #0",
                        "disk error n1 #2",
                        "disk error 0.5 n1 #1"),
                asked);
    }

    /** A disk for which one question is always answered with yes, and all others calmly. */
    private static Bench failing(String name) {
        return new Bench(
                DiskCosts.DISK,
                (choice, _) -> choice.name().equals(name) ? 1 : choice.law().calm());
    }

    @Test
    void aSlowDiskTakesSoManyTimesAsLong() {
        bench.disk.strike(new Fault.SlowDisk(Bench.HERE, 3));
        bench.write("a", 0, bytes(0, 1)).run();
        bench.disk.heal(new Fault.SlowDisk(Bench.HERE, 3));
        bench.write("a", 0, bytes(0, 1)).run();
        assertEquals(List.of("written 1 @6000", "written 2 @8000"), bench.answers);
    }

    @Test
    void whatIsLeftOfTwoCausesOfSlownessGoesOnWhenOneIsHealed() {
        bench.disk.strike(new Fault.SlowDisk(Bench.HERE, 3));
        bench.disk.strike(new Fault.SlowDisk(Bench.HERE, 2));
        bench.write("a", 0, bytes(0, 1)).run();
        bench.disk.heal(new Fault.SlowDisk(Bench.HERE, 3));
        bench.write("a", 0, bytes(0, 1)).run();
        bench.disk.heal(new Fault.SlowDisk(Bench.HERE, 2));
        bench.write("a", 0, bytes(0, 1)).run();
        assertEquals(
                List.of("written 1 @12000", "written 2 @16000", "written 3 @18000"), bench.answers);
    }

    @Test
    void aReadSeesTheLastWriteOfEachByte() {
        bench.write("a", 510, bytes(4, 1)).write("a", 511, bytes(1, 2)).run();
        byte[] expected = new byte[514];
        expected[510] = 1;
        expected[511] = 2;
        expected[512] = 1;
        expected[513] = 1;
        assertArrayEquals(expected, bench.read("a"));
    }

    @Test
    void whatIsWrittenIsWhatWasAsked() {
        byte[] content = bytes(3, 1);
        bench.write("a", 0, content);
        content[0] = 9;
        assertArrayEquals(bytes(3, 1), bench.run().read("a"));
    }

    @Test
    void aRenamingReplacesTheFileThatHadTheName() {
        bench.write("old", 0, bytes(2, 1)).write("new", 0, bytes(3, 2)).rename("new", "old").run();
        assertEquals(List.of("old"), bench.list());
        assertArrayEquals(bytes(3, 2), bench.read("old"));
    }

    @Test
    void aFileThatIsNotThereIsNotFound() {
        bench.sync("a").rename("a", "b").delete("a").run();
        bench.disk.read(9, "a");
        bench.run();
        assertEquals(
                List.of(
                        "NOT_FOUND 1 @2000",
                        "NOT_FOUND 2 @4000",
                        "NOT_FOUND 3 @6000",
                        "NOT_FOUND 9 @8000"),
                bench.answers);
    }

    @Test
    void aFullDiskRefusesAndWritesNothing() {
        bench.write("a", 0, bytes(10, 1)).run();
        bench.disk.strike(new Fault.DiskFull(Bench.HERE));
        bench.write("a", 5, bytes(10, 2)).write("b", 0, bytes(1, 2)).run();
        assertEquals("NO_SPACE 3 @6002", bench.lastAnswer());
        assertEquals(List.of("a"), bench.list());
        assertArrayEquals(bytes(10, 1), bench.read("a"));
        bench.disk.heal(new Fault.DiskFull(Bench.HERE));
        bench.write("b", 0, bytes(1, 2)).run();
        assertEquals(List.of("a", "b"), bench.list());
    }

    @Test
    void aDiskHoldsItsCapacityAndNoMore() {
        Bench small = new Bench(DiskCosts.DISK.withCapacity(1000), new CalmChoices());
        small.write("a", 0, bytes(600, 1)).write("b", 0, bytes(401, 1)).run();
        assertEquals(List.of("a"), small.list());
        small.write("b", 0, bytes(400, 1)).write("a", 0, bytes(600, 2)).run();
        assertEquals(List.of("a", "b"), small.list());
        assertArrayEquals(bytes(600, 2), small.read("a"));
        small.delete("a").write("b", 400, bytes(600, 1)).run();
        assertEquals(1000, small.read("b").length);
    }

    @Test
    void aFileLongerThanTwoGibibytesDoesNotFit() {
        bench.write("a", 1L << 40, bytes(1, 1)).run();
        assertEquals("NO_SPACE 1 @2000", bench.lastAnswer());
        assertThrows(
                IllegalArgumentException.class, () -> bench.disk.write(1, "a", -1, bytes(1, 1)));
    }

    @Test
    void anErrorIsAskedOfTheChoicesAndNothingIsDone() {
        Bench failing =
                new Bench(
                        DiskCosts.DISK.withErrors(0.5),
                        (choice, count) ->
                                choice.name().equals("disk error n1") && count < 2 ? 1 : 0);
        failing.write("a", 0, bytes(1, 1)).sync("a").syncDirectory().syncDirectory().run();
        assertEquals(
                List.of("written", "IO_ERROR", "IO_ERROR", "synced"),
                failing.answers.stream().map(text -> text.split(" ", 2)[0]).toList());
        failing.disk.powerLoss();
        assertEquals(0, failing.read("a").length);
    }

    @Test
    void costsThatMakeNoSenseAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> DiskCosts.DISK.withErrors(2));
        assertThrows(IllegalArgumentException.class, () -> DiskCosts.DISK.withCapacity(-1));
        assertThrows(
                IllegalStateException.class, () -> bench.disk.heal(new Fault.DiskFull(Bench.HERE)));
    }
}
