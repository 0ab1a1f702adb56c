package cairn.fault.strategy;

import cairn.fault.SeededChoices;
import cairn.model.choice.Choices;
import cairn.model.choice.Law;
import cairn.model.choice.Mix;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/**
 * Goes on from runs that had something new: their answers about faults and about what survives are
 * kept, and mutated - a fault moved a little or to a moment at which something took effect, left
 * out, added, or taken from another such run - towards features that no run had yet ({@link
 * RunFeatures}). One run in eight starts afresh as a swarm, lest the search dig where it began.
 */
public final class CoverageGuided implements Strategy {

    private static final int MOST_KEPT = 512;

    private final Shard shard;
    private final long firstSeed;
    private final List<Entry> kept = new ArrayList<>();
    private final List<Trial> underWay = new ArrayList<>();
    private final Numbers numbers = new Numbers();
    private final ArrayDeque<Remembered> remembered = new ArrayDeque<>();

    /** A run that had something new: the seed below its orders, and when things took effect. */
    private record Entry(
            long seed, boolean swarm, List<Order> orders, List<Question> faults, Moments moments) {}

    /** The same as it is written down: run again, it has the same answers and moments. */
    private record Remembered(long seed, boolean swarm, List<Order> orders) {
        Remembered(Cells cells) {
            this(cells.number(), cells.number() == 1, cells.orders());
        }

        String line() {
            return new Cells().with(seed).with(swarm ? 1 : 0).with(orders).toString();
        }
    }

    /** A run under way; one that is remembered has no number, and is kept whatever comes of it. */
    private record Trial(long seed, boolean swarm, DirectedChoices choices, long number) {
        boolean isRemembered() {
            return number < 0;
        }

        Remembered written() {
            return new Remembered(seed, swarm, choices.orders());
        }
    }

    public CoverageGuided(long firstSeed, Shard shard) {
        this.firstSeed = firstSeed;
        this.shard = shard;
    }

    @Override
    public Attempt next() {
        Remembered before = remembered.poll();
        Trial trial = before == null ? drawn(numbers.take()) : again(before);
        underWay.add(trial);
        return new Attempt(Math.max(0, trial.number), trial.choices, trial.choices, true);
    }

    private static Trial again(Remembered run) {
        return new Trial(run.seed, run.swarm, directed(run.seed, run.swarm, run.orders), -1);
    }

    private Trial drawn(long number) {
        long seed = firstSeed + shard.global(number);
        Dice dice = new Dice(seed);
        if (!kept.isEmpty() && !dice.oneIn(8)) {
            return mutated(number, seed, dice);
        }
        boolean swarm = dice.oneIn(2);
        return new Trial(seed, swarm, directed(seed, swarm, List.of()), number);
    }

    private static DirectedChoices directed(long seed, boolean swarm, List<Order> orders) {
        Choices base = swarm ? new SwarmChoices(seed) : new SeededChoices(seed);
        return new DirectedChoices(base, orders, base.ordersDeliveries());
    }

    private Trial mutated(long number, long seed, Dice dice) {
        // Runs that were kept late had something that was hard to reach: half of the picks.
        int late = Math.max(1, kept.size() / 8);
        Entry entry =
                kept.get(
                        dice.oneIn(2)
                                ? kept.size() - 1 - dice.below(late)
                                : dice.below(kept.size()));
        List<Order> orders = new ArrayList<>(entry.orders);
        for (int left = 1 + dice.below(3); left > 0; left--) {
            mutate(orders, entry, dice);
        }
        // The rest of the run stays as it was, or is drawn anew below the same faults.
        boolean same = dice.below(4) > 0;
        long below = same ? entry.seed : seed;
        return new Trial(below, entry.swarm, directed(below, entry.swarm, orders), number);
    }

    private void mutate(List<Order> orders, Entry entry, Dice dice) {
        if (entry.faults.isEmpty()) {
            return;
        }
        Question fault = entry.faults.get(dice.below(entry.faults.size()));
        orders.removeIf(
                order -> order.choice().equals(fault.choice()) && order.count() == fault.count());
        switch (dice.below(6)) {
            case 0 -> orders.add(Order.answer(fault.choice(), fault.count(), Law.Occurs.NEVER));
            case 1 -> {
                long value = fault.value() == Law.Occurs.NEVER ? 1_000_000 : fault.value();
                // A little earlier or later, from a part in a thousand to half.
                long step = Math.max(1, value >> (1 + dice.below(10)));
                long moved = dice.oneIn(2) ? value + step : value - step;
                orders.add(Order.answer(fault.choice(), fault.count(), moved));
            }
            case 2 -> {
                Entry other = kept.get(dice.below(kept.size()));
                for (Question taken : other.faults) {
                    if (taken.choice().equals(fault.choice())) {
                        orders.removeIf(order ->
                                order.choice().equals(taken.choice())
                                        && order.count() == taken.count());
                        orders.add(Order.answer(taken.choice(), taken.count(), taken.value()));
                    }
                }
            }
            default -> {
                Moments moments = entry.moments;
                if (moments.size() > 0) {
                    long at = moments.at(dice.below(moments.size())) + dice.below(2);
                    orders.add(Order.at(fault.choice(), fault.count(), at));
                }
            }
        }
    }

    @Override
    public void learn(Attempt attempt, Feedback feedback) {
        Trial trial = finished(attempt);
        numbers.done(trial.number);
        if (feedback.fresh() > 0 || trial.isRemembered()) {
            Entry entry =
                    new Entry(
                            trial.seed,
                            trial.swarm,
                            trial.choices.orders(),
                            trial.choices.faults(),
                            feedback.moments());
            if (kept.size() == MOST_KEPT) {
                kept.remove((int) Long.remainderUnsigned(Mix.mix(numbers.taken()), MOST_KEPT / 2));
            }
            kept.add(entry);
        }
    }

    private Trial finished(Attempt attempt) {
        for (int i = 0; i < underWay.size(); i++) {
            if (underWay.get(i).choices == attempt.choices()) {
                return underWay.remove(i);
            }
        }
        throw new IllegalArgumentException("not an attempt of this search: " + attempt.number());
    }

    @Override
    public List<String> position() {
        List<String> position = new ArrayList<>();
        position.add(numbers.position());
        kept.forEach(entry ->
                position.add(new Remembered(entry.seed, entry.swarm, entry.orders).line()));
        remembered.forEach(run -> position.add(run.line()));
        underWay.stream()
                .filter(Trial::isRemembered)
                .forEach(trial -> position.add(trial.written().line()));
        return position;
    }

    @Override
    public void resume(List<String> position) {
        numbers.resume(position.getFirst());
        position.stream().skip(1).map(Cells::new).map(Remembered::new).forEach(remembered::add);
    }

    @Override
    public boolean isExhausted() {
        return false;
    }

    @Override
    public String scope() {
        return numbers.taken()
                + " runs guided by coverage, from "
                + kept.size()
                + " that had something new";
    }

    /** What a seed decides of a mutation. */
    private static final class Dice {
        private long state;

        Dice(long seed) {
            state = Mix.mix(seed ^ 0xC0BEL);
        }

        int below(int bound) {
            state += Mix.GOLDEN;
            return (int) Math.unsignedMultiplyHigh(Mix.mix(state), bound);
        }

        boolean oneIn(int times) {
            return below(times) == 0;
        }
    }
}
