package cairn.experiment.definition;

import cairn.experiment.file.UserMistake;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Seeds as they are written: {@code 7}, {@code 1..20}, {@code 1..5, 9}. */
public final class SeedRange {

    static final int MOST = 1_000_000;
    private static final Pattern FORM =
            Pattern.compile("([0-9_]{1,18})(?:\\s*\\.\\.\\s*([0-9_]{1,18}))?");

    private SeedRange() {}

    /** The seeds of a text; {@code where} it stands begins the message of a mistake. */
    public static Seeds read(String where, String text) {
        var seeds = Seeds.none();
        for (String part : text.split(",", -1)) {
            Matcher range = FORM.matcher(part.strip());
            if (!range.matches()) {
                throw new UserMistake(
                        where + ": '" + text + "' are no seeds, such as '7', '1..20' or '1..5, 9'");
            }
            long first = number(range.group(1), where, text);
            long last = range.group(2) == null ? first : number(range.group(2), where, text);
            if (last < first || last - first >= MOST - seeds.size()) {
                throw new UserMistake(
                        where
                                + ": '"
                                + part.strip()
                                + "' is not a range of at most "
                                + MOST
                                + " seeds, the lower first");
            }
            try {
                seeds.append(first, last);
            } catch (IllegalArgumentException e) {
                throw new UserMistake(where + ": " + e.getMessage());
            }
        }
        return seeds;
    }

    private static long number(String digits, String where, String text) {
        try {
            return Long.parseLong(digits.replace("_", ""));
        } catch (NumberFormatException e) {
            throw new UserMistake(
                    where + ": '" + text + "' are no seeds, such as '7', '1..20' or '1..5, 9'");
        }
    }
}
