package cairn.simulator.disk;

import static cairn.simulator.disk.Bench.bytes;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cairn.fault.CalmChoices;
import cairn.fault.SeededChoices;
import cairn.model.choice.Choice;
import cairn.model.choice.Choices;
import cairn.model.choice.Law;
import cairn.model.fault.Fault;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What each fault empties; calmly all that is not safe is lost. */
class DiskFaultsTest {

    private static final byte[] OLD = bytes(1024, 1);
    private static final byte[] NEW = bytes(1024, 2);

    private final Bench bench = safe(DiskCosts.NVME_CONSUMER, new CalmChoices());

    /** A disk on which the file "a" is durable with its old content. */
    private static Bench safe(DiskCosts costs, Choices choices) {
        return new Bench(costs, choices).write("a", 0, OLD).sync("a").syncDirectory().run();
    }

    /** Choices of which one is answered in a certain way, and all others calmly. */
    private static Choices answering(String name, long answer) {
        return (choice, count) -> choice.name().equals(name + " n1") ? answer : choice.law().calm();
    }

    @Test
    void aWriteThatWasNotSyncedIsLostWithPower() {
        bench.write("a", 0, NEW).run().disk.powerLoss();
        assertArrayEquals(OLD, bench.read("a"));
    }

    @Test
    void itSaysHowMuchWasLost() {
        assertEquals(new DiskLoss(1024, 0), bench.write("a", 0, NEW).run().disk.powerLoss());
        assertEquals(DiskLoss.NONE, bench.disk.powerLoss(), "nothing is lost twice");
        assertEquals(new DiskLoss(0, 1), bench.rename("a", "b").run().disk.warmReset());
        assertEquals("1,024 B of files, 2 changes of names", new DiskLoss(1024, 2).toString());
        Bench spared = safe(DiskCosts.DISK, answering("file survives", 2));
        assertEquals(DiskLoss.NONE, spared.write("a", 0, NEW).run().disk.powerLoss());
    }

    @Test
    void aWriteThatWasSyncedSurvives() {
        bench.write("a", 0, NEW).sync("a").run().disk.powerLoss();
        assertArrayEquals(NEW, bench.read("a"));
    }

    @Test
    void aFileWhoseNameWasNotSyncedIsLostThoughItsContentWas() {
        bench.write("b", 0, NEW).sync("b").run().disk.powerLoss();
        assertEquals(List.of("a"), bench.list());
    }

    @Test
    void aFileWhoseContentWasNotSyncedIsEmptyThoughItsNameWas() {
        bench.write("b", 0, NEW).syncDirectory().run().disk.powerLoss();
        assertEquals(List.of("a", "b"), bench.list());
        assertEquals(0, bench.read("b").length);
    }

    @Test
    void aRenamingThatWasNotSyncedIsUndone() {
        bench.write("b", 0, NEW).sync("b").syncDirectory().rename("b", "a").run();
        bench.disk.powerLoss();
        assertEquals(List.of("a", "b"), bench.list());
        assertArrayEquals(OLD, bench.read("a"));
    }

    @Test
    void aDeletionThatWasNotSyncedIsUndone() {
        bench.delete("a").run().disk.powerLoss();
        assertArrayEquals(OLD, bench.read("a"));
    }

    @Test
    void anUnluckyRenamingSurvivesWithoutTheContent() {
        Bench hasty = safe(DiskCosts.DISK, answering("name survives", 1));
        hasty.write("b", 0, NEW).rename("b", "a").run().disk.powerLoss();
        assertEquals(List.of("a"), hasty.list());
        assertEquals(0, hasty.read("a").length);
    }

    @Test
    void aLengthMaySurviveWithoutTheBytes() {
        Bench grown = safe(DiskCosts.DISK, answering("length survives", 1));
        grown.write("a", 1024, bytes(100, 7)).run().disk.powerLoss();
        byte[] expected = new byte[1124];
        System.arraycopy(OLD, 0, expected, 0, 1024);
        assertArrayEquals(expected, grown.read("a"));
    }

    @Test
    void bytesBeyondTheEndOfAFileThatDidNotGrowStayAwayWhenItGrowsLater() {
        Bench lucky = safe(DiskCosts.DISK, answering("file survives", 2));
        lucky.write("b", 0, bytes(10, 3)).sync("b").syncDirectory();
        lucky.write("b", 5, bytes(100, 4)).run().disk.powerLoss();
        lucky.write("b", 20, bytes(1, 5)).run();
        byte[] expected = new byte[21];
        System.arraycopy(bytes(5, 3), 0, expected, 0, 5);
        System.arraycopy(bytes(5, 4), 0, expected, 5, 5);
        expected[20] = 5;
        assertArrayEquals(expected, lucky.read("b"));
    }

