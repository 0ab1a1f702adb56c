package cairn.fault;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cairn.model.choice.Choice;
import cairn.model.choice.Law;

import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;

class ShrinkerProperties {

    private static List<Answer> answers(int size) {
        List<Answer> answers = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            answers.add(new Answer("choice " + i % 5, i, 1000 + i));
        }
        return answers;
    }

    private static Map<String, Long> calm() {
        Map<String, Long> calm = new TreeMap<>();
        for (int i = 0; i < 5; i++) {
            calm.put("choice " + i, 0L);
        }
        return calm;
    }

    private static Shrinker shrinker(Predicate<List<Answer>> breaks) {
        return new Shrinker(breaks, new TreeMap<>(), 100_000, (_, _) -> {});
    }

    @Property(tries = 300)
    void aConjunctionShrinksToExactlyItsParts(
            @ForAll @Size(max = 6) List<@IntRange(max = 199) Integer> needed) {
        List<Answer> all = answers(200);
        List<Answer> cause = new TreeSet<>(needed).stream().map(all::get).toList();
        Shrinker shrinker = shrinker(candidate -> candidate.containsAll(cause));
        assertEquals(cause, shrinker.shrink(all));
        assertTrue(shrinker.runs() < 600, () -> shrinker.runs() + " runs");
    }

    @Property(tries = 300)
    void whateverBreaksMakingAnyOneAnswerCalmMendsIt(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 60) int size) {
        List<Answer> all = answers(size);
        // An arbitrary predicate, neither monotone nor simple, that the whole list satisfies.
        Predicate<List<Answer>> breaks =
                candidate ->
                        candidate.size() == size
                                || (candidate.stream().mapToLong(Answer::value).sum() ^ seed) % 3
                                        != 0;
        List<Answer> shrunk = shrinker(breaks).shrink(all);
        assertTrue(breaks.test(shrunk));
        for (int i = 0; i < shrunk.size(); i++) {
            List<Answer> one = new ArrayList<>(shrunk);
            one.remove(i);
            assertFalse(breaks.test(one), shrunk + " without number " + i);
        }
    }

    @Property(tries = 50)
    void shrinkingIsDeterministic(@ForAll long seed) {
        Predicate<List<Answer>> breaks =
                candidate ->
                        candidate.size() == 50
                                || (candidate.size() > (seed & 7)
                                        && candidate.hashCode() % 4 != (seed >>> 3) % 4);
        List<Answer> all = answers(50);
        assertEquals(shrinker(breaks).shrink(all), shrinker(breaks).shrink(all));
    }

    @Example
    void aWholeChoiceIsMadeCalmInOneRun() {
        List<Answer> all = answers(1000);
        Answer cause = all.get(3);
        Shrinker shrinker = shrinker(candidate -> candidate.contains(cause));
        assertEquals(List.of(cause), shrinker.shrink(all));
        assertTrue(shrinker.runs() < 40, () -> shrinker.runs() + " runs");
    }

    @Example
    void valuesMoveTowardsCalmAsFarAsTheyStillBreak() {
        Predicate<List<Answer>> breaks =
                candidate -> candidate.stream().anyMatch(answer -> answer.value() > 100);
        Shrinker shrinker = new Shrinker(breaks, calm(), 1000, (_, _) -> {});
        List<Answer> shrunk = shrinker.shrink(answers(20));
        assertEquals(1, shrunk.size());
        assertTrue(shrunk.getFirst().value() <= 200, shrunk::toString);
        assertTrue(shrunk.getFirst().value() > 100, shrunk::toString);
    }

    @Example
    void valuesBelowCalmMoveUpwardsAndNeverOverflow() {
        Answer far = new Answer("choice 0", 0, Long.MIN_VALUE);
        Predicate<List<Answer>> breaks =
                candidate -> !candidate.isEmpty() && candidate.getFirst().value() < -10;
        Shrinker shrinker = new Shrinker(breaks, calm(), 1000, (_, _) -> {});
        assertEquals(-16, shrinker.shrink(List.of(far)).getFirst().value());
    }

    @Example
    void aFailureIsNotMovedTowardsNever() {
        Answer crash = new Answer("crash", 0, 500);
        Shrinker shrinker =
                new Shrinker(
                        candidate -> !candidate.isEmpty(),
                        new TreeMap<>(Map.of("crash", Law.Occurs.NEVER)),
                        1000,
                        (_, _) -> {});
        assertEquals(List.of(crash), shrinker.shrink(List.of(crash)));
    }

    @Example
    void theBudgetIsKeptAndTheResultStillBreaks() {
        List<Answer> all = answers(100);
        List<Answer> cause = List.of(all.get(7), all.get(55));
        List<Long> seen = new ArrayList<>();
        Shrinker shrinker =
                new Shrinker(
                        candidate -> candidate.containsAll(cause),
                        calm(),
                        6,
                        (runs, _) -> seen.add(runs));
        List<Answer> shrunk = shrinker.shrink(all);
        assertTrue(shrunk.containsAll(cause));
        assertTrue(shrinker.isExhausted());
        assertEquals(List.of(2L, 3L, 4L, 5L, 6L), seen);
    }

    @Example
    void aRunThatBreaksOnItsOwnNeedsNoAnswers() {
        assertEquals(List.of(), shrinker(_ -> true).shrink(answers(9)));
    }

    @Example
    void answersThatDoNotBreakAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> shrinker(_ -> false).shrink(answers(9)));
    }

    @Example
    void aRecordingKnowsTheCalmValuesAndAReplayGivesTheAnswersAgain() {
        RecordingChoices recording = new RecordingChoices(new SeededChoices(4));
        Choice delay = new Choice("delay", new Law.Uniform(0, 1_000_000), recording);
        List<Long> given = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            given.add(delay.ask());
        }
        assertEquals(Map.of("delay", 500_000L), recording.calm());
        Choice again =
                new Choice(
                        "delay",
                        new Law.Uniform(0, 1_000_000),
                        new ReplayedChoices(recording.answers()));
        for (long value : given) {
            assertEquals(value, again.ask());
        }
        assertEquals(500_000, again.ask());
    }
}
