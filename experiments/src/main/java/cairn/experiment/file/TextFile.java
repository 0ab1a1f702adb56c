package cairn.experiment.file;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Files that a user names, and what can be wrong with them. */
public final class TextFile {

    private TextFile() {}

    /**
     * The text of a file; throws {@link UserMistake} if it cannot be read. {@code name} names it in
     * messages.
     */
    public static String read(Path file, String name) {
        try {
            return Files.readString(file);
        } catch (NoSuchFileException e) {
            throw new UserMistake(name + ": there is no such file");
        } catch (CharacterCodingException e) {
            throw new UserMistake(name + ": not a text file in UTF-8");
        } catch (IOException e) {
            throw new UserMistake(
                    name
                            + ": cannot be read"
                            + (Files.isDirectory(file) ? ": it is a folder" : ""));
        }
    }
}
