package cairn.fault.strategy;

import cairn.model.choice.Law;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/** One more fault, at each of some points in time, after what was ordered before. */
final class Strikes {

    private final List<Order> before;
    private final List<Question> faults;
    private final long[] times;
    private final int depth;
    private final Spread spread;
    private long left;

    /**
     * All faults that could still strike, at all these times.
     *
     * @param before the orders of the run that it goes on from
     * @param asked what that run was asked about faults
     * @param depth how many faults there are with this one
     */
    Strikes(List<Order> before, List<Question> asked, long[] times, int depth) {
        this.before = before;
        this.faults = open(asked);
        this.times = times;
        this.depth = depth;
        this.spread = new Spread((long) times.length * faults.size());
        this.left = spread.left();
    }

    /** The last question of each fault, if the answer was that it does not strike. */
    private static List<Question> open(List<Question> asked) {
        SequencedMap<String, Question> last = new LinkedHashMap<>();
        asked.forEach(question -> last.put(question.choice(), question));
        return last.values().stream()
                .filter(question -> question.value() == Law.Occurs.NEVER)
                .toList();
    }

    /** The orders of the next strike of a shard; {@code null} when there is none left. */
    @Nullable List<Order> next(Shard shard) {
        while (spread.hasNext()) {
            long number = spread.next();
            left--;
            Question fault = faults.get((int) (number % faults.size()));
            long at = times[(int) (number / faults.size())];
            // A fault that was not yet healed cannot strike again.
            if (shard.has(number) && at >= fault.at()) {
                List<Order> orders = new ArrayList<>(before);
                orders.add(Order.at(fault.choice(), fault.count(), at));
                return orders;
            }
        }
        return null;
    }

    boolean isEmpty() {
        return !spread.hasNext();
    }

    long left() {
        return left;
    }

    int depth() {
        return depth;
    }
}
