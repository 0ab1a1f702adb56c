package cairn.experiment.definition;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cairn.experiment.catalogue.Shipped;

import org.junit.jupiter.api.Test;

import java.nio.file.Path;
import java.util.List;

class LibraryTest {

    private static final Path ROOT = Path.of("..");

    @Test
    void everyShippedExperimentIsReadAndKnowsWhatItExpects() {
        List<Library.Entry> entries = Library.experiments(ROOT);
        assertTrue(entries.size() >= 4, entries.toString());
        var reader = new ExperimentReader(new ScenarioReader(Shipped.catalogue()));
        for (Library.Entry entry : entries) {
            Experiment experiment = reader.read(ROOT.resolve(entry.file()), entry.file());
            assertEquals(entry.question(), experiment.question());
            assertFalse(experiment.expectations().isEmpty(), entry.file());
            assertTrue(entry.file().endsWith("/" + experiment.name() + ".yaml"), entry.file());
        }
    }
}