    @Test
    void aTornSectorBeginsNewAndEndsOld() {
        Choices choices =
                (choice, count) ->
                        switch (choice.name()) {
                            case "file survives n1" -> 3;
                            case "sector survives n1" -> count == 0 ? 2 : 0;
                            case "tear n1" -> 4;
                            default -> choice.law().calm();
                        };
        Bench torn = safe(DiskCosts.DISK.withTornSectors(), choices);
        torn.write("a", 0, NEW).run().disk.powerLoss();
        byte[] expected = OLD.clone();
        System.arraycopy(NEW, 0, expected, 0, 40);
        assertArrayEquals(expected, torn.read("a"));
    }

    @Test
    void aProcessCrashLosesNothingThatWasWritten() {
        bench.write("a", 0, NEW).run().disk.processCrash();
        assertArrayEquals(NEW, bench.read("a"));
    }

    @Test
    void whatACrashedProcessHadAskedIsDoneAndNotAnswered() {
        int before = bench.answers.size();
        bench.write("a", 0, NEW).sync("a").disk.processCrash();
        bench.run();
        assertEquals(before, bench.answers.size());
        bench.disk.powerLoss();
        assertArrayEquals(NEW, bench.read("a"));
    }

    @Test
    void whatWaitedWhenAProcessCrashedMayBeDropped() {
        Bench dropping = safe(DiskCosts.DISK, answering("operation is dropped", 1));
        dropping.write("a", 0, bytes(512, 2)).write("a", 512, bytes(512, 2)).sync("a");
        dropping.disk.processCrash();
        // The first was in progress.
        byte[] expected = OLD.clone();
        System.arraycopy(NEW, 0, expected, 0, 512);
        assertArrayEquals(expected, dropping.run().read("a"));
    }

    @Test
    void aWarmResetLosesThePageCache() {
        bench.write("a", 0, NEW).run().disk.warmReset();
        assertArrayEquals(OLD, bench.read("a"));
    }

    @Test
    void nothingIsAnsweredAfterAPowerLossThatWasAskedBefore() {
        int before = bench.answers.size();
        bench.write("a", 0, NEW).sync("a").disk.powerLoss();
        bench.run();
        assertEquals(before, bench.answers.size());
        assertArrayEquals(OLD, bench.read("a"));
    }

    @Test
    void aSyncThatPowerInterruptsMayHaveBeenDone() {
        Bench finishing = safe(DiskCosts.DISK, answering("operation in progress is done", 1));
        finishing.write("a", 0, NEW).run().sync("a").disk.powerLoss();
        assertArrayEquals(NEW, finishing.read("a"));
    }

    @Test
    void aLyingSyncAnswersAtOnceAndPowerLossTakesWhatItPromised() {
        for (DiskCosts costs :
                List.of(DiskCosts.DISK, DiskCosts.NVME_CONSUMER, DiskCosts.NVME_PROTECTED)) {
            Bench lying = safe(costs, new CalmChoices());
            lying.disk.strike(new Fault.LyingSync(Bench.HERE));
            lying.write("a", 0, NEW).run();
            long before = lying.kernel.now();
            lying.sync("a").run();
            assertEquals("synced 5 @" + (before + 2_000), lying.lastAnswer());
            lying.write("b", 0, NEW).sync("b").syncDirectory().run().disk.powerLoss();
            assertEquals(List.of("a"), lying.list(), costs.name());
            assertArrayEquals(OLD, lying.read("a"), costs.name());
        }
    }

    @Test
    void whatALyingSyncLeftInTheDevicesCacheSurvivesAWarmReset() {
        bench.disk.strike(new Fault.LyingSync(Bench.HERE));
        bench.write("a", 0, NEW).sync("a").write("b", 0, NEW).syncDirectory().run();
        bench.disk.warmReset();
        assertArrayEquals(NEW, bench.read("a"));
        assertEquals(List.of("a", "b"), bench.list());
        bench.disk.powerLoss();
        assertArrayEquals(OLD, bench.read("a"));
        assertEquals(List.of("a"), bench.list());
    }

    @Test
    void anHonestSyncOfAnyFileFlushesWhatLiesLeftInTheDevicesCache() {
        bench.disk.strike(new Fault.LyingSync(Bench.HERE));
        bench.write("a", 0, NEW).sync("a").write("b", 0, OLD).syncDirectory().run();
        bench.disk.heal(new Fault.LyingSync(Bench.HERE));
        bench.sync("b").run().disk.powerLoss();
        assertArrayEquals(NEW, bench.read("a"));
        assertArrayEquals(OLD, bench.read("b"));
    }

