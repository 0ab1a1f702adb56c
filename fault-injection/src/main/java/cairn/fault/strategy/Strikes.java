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
    private final List<Strike> faults;
    private final long[] times;
    private final int depth;
    private final EvenWalk walk;

    /** A fault that could still strike, from when it is asked about. */
    private record Strike(String choice, long count, long from) {}

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
        this.walk = new EvenWalk((long) times.length * faults.size());
    }

    /** Goes on from a line that was written. */
    Strikes(Cells cells) {
        before = cells.orders();
        depth = cells.size();
        long visited = cells.number();
        faults = new ArrayList<>();
        for (int left = cells.size(); left > 0; left--) {
            faults.add(new Strike(cells.next(), cells.number(), cells.number()));
        }
        times = new long[cells.size()];
        for (int i = 0; i < times.length; i++) {
            times[i] = cells.number();
        }
        walk = new EvenWalk((long) times.length * faults.size());
        walk.skip(visited);
    }

    void write(Cells cells) {
        cells.with(before).with(depth).with(walk.visited()).with(faults.size());
        faults.forEach(fault -> cells.with(fault.choice).with(fault.count).with(fault.from));
        cells.with(times.length);
        for (long time : times) {
            cells.with(time);
        }
    }

    /** The last question of each fault, if the answer was that it does not strike. */
    private static List<Strike> open(List<Question> asked) {
        SequencedMap<String, Question> last = new LinkedHashMap<>();
        asked.forEach(question -> last.put(question.choice(), question));
        return last.values().stream()
                .filter(question -> question.value() == Law.Occurs.NEVER)
                .map(question -> new Strike(question.choice(), question.count(), question.at()))
                .toList();
    }

    /** The orders of the next strike of a shard; {@code null} when there is none left. */
    @Nullable List<Order> next(Shard shard) {
        while (walk.hasNext()) {
            long number = walk.next();
            Strike fault = faults.get((int) (number % faults.size()));
            long at = times[(int) (number / faults.size())];
            // A fault that was not yet healed cannot strike again.
            if (shard.has(number) && at >= fault.from) {
                List<Order> orders = new ArrayList<>(before);
                orders.add(Order.at(fault.choice, fault.count, at));
                return orders;
            }
        }
        return null;
    }

    boolean isEmpty() {
        return !walk.hasNext();
    }

    long left() {
        return walk.left();
    }

    int depth() {
        return depth;
    }
}
