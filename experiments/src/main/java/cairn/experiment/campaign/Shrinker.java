package cairn.experiment.campaign;

import cairn.fault.Answer;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.function.Predicate;

/**
 * Turns answers back to calm as long as a run still breaks. First all answers of one name at once,
 * then ever smaller pieces as in delta debugging (Zeller and Hildebrandt, 2002), until no single
 * answer can be left out or the runs are used up.
 */
public final class Shrinker {

    private final Predicate<List<Answer>> breaks;
    private final int most;
    private int runs;

    /**
     * A shrinker.
     *
     * @param breaks whether a run with these answers, and all others calm, still breaks
     * @param most how many runs at the most
     */
    public Shrinker(Predicate<List<Answer>> breaks, int most) {
        this.breaks = breaks;
        this.most = most;
    }

    /** The fewest answers that were found to break; what is given must break. */
    public List<Answer> shrink(List<Answer> answers) {
        List<Answer> left = withoutNames(answers);
        for (int piece = Math.max(1, left.size() / 2); ; piece = Math.max(1, piece / 2)) {
            int before = left.size();
            left = withoutPieces(left, piece);
            if (runs >= most || left.isEmpty() || (piece == 1 && left.size() == before)) {
                return left;
            }
        }
    }

    /** How many runs it took. */
    public int runs() {
        return runs;
    }

    private List<Answer> withoutNames(List<Answer> answers) {
        var names = new LinkedHashSet<String>();
        answers.forEach(answer -> names.add(answer.choice()));
        List<Answer> left = answers;
        for (String name : names) {
            List<Answer> fewer =
                    left.stream().filter(answer -> !answer.choice().equals(name)).toList();
            left = fewer.size() < left.size() && stillBreaks(fewer) ? fewer : left;
        }
        return left;
    }

    private List<Answer> withoutPieces(List<Answer> answers, int piece) {
        List<Answer> left = answers;
        // From the end: what came last is the least likely to be needed.
        for (int end = left.size(); end > 0; end = Math.min(left.size(), end - piece)) {
            int start = Math.max(0, end - piece);
            var fewer = new ArrayList<Answer>(left.subList(0, start));
            fewer.addAll(left.subList(end, left.size()));
            if (stillBreaks(fewer)) {
                left = fewer;
            }
        }
        return left;
    }

    private boolean stillBreaks(List<Answer> fewer) {
        if (runs >= most) {
            return false;
        }
        runs++;
        return breaks.test(List.copyOf(fewer));
    }
}
