package cairn.experiment.command;

import java.io.PrintWriter;
import java.nio.file.Path;

/**
 * Where a command speaks.
 *
 * @param out what was asked for
 * @param err progress and mistakes
 * @param folder what relative paths start from
 * @param interactive whether a person watches {@code err}, so that a line may be drawn over
 */
public record Terminal(PrintWriter out, PrintWriter err, Path folder, boolean interactive) {

    /** A path that the user gave, from the folder. */
    Path resolve(Path given) {
        return folder.resolve(given);
    }
}
