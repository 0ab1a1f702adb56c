package cairn.experiment.file;

/**
 * A place in a file; lines and columns count from one. Line zero stands for something that is no
 * file, such as an option of the command line.
 *
 * @param file the name of the file as the user gave it
 */
public record Place(String file, int line, int column) {

    /** The place of what was not read from a file. */
    public static Place outside(String name) {
        return new Place(name, 0, 0);
    }

    @Override
    public String toString() {
        return line == 0 ? file : file + ":" + line + ":" + column;
    }
}
