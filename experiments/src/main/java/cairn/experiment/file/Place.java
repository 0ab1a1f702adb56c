package cairn.experiment.file;

/**
 * A place in a file; lines and columns count from one.
 *
 * @param file the name of the file as the user gave it
 */
public record Place(String file, int line, int column) {
    @Override
    public String toString() {
        return file + ":" + line + ":" + column;
    }
}