    @Test
    void aLostWriteIsAnsweredAndTheOldBytesAreRead() {
        bench.disk.strike(new Fault.LostSectorWrites(Bench.HERE));
        bench.write("a", 0, NEW).sync("a").run();
        assertTrue(bench.lastAnswer().startsWith("synced 5"));
        assertArrayEquals(OLD, bench.read("a"));
        bench.disk.heal(new Fault.LostSectorWrites(Bench.HERE));
        bench.write("a", 0, NEW).sync("a").run();
        assertArrayEquals(NEW, bench.read("a"));
    }

    @Test
    void aSectorWriteMayBeSpared() {
        Choices choices =
                (choice, count) ->
                        choice.name().equals("sector write is spared n1") && count == 1
                                ? 1
                                : choice.law().calm();
        Bench sparing = safe(DiskCosts.DISK, choices);
        sparing.disk.strike(new Fault.LostSectorWrites(Bench.HERE));
        sparing.write("a", 0, NEW).sync("a").run();
        byte[] expected = OLD.clone();
        System.arraycopy(NEW, 512, expected, 512, 512);
        assertArrayEquals(expected, sparing.read("a"));
    }

    @Test
    void aMisdirectedWriteLandsInAnotherSectorOfTheFile() {
        bench.disk.strike(new Fault.MisdirectedWrites(Bench.HERE));
        bench.write("a", 0, bytes(512, 2)).sync("a").run();
        byte[] expected = OLD.clone();
        System.arraycopy(NEW, 0, expected, 512, 512);
        assertArrayEquals(expected, bench.read("a"));
    }

    @Test
    void rotFlipsOneBitOfWhatIsStored() {
        bench.disk.strike(new Fault.SectorRot(Bench.HERE));
        byte[] read = bench.read("a");
        int flipped = 0;
        for (int i = 0; i < read.length; i++) {
            flipped += Integer.bitCount((read[i] ^ OLD[i]) & 0xFF);
        }
        assertEquals(1, flipped);
    }

    @Test
    void aTruncatedFileLosesItsLastSectorAndGrowsAgainWithoutIt() {
        bench.disk.strike(new Fault.Truncation(Bench.HERE));
        byte[] left = Arrays.copyOf(OLD, OLD.length - 512);
        assertArrayEquals(left, bench.read("a"));
        bench.write("a", OLD.length - 1, bytes(1, 7)).sync("a").run();
        byte[] grown = Arrays.copyOf(left, OLD.length);
        grown[OLD.length - 1] = 7;
        assertArrayEquals(grown, bench.read("a"));
        bench.disk.powerLoss();
        assertArrayEquals(grown, bench.read("a"));
    }

    @Test
    void anEmptyDiskHasNothingToTruncate() {
        Bench empty = new Bench(DiskCosts.DISK, new CalmChoices());
        empty.disk.strike(new Fault.Truncation(Bench.HERE));
        assertEquals(List.of(), empty.list());
    }

    @Test
    void anEmptyDiskDoesNotRot() {
        Bench empty = new Bench(DiskCosts.DISK, new CalmChoices());
        empty.disk.strike(new Fault.SectorRot(Bench.HERE));
        assertEquals(List.of(), empty.list());
    }

    @Test
    void aDiskThatIsReplacedIsEmpty() {
        bench.write("b", 0, NEW).sync("b").disk.permanentLoss();
        assertEquals(List.of(), bench.list());
        bench.disk.powerLoss();
        assertEquals(List.of(), bench.list());
    }

    /** Searches over what survives find these questions by their law. */
    @Test
    void whatIsAskedInTheInstantOfAFaultIsAskedAsWhatSurvivesIt() {
        Map<String, Law> asked = new TreeMap<>();
        for (long seed = 1; seed <= 200; seed++) {
            List<Choice> now = new ArrayList<>();
            SeededChoices seeded = new SeededChoices(seed);
            Bench bench =
                    new Bench(
                            DiskCosts.NVME_CONSUMER.withTornSectors(),
                            (choice, count) -> {
                                now.add(choice);
                                return seeded.answer(choice, count);
                            });
            bench.write("a", 0, Bench.bytes(8 * 4096, 1)).sync("a").run();
            bench.write("a", 0, Bench.bytes(8 * 4096, 2)).write("b", 0, Bench.bytes(4096, 1)).run();
            bench.rename("b", "c").write("d", 0, Bench.bytes(4096, 1)).sync("d").syncDirectory();
            bench.runUntil(bench.kernel.now() + seed * 1_000);
            now.clear();
            switch ((int) (seed % 3)) {
                case 0 -> bench.disk.processCrash();
                case 1 -> bench.disk.warmReset();
                default -> bench.disk.powerLoss();
            }
            now.forEach(choice -> asked.put(choice.name(), choice.law()));
        }
        assertEquals(8, asked.size(), asked.toString());
        asked.forEach((name, law) -> assertInstanceOf(Law.Survives.class, law, name));
    }
}
