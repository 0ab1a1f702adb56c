package cairn.experiment.campaign;

import cairn.experiment.file.UserMistake;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One of several equal parts of a campaign, for machines that share nothing but a folder. Seeds are
 * dealt out in turn, all variants of a seed to the same part.
 *
 * @param number from one
 */
public record Shard(int number, int of) {

    /** All of it. */
    public static final Shard WHOLE = new Shard(1, 1);

    private static final Pattern FORM = Pattern.compile("([0-9]{1,6})/([0-9]{1,6})");

    /** Reads {@code 3/8}; throws {@link UserMistake} if it is something else. */
    public static Shard read(String option, String text) {
        Matcher parts = FORM.matcher(text.strip());
        if (parts.matches()) {
            var shard =
                    new Shard(Integer.parseInt(parts.group(1)), Integer.parseInt(parts.group(2)));
            if (shard.number >= 1 && shard.number <= shard.of) {
                return shard;
            }
        }
        throw new UserMistake(
                option + ": '" + text + "' is no part of a whole, such as '1/8' or '8/8'");
    }

    boolean takes(int place) {
        return place % of == number - 1;
    }

    public boolean isWhole() {
        return of == 1;
    }

    /** The name of the journal of this part. */
    public String journal() {
        return isWhole() ? Journal.FILE : "trials." + number + "-of-" + of + ".jsonl";
    }
}
