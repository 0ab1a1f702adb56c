package cairn.experiment.determinism;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cairn.experiment.campaign.Lockstep;
import cairn.experiment.definition.Experiment;
import cairn.experiment.definition.Variant;
import cairn.fault.SeededChoices;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;

/**
 * The same answers give the same digest: twice in one JVM, and in JVMs whose hashes, garbage
 * collectors, heaps and compilers differ.
 */
final class DeterminismTest {

    private static final int SEEDS = 3;

    /** Each JVM also has a salt of its own for the order of {@code Set.of} and {@code Map.of}. */
    private static final List<List<String>> JVMS =
            List.of(
                    flags(0, "-XX:+UseSerialGC", "-Xmx256m"),
                    flags(2, "-XX:+UseParallelGC", "-Xmx1g"),
                    flags(3, "-XX:+UseZGC", "-XX:TieredStopAtLevel=1"),
                    flags(5, "-Xint", "-Xmx128m", "-XX:-UseCompressedOops"));

    @TempDir private Path folder = Path.of("");

    private static List<String> flags(int hashes, String... others) {
        var flags = new ArrayList<>(List.of("-XX:+UnlockExperimentalVMOptions"));
        flags.add("-XX:hashCode=" + hashes);
        flags.addAll(List.of(others));
        return flags;
    }

    @Test
    void aTrialHasTheSameDigestTwiceInOneJvmAndInOthersThatAreSetUpDifferently() throws Exception {
        var children = new ArrayList<Process>();
        for (List<String> flags : JVMS) {
            children.add(start(flags, children.size()));
        }
        List<String> here = Digests.upTo(SEEDS);
        assertEquals(here, Digests.upTo(SEEDS));
        for (int i = 0; i < children.size(); i++) {
            String said = " by java " + String.join(" ", JVMS.get(i)) + Files.readString(log(i));
            assertEquals(0, children.get(i).waitFor(), said);
            List<String> there = Files.readAllLines(digests(i));
            assertEquals(here.subList(0, there.size()), there, said);
            assertEquals(here.size() / (isSlow(i) ? SEEDS : 1), there.size(), said);
        }
    }

    private Process start(List<String> flags, int number) throws IOException {
        var words = new ArrayList<String>();
        words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        words.addAll(flags);
        words.addAll(List.of("-cp", System.getProperty("java.class.path")));
        words.add(Digests.class.getName());
        words.add(digests(number).toString());
        words.add(isSlow(number) ? "1" : String.valueOf(SEEDS));
        return new ProcessBuilder(words)
                .redirectErrorStream(true)
                .redirectOutput(log(number).toFile())
                .start();
    }

    private static boolean isSlow(int number) {
        return JVMS.get(number).contains("-Xint");
    }

    private Path digests(int number) {
        return folder.resolve(number + ".digests");
    }

    private Path log(int number) {
        return folder.resolve(number + ".log");
    }

    @Test
    void otherSeedsAndOtherExperimentsGiveOtherDigests() {
        List<String> lines = Digests.upTo(2);
        var digests = new LinkedHashSet<String>();
        lines.forEach(line -> digests.add(line.substring(line.lastIndexOf(' '))));
        assertEquals(lines.size(), digests.size(), lines.toString());
    }

    @Test
    void whatIsTriedMeetsItsFaults() {
        for (Experiment experiment : Tried.experiments()) {
            for (Variant variant : experiment.variants()) {
                var outcome = variant.subject().run(new SeededChoices(1), null);
                assertTrue(outcome.faults().size() > 1, experiment.name());
                assertTrue(outcome.counts().requests() > 100, experiment.name());
            }
        }
    }

    @Test
    void aTrialThatIsWatchedIsTheSameEventByEvent() {
        for (Experiment experiment : Tried.experiments()) {
            for (Variant variant : experiment.variants()) {
                var lockstep = new Lockstep(variant.subject(), () -> new SeededChoices(1));
                assertEquals(List.of(), lockstep.compare().difference(), experiment.name());
            }
        }
    }
}
