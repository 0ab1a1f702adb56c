package cairn.experiment.exploration;

import cairn.experiment.definition.Experiment;
import cairn.experiment.file.Line;
import cairn.fault.Answer;
import cairn.verification.Story;

import java.util.stream.Collectors;

/**
 * A story as the source of a test: it fails as long as the property is violated, and guards the
 * mending afterwards.
 */
final class JUnitTest {

    private JUnitTest() {}

    /** The name of the class, such as {@code Dur3f9a27c1b044Test}. */
    static String className(Story story) {
        String name = story.form().name().replaceAll("[^A-Za-z0-9]", "");
        return Character.toUpperCase(name.charAt(0)) + name.substring(1) + "Test";
    }

    static String source(Experiment experiment, String variant, Story story) {
        return Line.of(
                """
                import cairn.experiment.exploration.ReplayedExperiment;

                import org.junit.jupiter.api.Test;

                /** %s */
                final class %s {

                    private static final String EXPERIMENT =
                            \"""
                %s            \""";

                    private static final String ANSWERS =
                            \"""
                %s            \""";

                    @Test
                    void %sHolds() {
                        ReplayedExperiment.of(EXPERIMENT, %s).requireThat("%s", ANSWERS);
                    }
                }
                """,
                comment(story.explanation()),
                className(story),
                block(experiment.configuration().text()),
                block(
                        story.answers().stream()
                                .map(Answer::toString)
                                .collect(Collectors.joining("\n"))),
                story.property().toLowerCase(java.util.Locale.ROOT),
                literal(variant),
                story.property());
    }

    private static String comment(String text) {
        return text.replace("*/", "* /").replace("\\", "\\\\");
    }

    /** Lines inside a text block, at its margin. */
    private static String block(String text) {
        return text.lines()
                .map(line -> line.replace("\\", "\\\\").replace("\"\"\"", "\\\"\"\""))
                .map(line -> "            " + line + "\n")
                .collect(Collectors.joining());
    }

    private static String literal(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
