package cairn.verification;

import cairn.fault.Answer;
import cairn.model.Observation;
import cairn.model.choice.Law;
import cairn.model.fault.Fault;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/**
 * The faults of a run by the times at which they strike. As answers, a fault that comes again says
 * how long after it was healed; here each has its own time, so that one can be left out or moved
 * without moving the others.
 */
record Schedule(List<Strike> strikes) {

    /** A fault, by the choice that asks for it. */
    record Strike(String choice, long at, long lasts) {}

    Schedule {
        strikes = List.copyOf(strikes);
    }

    /** The faults among recorded answers; a chronicle of the run says how long each lasts. */
    static Schedule of(List<Answer> recorded, Map<String, Long> calm, Chronicle chronicle) {
        List<Strike> strikes = new ArrayList<>();
        SequencedMap<String, Strike> last = new LinkedHashMap<>();
        for (Answer answer : recorded) {
            if (calm.getOrDefault(answer.choice(), 0L) == Law.Occurs.NEVER) {
                Strike before = last.get(answer.choice());
                long from = before == null ? 0 : before.at + before.lasts;
                long at = from + answer.value();
                // What was to strike after the end did not.
                if (at >= from && struck(chronicle, at)) {
                    Strike strike = new Strike(answer.choice(), at, lasts(chronicle, at));
                    strikes.add(strike);
                    last.put(answer.choice(), strike);
                }
            }
        }
        return new Schedule(strikes);
    }

    private static boolean struck(Chronicle chronicle, long at) {
        for (int i = 0; i < chronicle.size(); i++) {
            if (chronicle.entry(i) instanceof Chronicle.Seen(Observation.Struck(long when, var _))
                    && when == at) {
                return true;
            }
        }
        return false;
    }

    private static long lasts(Chronicle chronicle, long at) {
        Fault fault = null;
        for (int i = 0; i < chronicle.size(); i++) {
            if (chronicle.entry(i) instanceof Chronicle.Seen(var observation)) {
                if (observation instanceof Observation.Struck(long when, Fault struck)
                        && when == at) {
                    fault = struck;
                }
                if (observation instanceof Observation.Healed(long when, Fault healed)
                        && healed.equals(fault)) {
                    return when - at;
                }
            }
        }
        return Long.MAX_VALUE / 4;
    }

    /** Some of the faults. */
    Schedule only(List<Integer> indices) {
        return new Schedule(indices.stream().map(strikes::get).toList());
    }

    /** The same, one of them at another time. */
    Schedule moved(int index, long at) {
        List<Strike> moved = new ArrayList<>(strikes);
        Strike old = moved.get(index);
        moved.set(index, new Strike(old.choice, at, old.lasts));
        return new Schedule(moved);
    }

    /** The same, all moved alike, so that the last of them strikes then. */
    Schedule endingAt(long at) {
        long last = strikes.stream().mapToLong(Strike::at).max().orElse(at);
        return new Schedule(
                strikes.stream()
                        .map(strike ->
                                new Strike(
                                        strike.choice,
                                        Math.max(0, strike.at - last + at),
                                        strike.lasts))
                        .toList());
    }

    /** As answers. */
    List<Answer> answers() {
        List<Answer> answers = new ArrayList<>();
        SequencedMap<String, Strike> last = new LinkedHashMap<>();
        SequencedMap<String, Long> counts = new LinkedHashMap<>();
        strikes.stream()
                .sorted((one, other) -> Long.compare(one.at, other.at))
                .forEach(strike -> {
                    Strike before = last.put(strike.choice, strike);
                    long from = before == null ? 0 : before.at + before.lasts;
                    long count = counts.merge(strike.choice, 1L, Long::sum) - 1;
                    answers.add(new Answer(strike.choice, count, Math.max(0, strike.at - from)));
                });
        return answers;
    }
}
