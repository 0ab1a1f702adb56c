package cairn.experiment.campaign;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import cairn.experiment.file.UserMistake;
import cairn.fault.Answer;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Optional;

class AnswersFileTest {

    @Test
    void whatIsWrittenIsReadBack() {
        var file =
                new AnswersFile(
                        "native-flush, ddio on",
                        "DUR",
                        List.of(new Answer("loss n1>n2", 17, 1), new Answer("x", 0, -3)),
                        new Origin("1.2.3", "0123456789abcdef"));
        assertEquals(file, AnswersFile.parse("a", file.text("two of nine").lines().toList()));
    }

    @Test
    void aFileOfBeforeItsOriginWasWrittenDownIsRead() {
        AnswersFile old = AnswersFile.parse("a", List.of("# variant: v", "# property: DUR"));
        assertEquals(new AnswersFile("v", "DUR", List.of(), Origin.UNKNOWN), old);
        assertEquals(Optional.empty(), old.origin().difference(new Origin("2", "b")));
        UserMistake mistake =
                assertThrows(
                        UserMistake.class,
                        () -> AnswersFile.parse("a", List.of("# format: cairn-answers/2")));
        assertEquals(
                "a:1:1: 'cairn-answers/2' is read by another version; this reads cairn-answers/1",
                mistake.getMessage());
    }

    @Test
    void aLineThatIsNoAnswerIsNamed() {
        UserMistake mistake =
                assertThrows(
                        UserMistake.class,
                        () -> AnswersFile.parse("a", List.of("# variant: v", "", "loss #x = 1")));
        assertEquals(
                "a:3:1: not an answer (want 'name #count = value'): loss #x = 1",
                mistake.getMessage());
    }
}
