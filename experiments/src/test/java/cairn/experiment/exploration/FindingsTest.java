package cairn.experiment.exploration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

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
    void aFolderThatCannotBeMovedIsAnError() throws IOException {
        Path made = story(".new-1", "text");
        Path target = folder.resolve("nowhere").resolve("target");
        assertThrows(NoSuchFileException.class, () -> Findings.moved(made, target));
    }
}
