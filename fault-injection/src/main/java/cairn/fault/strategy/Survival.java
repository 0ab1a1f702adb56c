package cairn.fault.strategy;

import java.util.List;

/**
 * The questions about what outlives a fault although nothing had made it safe, by the words in
 * their names; a test holds them against what devices ask.
 */
final class Survival {

    private static final List<String> WORDS =
            List.of("outlive", "outruns fault", "survive", "is done");

    private Survival() {}

    static boolean isAbout(String choice) {
        for (String word : WORDS) {
            if (choice.contains(word)) {
                return true;
            }
        }
        return false;
    }
}
