package cairn.experiment.command;

import cairn.experiment.file.UserMistake;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The folder that a command writes to; made before it works, or else its work would be lost. */
final class ResultsFolder {

    private ResultsFolder() {}

    /**
     * Makes the folder if it is not there.
     *
     * @param shown the folder as the user names it
     */
    static void make(Path folder, Path shown) {
        for (Path part = folder; part != null; part = part.getParent()) {
            if (Files.exists(part) && !Files.isDirectory(part)) {
                throw new UserMistake(
                        "--out: " + shown + " is not a folder, nor can it be made one");
            }
        }
        boolean made;
        try {
            made = Files.isWritable(Files.createDirectories(folder));
        } catch (IOException e) {
            made = false;
        }
        if (!made) {
            throw new UserMistake("--out: cannot write to " + shown + "; name another folder");
        }
    }
}
