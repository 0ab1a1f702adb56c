package cairn.experiment.fuzz;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** A text in which somebody has made mistakes such as people make, and some that none would. */
final class Mutant {

    private static final Pattern WORD = Pattern.compile("[A-Za-z][A-Za-z -]*[A-Za-z]");
    private static final Pattern VALUE = Pattern.compile("(?<=[:\\[,] )[^\\[\\]{},#\\n]+");
    private static final Pattern NUMBER = Pattern.compile("[0-9][0-9_.]*");
    private static final List<String> VALUES =
            List.of(
                    "",
                    "0",
                    "-1",
                    "1",
                    "1e99",
                    "NaN",
                    "Infinity",
                    "9_999_999_999_999_999_999",
                    "5",
                    "5 us",
                    "4 KiB",
                    "50 %",
                    "150 %",
                    "5 parsecs",
                    "1..",
                    "..",
                    "1..5 step",
                    "1 us..1 KiB",
                    "1..1e9",
                    "5..1",
                    "1..9 times 1",
                    "1..9 log 1",
                    "on",
                    "off",
                    "null",
                    "~",
                    "primary",
                    "primary -> nobody",
                    "0th boot",
                    "3rd boot of nobody",
                    "[]",
                    "{}",
                    "[1, [2, 3]]",
                    "{a: {b: c}}",
                    "below 3",
                    "at most",
                    "all",
                    "DUR",
                    "cloud-vm",
                    "*alias",
                    "&anchor x",
                    "!!binary x",
                    "\"",
                    "'",
                    "|",
                    ">",
                    "\u0000",
                    "\t",
                    "ä",
                    "\uD83D\uDE00",
                    "- - -",
                    "? x",
                    "%",
                    "@",
                    "`");

    private final Random random;

    Mutant(Random random) {
        this.random = random;
    }

    /** The text after one to three mistakes. */
    String of(String text) {
        String mutant = text;
        int mistakes = 1 + random.nextInt(3);
        for (int i = 0; i < mistakes; i++) {
            mutant = mistaken(mutant);
        }
        return mutant;
    }

    private String mistaken(String text) {
        return switch (random.nextInt(9)) {
            case 0 -> replaced(text, VALUE, VALUES.get(random.nextInt(VALUES.size())));
            case 1 -> replaced(text, NUMBER, VALUES.get(random.nextInt(VALUES.size())));
            case 2 -> misspelt(text);
            case 3 -> lines(text);
            case 4 -> indented(text);
            case 5 -> letter(text);
            case 6 -> text.substring(0, random.nextInt(text.length() + 1));
            case 7 -> swapped(text);
            default -> moved(text);
        };
    }

    private String replaced(String text, Pattern what, String by) {
        List<MatchResult> found = what.matcher(text).results().toList();
        if (found.isEmpty()) {
            return text + by;
        }
        MatchResult one = found.get(random.nextInt(found.size()));
        return text.substring(0, one.start()) + by + text.substring(one.end());
    }

    private String misspelt(String text) {
        List<MatchResult> found = WORD.matcher(text).results().toList();
        if (found.isEmpty()) {
            return text;
        }
        MatchResult one = found.get(random.nextInt(found.size()));
        int at = random.nextInt(one.group().length());
        String wrong =
                random.nextBoolean()
                        ? one.group().substring(0, at) + one.group().substring(at + 1)
                        : one.group().substring(0, at)
                                + (char) ('a' + random.nextInt(26))
                                + one.group().substring(at);
        return text.substring(0, one.start()) + wrong + text.substring(one.end());
    }

    /** A line is left out or stands twice. */
    private String lines(String text) {
        var lines = new ArrayList<>(Arrays.asList(text.split("\n", -1)));
        int at = random.nextInt(lines.size());
        if (random.nextBoolean()) {
            lines.remove(at);
        } else {
            lines.add(at, lines.get(at));
        }
        return String.join("\n", lines);
    }

    private String indented(String text) {
        String[] lines = text.split("\n", -1);
        int at = random.nextInt(lines.length);
        lines[at] = random.nextBoolean() ? " " + lines[at] : lines[at].replaceFirst("^ ", "");
        return String.join("\n", lines);
    }

    private String letter(String text) {
        int at = random.nextInt(text.length() + 1);
        String scraps = "{}[]:,#-'\"&*!|>%@ \n\t0a";
        char scrap = scraps.charAt(random.nextInt(scraps.length()));
        int end = Math.min(text.length(), at + random.nextInt(3));
        return text.substring(0, at) + scrap + text.substring(end);
    }

    private String swapped(String text) {
        String[] lines = text.split("\n", -1);
        int one = random.nextInt(lines.length);
        int other = random.nextInt(lines.length);
        String line = lines[one];
        lines[one] = lines[other];
        lines[other] = line;
        return String.join("\n", lines);
    }

    /** What stands behind one key stands behind another. */
    private String moved(String text) {
        List<MatchResult> found = VALUE.matcher(text).results().toList();
        return found.isEmpty()
                ? text
                : replaced(text, VALUE, found.get(random.nextInt(found.size())).group());
    }
}
