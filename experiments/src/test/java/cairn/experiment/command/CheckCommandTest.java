package cairn.experiment.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cairn.experiment.toy.Toy;
import cairn.experiment.toy.Toy.Ran;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/** A protocol that looks where it should not is caught by running it twice. */
final class CheckCommandTest {

    private static final Pattern DIFFER =
            Pattern.compile(".*two runs differ after ([0-9,]+) events that were the same");

    @TempDir private Path folder = Path.of("");

    @Test
    void aCounterThatRunsShareIsCaughtAtTheMessageThatCarriesIt() throws IOException {
        List<String> lines = check("counter");
        assertTrue(lines.get(1).contains("Word[number=1000"), lines.get(1));
        assertTrue(lines.get(2).contains("Word[number=1000"), lines.get(2));
    }

    @Test
    void anIdentityThatDecidesATimeIsCaughtAtTheFirstEventThatIsLate() throws IOException {
        List<String> lines = check("identity");
        assertNotEquals(time(lines.get(1)), time(lines.get(2)));
    }

    private static String time(String line) {
        return line.substring(line.indexOf(':') + 1, line.indexOf(" us ")).strip();
    }

    /** The three lines that name the difference; some events are the same before it. */
    private List<String> check(String leak) throws IOException {
        Files.writeString(
                folder.resolve("careless.yaml"),
                Toy.FORGETS.replace(
                        "protocol: forgetful",
                        "protocol: careless\nsettings: {leak: " + leak + "}"));
        Ran ran = Toy.cairn(folder, Toy.careless(), "check", "careless.yaml", "--seed", "2");
        assertEquals(1, ran.code(), ran.out() + ran.err());
        List<String> lines = ran.out().lines().toList();
        assertEquals(3, lines.size(), ran.out());
        var differ = DIFFER.matcher(lines.getFirst());
        assertTrue(differ.matches(), lines.getFirst());
        assertTrue(Integer.parseInt(differ.group(1).replace(",", "")) > 4, lines.getFirst());
        assertNotEquals(lines.get(1).replace("one:  ", "other:"), lines.get(2));
        return lines;
    }
}
