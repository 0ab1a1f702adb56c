package cairn.experiment.definition;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cairn.experiment.file.UserMistake;
import cairn.experiment.toy.Toy;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

import java.util.List;

/** Whatever somebody writes, an experiment comes out or one line that says what is wrong. */
class FuzzProperties {

    private static final List<String> SCRAPS =
            List.of(
                    "",
                    " ",
                    "\n",
                    "\n  ",
                    ":",
                    ": ",
                    "- ",
                    "{",
                    "}",
                    "[",
                    "]",
                    ",",
                    "#",
                    "'",
                    "\"",
                    "&a ",
                    "*a",
                    "!!map ",
                    "|",
                    ">",
                    "%",
                    "@",
                    "\t",
                    "\u0000",
                    "ä",
                    "\uD83D\uDE00",
                    "---\n",
                    "...\n",
                    "? ",
                    "0",
                    "-1",
                    "1e99",
                    "NaN",
                    "9_999_999_999_999_999_999",
                    "5 us",
                    "4 KiB",
                    "on",
                    "null",
                    "~",
                    "1..9",
                    "name: x\n",
                    "at: 1 ms",
                    "every: 1 us on average",
                    "crash: server",
                    "link cut: server -> server",
                    "shape: 1e-9");

    @Property(tries = 2_000)
    void aDamagedFileIsReadOrAnsweredWithOneLine(
            @ForAll @Size(min = 1, max = 4)
                    List<@IntRange(min = 0, max = 1 << 20) Integer> damages) {
        String text =
                Toy.FORGETS + "sweep: {settings.loud: [on, off]}\nexpect:\n  - violated: GROWS\n";
        for (int damage : damages) {
            text = damaged(text, damage);
        }
        readOrAnswered(text);
    }

    @Property
    void anyTextIsReadOrAnsweredWithOneLine(@ForAll String text) {
        readOrAnswered(text);
    }

    private static void readOrAnswered(String text) {
        try {
            assertFalse(Toy.experiment(text).variants().isEmpty());
        } catch (UserMistake mistake) {
            String line = String.valueOf(mistake.getMessage());
            assertTrue(line.matches("toy\\.yaml:[0-9]+:[0-9]+: .+"), line + "\nfor\n" + text);
        }
    }

    /** Removes a few letters at a place, and puts something there. */
    private static String damaged(String text, int damage) {
        int place = damage % (text.length() + 1);
        int end = Math.min(text.length(), place + damage / 7 % 6);
        return text.substring(0, place)
                + SCRAPS.get(damage / 31 % SCRAPS.size())
                + text.substring(end);
    }
}
