package cairn.experiment.interval;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cairn.experiment.catalogue.Catalogue;
import cairn.experiment.catalogue.ProtocolForm;
import cairn.experiment.catalogue.Shipped;
import cairn.experiment.definition.ScenarioReader;
import cairn.experiment.interval.Advisor.Advice;
import cairn.experiment.interval.Advisor.Need;
import cairn.experiment.toy.Toy;
import cairn.experiment.toy.Toy.Ran;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.file.Path;

class AdvisorTest {

    private static final long HOUR = 3_600_000_000_000L;

    /** 1 GB/s. */
    private static final StorageLevel DISK = new StorageLevel("disk", 1, 0, Medium.OWN_DISK);

    @TempDir private Path folder = Path.of("");

    @Test
    void whereTheFormulasHoldTheSimulationAgreesWithThem() {
        // 180 s for a checkpoint and as long for a restart, an hour between failures.
        Advice advice = new Advisor(new Need(180e9, 0, HOUR, 1, 0)).advise(DISK, false);
        double exact = CheckpointInterval.exact(180e9, (double) HOUR);
        assertEquals(exact, advice.daly(), 0.001 * exact);
        // The curve is flat: the interval is found to a step of the search, its worth much better.
        assertEquals(1, advice.simulated() / exact, 0.45);
        double worth = CheckpointInterval.efficiency(exact, 180e9, 180e9, (double) HOUR);
        assertEquals(worth, advice.efficiency(), 0.02);
    }

    /** The example of the command's help: Young's interval was better than the one called best. */
    @Test
    void noFormulaIsBetterThanWhatIsCalledBest() {
        var memory = new StorageLevel("memory", 11.3, 3_000, Medium.REMOTE_MEMORY);
        var need = new Need(0x1p36, 0, 6 * HOUR, 1, 30_000_000_000L);
        Advice advice = new Advisor(need).advise(memory, false);
        assertTrue(advice.efficiency() >= advice.efficiencyOfYoung(), advice.toString());
        assertTrue(advice.efficiency() >= advice.efficiencyOfDaly(), advice.toString());
    }

    /** A restart of 200 h among failures every 6 h: it was simulated for hours. */
    @Test
    void whatNeverGetsDoneIsSaidAtOnce() {
        Ran ran =
                Toy.cairn(
                        folder,
                        "advise",
                        "--state",
                        "100 TB",
                        "--dirty",
                        "1 GB/s",
                        "--mtbf",
                        "6 h",
                        "--level",
                        "disk=140 MB/s");
        assertEquals(
                "At no level is even 0.1 % of the time work: failures come before a restart and a"
                        + " checkpoint are over.",
                ran.out().lines().reduce("", (_, line) -> line), ran.out());
    }

    @Test
    void checkpointsOfWhatChangedAreWorthAtLeastAsMuch() {
        var advisor = new Advisor(new Need(180e9, 0.01, HOUR, 1, 0));
        Advice full = advisor.advise(DISK, false);
        Advice incremental = advisor.advise(DISK, true);
        assertTrue(incremental.efficiency() > full.efficiency() + 0.1, incremental.toString());
        assertTrue(incremental.simulated() < full.simulated(), incremental.toString());
    }

    /** Beside its bytes each costs 10 us, so that by Young's reasoning 0.27 s is best. */
    @Test
    void theBestIntervalOfWhatChangedMayBeFarBelowThatOfTheFormulas() {
        var level = new StorageLevel("disk", 1, 10_000, Medium.OWN_DISK);
        Advice advice = new Advisor(new Need(180e9, 0.01, HOUR, 1, 0)).advise(level, true);
        assertEquals(0, Math.log(advice.simulated() / Math.sqrt(2 * 10_000.0 * HOUR)), Math.log(2));
        assertTrue(advice.daly() > 100 * advice.simulated(), advice.toString());
    }

    @Test
    void theAdviceIsTheFirstLevelThatKeepsTheTarget() {
        Ran ran =
                Toy.cairn(
                        folder,
                        "advise",
                        "--state",
                        "10 GB",
                        "--mtbf",
                        "6 h",
                        "--target",
                        "10 %",
                        "--level",
                        "slow=10 MB/s",
                        "--level",
                        "good=1 GB/s,1 s",
                        "--level",
                        "best=10 GB/s");
        assertEquals(0, ran.code(), ran.err());
        assertTrue(ran.out().contains("Advice: full checkpoints to good, one after"), ran.out());
        assertEquals(5, ran.out().lines().filter(line -> !line.isBlank()).count(), ran.out());
    }

    @Test
    void theAdviceNamesProtocolsOfTheCatalogueAndWhatTheyPromise() {
        Catalogue catalogue = Shipped.catalogue();
        var reader = new ScenarioReader(catalogue);
        for (Medium medium : Medium.values()) {
            for (boolean incremental : new boolean[] {false, true}) {
                Suited suited = Suited.to(medium, incremental);
                assertInstanceOf(
                        ProtocolForm.OfService.class, catalogue.protocol(suited.service()).maker());
                assertInstanceOf(
                        ProtocolForm.OfComputation.class,
                        catalogue.protocol(suited.computation()).maker());
            }
        }
        Ran ran =
                Toy.cairn(
                        folder,
                        catalogue,
                        "advise",
                        "--state",
                        "10 GB",
                        "--mtbf",
                        "6 h",
                        "--target",
                        "10 %",
                        "--level",
                        "good=1 GB/s,1 s,own-disk");
        assertTrue(
                ran.out()
                        .contains(
                                "A service: local-disk. "
                                        + reader.usual("local-disk").promise().text()),
                ran.out());
        assertTrue(
                ran.out()
                        .contains(
                                "A computation: coordinated. "
                                        + reader.usual("coordinated").promise().text()),
                ran.out());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "--state 5 | --state: a size needs a unit: '5' could be '5 B' or '5 KiB'",
                "--mtbf 0h | --mtbf: '0h' is not above zero",
                "--shape 0 | --shape: a shape lies in [0.1, 100]: '0'",
                "--target 200% | --target: '200%' would be all of the time; a share such as '5 %'",
                "--target 5us | --target: '5us' is not a share: its unit is one of %",
                "--level disk | --level: 'disk' is no level, such as 'pfs=50 GB/s,1 s'",
                "--level a=1GB/s,1s,2s | --level: unknown medium '2s'; it is one of own-disk,"
                        + " remote-memory, shared",
                "--level a=1GB/s,1s,shared,x | --level: 'a=1GB/s,1s,shared,x' has a bandwidth,"
                        + " perhaps a latency, and perhaps a medium, no more",
                "--restart -1s | --restart: '-1s' is out of range"
            })
    void mistakesAreAnsweredWithOneLine(String option, String message) {
        String[] words = option.split(" ", 2);
        Ran ran =
                words[0].equals("--state")
                        ? Toy.cairn(folder, "advise", "--mtbf", "1h", words[0], words[1])
                        : words[0].equals("--mtbf")
                                ? Toy.cairn(folder, "advise", "--state", "1GB", words[0], words[1])
                                : Toy.cairn(
                                        folder, "advise", "--state", "1GB", "--mtbf", "1h",
                                        words[0], words[1]);
        assertEquals(message, ran.err().strip());
        assertEquals(2, ran.code());
    }
}
