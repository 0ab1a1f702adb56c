package cairn.fault;

import cairn.model.choice.Mix;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * Makes the answers of a run that breaks a property fewer and calmer, as long as it still breaks
 * the same property: delta debugging (Zeller and Hildebrandt, 2002) over everything that was not
 * determined - faults, order of delivery, latencies, workload.
 *
 * <p>First all answers of one choice are made calm together, for some or single choices; then
 * halves, quarters and at last single answers; then the values of those that remain are moved
 * towards calm. If the budget of runs suffices, making any one of the remaining answers calm mends
 * the run.
 */
public final class Shrinker {

    private final Predicate<List<Answer>> breaks;
    private final Map<String, Long> calm;
    private final long mostRuns;
    private final Progress progress;
    private final Set<Long> mended = new TreeSet<>();
    private long runs;
    private boolean exhausted;

    /** Learns how far shrinking has come. */
    @FunctionalInterface
    public interface Progress {
        void shrunk(long runs, int answers);
    }

    /**
     * A shrinker.
     *
     * @param breaks runs once with these answers, calm ones elsewhere, and says whether the same
     *     property is violated
     * @param calm the calm value of each choice, as {@link RecordingChoices#calm()} knows them; the
     *     values of a choice that is absent stay as they are
     * @param mostRuns how many runs at the most
     * @param progress told after each run
     */
    public Shrinker(
            Predicate<List<Answer>> breaks,
            Map<String, Long> calm,
            long mostRuns,
            Progress progress) {
        if (mostRuns < 1) {
            throw new IllegalArgumentException("shrinking takes at least one run: " + mostRuns);
        }
        this.breaks = breaks;
        this.calm = calm;
        this.mostRuns = mostRuns;
        this.progress = progress;
    }

    /**
     * The fewest answers that were found to break the property, in their old order.
     *
     * @throws IllegalArgumentException if the answers do not break it to begin with
     */
    public List<Answer> shrink(List<Answer> answers) {
        runs = 1;
        exhausted = false;
        mended.clear();
        if (!breaks.test(List.copyOf(answers))) {
            throw new IllegalArgumentException(
                    "these " + answers.size() + " answers do not break the property");
        }
        if (stillBreaks(List.of(), answers.size())) {
            return List.of();
        }
        List<Answer> left = joined(fewer(byChoice(answers)));
        List<Answer> before;
        do {
            before = left;
            left = calmer(joined(fewer(singly(left))));
        } while (!left.equals(before) && !exhausted);
        return left;
    }

    /** How many runs it took. */
    public long runs() {
        return runs;
    }

    /** Whether the budget ended before nothing could be made calm any more. */
    public boolean isExhausted() {
        return exhausted;
    }

    private boolean stillBreaks(List<Answer> candidate, int otherwise) {
        long digest = candidate.size();
        for (Answer answer : candidate) {
            digest = Mix.fold(digest, Mix.text(answer.choice()));
            digest = Mix.fold(Mix.fold(digest, answer.count()), answer.value());
        }
        if (mended.contains(digest)) {
            return false;
        }
        if (runs >= mostRuns) {
            exhausted = true;
            return false;
        }
        runs++;
        boolean broken = breaks.test(List.copyOf(candidate));
        if (!broken) {
            mended.add(digest);
        }
        progress.shrunk(runs, broken ? candidate.size() : otherwise);
        return broken;
    }

    /** All answers of one choice together. */
    private static List<List<Indexed>> byChoice(List<Answer> answers) {
        SequencedMap<String, List<Indexed>> groups = new LinkedHashMap<>();
        for (int i = 0; i < answers.size(); i++) {
            Answer answer = answers.get(i);
            groups.computeIfAbsent(answer.choice(), _ -> new ArrayList<>())
                    .add(new Indexed(i, answer));
        }
        return new ArrayList<>(groups.values());
    }

    private static List<List<Indexed>> singly(List<Answer> answers) {
        List<List<Indexed>> units = new ArrayList<>();
        for (int i = 0; i < answers.size(); i++) {
            units.add(List.of(new Indexed(i, answers.get(i))));
        }
        return units;
    }

    /** An answer and where it stood. */
    private record Indexed(int index, Answer answer) {}

    private static List<Answer> joined(List<List<Indexed>> units) {
        return units.stream()
                .flatMap(List::stream)
                .sorted((one, other) -> Integer.compare(one.index, other.index))
                .map(Indexed::answer)
                .toList();
    }

    /**
     * Leaves out halves, quarters and so on down to single units, until no single one can be left
     * out. What comes last goes first: nothing that follows the violation matters.
     */
    private List<List<Indexed>> fewer(List<List<Indexed>> units) {
        List<List<Indexed>> left = units;
        int chunk = Math.max(1, left.size() / 2);
        while (!left.isEmpty() && !exhausted) {
            boolean any = false;
            for (int end = left.size(); end > 0; end -= chunk) {
                int start = Math.max(0, end - chunk);
                List<List<Indexed>> candidate = new ArrayList<>(left.subList(0, start));
                candidate.addAll(left.subList(end, left.size()));
                if (stillBreaks(joined(candidate), left.size())) {
                    left = candidate;
                    any = true;
                }
            }
            if (chunk == 1 && !any) {
                return left;
            }
            chunk = Math.max(1, chunk / 2);
        }
        return left;
    }

    /** Halves the distance of each value to calm as often as the property stays broken. */
    private List<Answer> calmer(List<Answer> answers) {
        List<Answer> left = new ArrayList<>(answers);
        for (int i = 0; i < left.size(); i++) {
            Answer answer = left.get(i);
            Long calmly = calm.get(answer.choice());
            // Halfway to never is no calmer failure.
            if (calmly == null || calmly == Long.MAX_VALUE) {
                continue;
            }
            long value = answer.value();
            long next = towards(calmly, value);
            while (next != value && next != calmly) {
                left.set(i, new Answer(answer.choice(), answer.count(), next));
                if (!stillBreaks(left, left.size())) {
                    break;
                }
                value = next;
                next = towards(calmly, value);
            }
            left.set(i, new Answer(answer.choice(), answer.count(), value));
        }
        return List.copyOf(left);
    }

    /** Halfway between two values, rounded towards the calm one; it never overflows. */
    private static long towards(long calmly, long value) {
        long low = Math.min(calmly, value);
        long half = (value & calmly) + ((value ^ calmly) >> 1);
        return calmly == low || ((value ^ calmly) & 1) == 0 ? half : half + 1;
    }
}
