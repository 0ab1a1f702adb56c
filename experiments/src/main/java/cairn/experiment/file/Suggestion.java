package cairn.experiment.file;

import java.util.Collection;
import java.util.List;
import java.util.Locale;

/** What somebody may have meant who wrote a word that is not known. */
public final class Suggestion {

    private Suggestion() {}

    /**
     * The end of a message about an unknown word: {@code ; did you mean 'persist'?} if a known word
     * is near, otherwise all that are known.
     */
    public static String of(String word, Collection<String> known) {
        String nearest = "";
        int least = Integer.MAX_VALUE;
        for (String candidate : known) {
            int distance = distance(plain(word), plain(candidate));
            if (distance < least) {
                least = distance;
                nearest = candidate;
            }
        }
        if (least <= Math.max(1, (word.length() + 1) / 3)) {
            return "; did you mean '" + nearest + "'?";
        }
        List<String> longer =
                known.stream()
                        .filter(candidate -> plain(candidate).startsWith(plain(word) + " "))
                        .toList();
        if (longer.size() == 1) {
            return "; did you mean '" + longer.getFirst() + "'?";
        }
        return known.isEmpty() ? "" : "; known are: " + String.join(", ", known);
    }

    /**
     * Words that differ in case or in how their parts are joined are the same word, written
     * otherwise.
     */
    private static String plain(String word) {
        return word.toLowerCase(Locale.ROOT).replaceAll("[-_ ]+", " ").strip();
    }

    /** How many letters must be inserted, removed, replaced or exchanged with their neighbour. */
    static int distance(String from, String to) {
        int[][] steps = new int[from.length() + 1][to.length() + 1];
        for (int i = 0; i <= from.length(); i++) {
            for (int j = 0; j <= to.length(); j++) {
                steps[i][j] = i == 0 || j == 0 ? i + j : step(steps, from, to, i, j);
            }
        }
        return steps[from.length()][to.length()];
    }

    private static int step(int[][] steps, String from, String to, int i, int j) {
        boolean same = from.charAt(i - 1) == to.charAt(j - 1);
        int best = steps[i - 1][j - 1] + (same ? 0 : 1);
        best = Math.min(best, Math.min(steps[i - 1][j], steps[i][j - 1]) + 1);
        boolean swapped =
                i > 1
                        && j > 1
                        && from.charAt(i - 1) == to.charAt(j - 2)
                        && from.charAt(i - 2) == to.charAt(j - 1);
        return swapped ? Math.min(best, steps[i - 2][j - 2] + 1) : best;
    }
}
