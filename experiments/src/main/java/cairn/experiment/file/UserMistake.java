package cairn.experiment.file;

/**
 * Something that the user can mend. Its message is one line that says where it is, what is wrong
 * and, where that can be known, what was meant; the command line prints it and exits with code 2.
 */
public final class UserMistake extends RuntimeException {

    private static final long serialVersionUID = 1;

    /** A mistake that is not in a file, such as a file that is not there. */
    public UserMistake(String message) {
        super(oneLine(message));
    }

    /** A mistake at a place of a file. */
    public UserMistake(Place place, String message) {
        this(place + ": " + message);
    }

    private static String oneLine(String message) {
        return message.strip().replaceAll("[\\p{Cntrl}\\u2028\\u2029]+", " ");
    }
}
