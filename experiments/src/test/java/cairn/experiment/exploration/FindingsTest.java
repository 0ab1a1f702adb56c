package cairn.experiment.exploration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cairn.experiment.campaign.AnswersFile;
import cairn.experiment.campaign.Origin;
import cairn.fault.Answer;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

final class FindingsTest {

    @TempDir private Path folder;

    private Path story(String name, String text) throws IOException {
        Path made = Files.createDirectory(folder.resolve(name));
        Files.writeString(made.resolve("story.txt"), text);
        return made;
    }

    @Test
    void whoeverTellsAStoryFirstIsKept() throws IOException {
        Path target = folder.resolve("target");
        assertTrue(Findings.moved(story(".new-1", "first"), target));
        Path second = story(".new-2", "second");
        assertFalse(Findings.moved(second, target));
        assertEquals("first", Files.readString(target.resolve("story.txt")));
        assertTrue(Files.notExists(second), "what was told twice is cleared away");
    }

    @Test
    void otherAnswersHaveAnotherFile() throws IOException {
        var findings = new Findings(folder.resolve("findings"));
        var one =
                new AnswersFile("a", "DUR", List.of(Answer.parse("crash a#1 = 7")), Origin.UNKNOWN);
        var other =
                new AnswersFile("a", "DUR", List.of(Answer.parse("crash a#1 = 8")), Origin.UNKNOWN);
        Path kept = findings.keep("search", one);
        assertNotEquals(kept, findings.keep("search", other));
        assertEquals(kept, findings.keep("search", one));
        assertEquals(2, findings.untold().size());
    }

    @Test
    void aFolderThatCannotBeMovedIsAnError() throws IOException {
        Path made = story(".new-1", "text");
        Path target = folder.resolve("nowhere").resolve("target");
        assertThrows(NoSuchFileException.class, () -> Findings.moved(made, target));
    }
}
