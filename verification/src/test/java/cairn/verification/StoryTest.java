package cairn.verification;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cairn.fault.SeededChoices;
import cairn.fault.strategy.CrashPoints;
import cairn.fault.strategy.Sampling;
import cairn.fault.strategy.Shard;

import org.junit.jupiter.api.Test;
import org.xml.sax.InputSource;

import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.TreeSet;

import javax.xml.parsers.DocumentBuilderFactory;

/** From a violation to its story. */
final class StoryTest {

    private static Story story(long firstSeed) {
        Runs runs = Unsafe.unsafe();
        Search search =
                new Search(runs, new Sampling("seeds", SeededChoices::new, firstSeed, Shard.WHOLE));
        Examined found = search.find(500).orElseThrow();
        return new Storyteller(runs, 2_000, () -> false).tell(found, "DUR");
    }

    @Test
    void aViolationIsToldByOneFault() {
        Story story = story(1);
        assertEquals("DUR", story.property());
        assertTrue(story.answers().size() <= 2, () -> story.answers().toString());
        assertTrue(
                story.answers().getFirst().choice().startsWith("power loss pmu-1"),
                () -> story.answers().toString());
        String timeline = String.join("\n", story.timeline());
        assertTrue(timeline.contains("FAULT      PowerLoss"), timeline);
        assertTrue(story.timeline().size() < 150, () -> story.timeline().size() + " lines");
        // Whoever reads it sees the same in a second run of the same answers.
        assertTrue(Unsafe.unsafe().replay(story.answers(), null).breaks("DUR"));
    }

    @Test
    void theDrawingIsSoundXmlWithALaneForEachPlaceOfBytes() throws Exception {
        Story story = story(1);
        String svg = story.drawing();
        DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(svg)));
        for (String label : new String[] {">pmu-1<", ">pmem<", ">memory<", ">primary<"}) {
            assertTrue(svg.contains(label), label);
        }
        Path folder = Files.createDirectories(Path.of("target", "stories"));
        Files.writeString(folder.resolve("unsafe.svg"), svg);
        Files.write(folder.resolve("unsafe.txt"), story.timeline());
    }

    @Test
    void twoViolationsWithOneStoryAreOne() {
        TreeSet<String> forms = new TreeSet<>();
        TreeSet<Integer> recorded = new TreeSet<>();
        for (long seed : new long[] {1_001, 2_001, 3_001}) {
            Story story = story(seed);
            forms.add(story.form().name());
            recorded.add(story.recorded());
        }
        assertTrue(recorded.size() > 1, () -> "" + recorded);
        assertEquals(1, forms.size(), () -> "" + forms);
    }

    @Test
    void crashPointsFindItAndAccuseNobodyElse() {
        Search unsafe = new Search(Unsafe.unsafe(), new CrashPoints(1, 1, Shard.WHOLE));
        Optional<Examined> found = unsafe.find(2_000);
        assertTrue(found.isPresent() && found.get().breaks("DUR"), () -> found + "");
        Search sound = new Search(Unsafe.sound(), new CrashPoints(1, 1, Shard.WHOLE));
        assertEquals(Optional.empty(), sound.find(300).flatMap(Examined::breach));
        assertTrue(sound.coverage().size() > 30, () -> sound.coverage().size() + " features");
    }
}
