package cairn.verification;

import cairn.fault.Answer;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * Looks for a run that breaks the same property with one or two of the faults of another run, each
 * perhaps at another time, and nothing else.
 *
 * <p>A fault strikes at a time, but breaks something since it strikes between two effects. When
 * latencies and workload become calm the effects move, and the fault misses them: leaving out
 * answers one after the other gets stuck. Here all the rest is calm at once, and one fault is tried
 * at the moments of the calm run, those nearest to its old time first. A calm run may be over
 * before that time: so the faults are also moved all together, to moments from its whole length.
 */
final class Retiming {

    private static final int TRIES_OF_ONE = 150;
    private static final int TRIES_OF_A_PAIR = 60;
    private static final int TRIES_TOGETHER = 40;
    private static final int MOST_FAULTS = 6;

    private final Runs runs;
    private final Map<String, Long> calm;
    private final Predicate<List<Answer>> breaks;

    Retiming(Runs runs, Map<String, Long> calm, Predicate<List<Answer>> breaks) {
        this.runs = runs;
        this.calm = calm;
        this.breaks = breaks;
    }

    /** Few faults that break it alone, if there are such. */
    Optional<List<Answer>> of(List<Answer> recorded) {
        Chronicle chronicle = new Chronicle(runs.roles());
        runs.replay(recorded, chronicle);
        Schedule schedule = Schedule.of(recorded, calm, chronicle);
        List<Answer> survivals = recorded.stream().filter(Retiming::survives).toList();
        // The last faults are the nearest to what they broke.
        int most = schedule.strikes().size();
        List<Integer> last =
                IntStream.iterate(most - 1, i -> i >= 0 && i >= most - MOST_FAULTS, i -> i - 1)
                        .boxed()
                        .toList();
        for (int one : last) {
            List<Answer> found = retimed(schedule.only(List.of(one)), survivals, TRIES_OF_ONE);
            if (found != null) {
                return Optional.of(found);
            }
        }
        for (int second : last) {
            for (int first : last) {
                if (first < second) {
                    List<Answer> found =
                            retimed(
                                    schedule.only(List.of(first, second)),
                                    survivals,
                                    TRIES_OF_A_PAIR);
                    if (found != null) {
                        return Optional.of(found);
                    }
                }
            }
        }
        return Optional.empty();
    }

    private static boolean survives(Answer answer) {
        return answer.choice().contains("outlive") || answer.choice().contains("survive");
    }

    private @Nullable List<Answer> retimed(Schedule faults, List<Answer> survivals, int tries) {
        for (int which = faults.strikes().size() - 1; which >= 0; which--) {
            int moving = which;
            List<Integer> others =
                    IntStream.range(0, faults.strikes().size())
                            .filter(i -> i != moving)
                            .boxed()
                            .toList();
            Chronicle chronicle = new Chronicle(runs.roles());
            runs.replay(faults.only(others).answers(), chronicle);
            for (long at : nearest(chronicle, faults.strikes().get(which).at(), tries)) {
                List<Answer> found = breaking(faults.moved(which, at), survivals);
                if (found != null) {
                    return found;
                }
            }
        }
        return together(faults, survivals);
    }

    /** The faults at other times, as far apart as they were. */
    private @Nullable List<Answer> together(Schedule faults, List<Answer> survivals) {
        Chronicle calmly = new Chronicle(runs.roles());
        runs.replay(List.of(), calmly);
        for (int i = calmly.size() == 0 ? 0 : TRIES_TOGETHER; i > 0; i--) {
            long at = calmly.entry((int) ((calmly.size() - 1L) * i / TRIES_TOGETHER)).at() + 1;
            List<Answer> found = breaking(faults.endingAt(at), survivals);
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    private @Nullable List<Answer> breaking(Schedule faults, List<Answer> survivals) {
        List<Answer> alone = faults.answers();
        if (breaks.test(alone)) {
            return alone;
        }
        List<Answer> surviving = new ArrayList<>(alone);
        surviving.addAll(survivals);
        return !survivals.isEmpty() && breaks.test(surviving) ? surviving : null;
    }

    private static long[] nearest(Chronicle chronicle, long old, int tries) {
        return LongStream.concat(
                        LongStream.of(old),
                        LongStream.range(0, chronicle.size())
                                .map(i -> chronicle.entry((int) i).at())
                                .flatMap(at -> LongStream.of(at, at + 1)))
                .distinct()
                .boxed()
                .sorted(Comparator.comparingLong(at -> Math.abs(at - old)))
                .limit(tries)
                .mapToLong(Long::longValue)
                .toArray();
    }
}
