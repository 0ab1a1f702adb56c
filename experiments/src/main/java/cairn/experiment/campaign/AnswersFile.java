package cairn.experiment.campaign;

import cairn.experiment.file.Fields;
import cairn.experiment.file.Place;
import cairn.experiment.file.UserMistake;
import cairn.fault.Answer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Answers on paper: one to a line, and what they are about in comments at the top.
 *
 * @param variant the label of the variant that was run; empty if the file does not say
 * @param property the property that is violated; empty if the file does not say
 * @param origin where they were recorded; unknown if the file does not say, as older ones do not
 */
public record AnswersFile(String variant, String property, List<Answer> answers, Origin origin) {

    private static final String FORMAT = "# format: ";
    private static final String THIS_FORMAT = "cairn-answers/1";
    private static final String VERSION = "# cairn: ";
    private static final String EXPERIMENT = "# experiment: ";
    private static final String VARIANT = "# variant: ";
    private static final String PROPERTY = "# property: ";

    public AnswersFile {
        answers = List.copyOf(answers);
    }

    /**
     * Reads a file; throws {@link UserMistake} if it is not there or holds something else. {@code
     * name} names it in messages.
     */
    public static AnswersFile read(Path file, String name) {
        try {
            return parse(name, Files.readAllLines(file));
        } catch (IOException e) {
            throw new UserMistake(
                    name
                            + ": cannot be read: "
                            + (Files.exists(file) ? "not a text file" : "there is no such file"));
        }
    }

    static AnswersFile parse(String file, List<String> lines) {
        String variant = "";
        String property = "";
        String version = "";
        String experiment = "";
        var answers = new ArrayList<Answer>();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            if (line.startsWith(VARIANT)) {
                variant = line.substring(VARIANT.length()).strip();
            } else if (line.startsWith(PROPERTY)) {
                property = line.substring(PROPERTY.length()).strip();
            } else if (line.startsWith(VERSION)) {
                version = line.substring(VERSION.length()).strip();
            } else if (line.startsWith(EXPERIMENT)) {
                experiment = line.substring(EXPERIMENT.length()).strip();
            } else if (line.startsWith(FORMAT)) {
                String format = line.substring(FORMAT.length()).strip();
                if (!format.equals(THIS_FORMAT)) {
                    throw new UserMistake(
                            new Place(file, i + 1, 1),
                            "'"
                                    + format
                                    + "' is read by another version; this reads "
                                    + THIS_FORMAT);
                }
            } else if (!line.isBlank() && !line.startsWith("#")) {
                answers.add(Fields.at(new Place(file, i + 1, 1), "", () -> Answer.parse(line)));
            }
        }
        return new AnswersFile(variant, property, answers, new Origin(version, experiment));
    }

    /** The text of the file; {@code remark} is its first line. */
    public String text(String remark) {
        var text = new StringBuilder();
        text.append("# ").append(remark).append('\n');
        text.append(FORMAT).append(THIS_FORMAT).append('\n');
        if (!origin.equals(Origin.UNKNOWN)) {
            text.append(VERSION).append(origin.version()).append('\n');
            text.append(EXPERIMENT).append(origin.experiment()).append('\n');
        }
        text.append(VARIANT).append(variant).append('\n');
        text.append(PROPERTY).append(property).append('\n');
        answers.forEach(answer -> text.append(answer).append('\n'));
        return text.toString();
    }
}
