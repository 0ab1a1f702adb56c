package cairn.fault.strategy;

import cairn.model.choice.Alternatives;
import cairn.model.choice.Choice;
import cairn.model.choice.Choices;
import cairn.model.choice.Mix;

import org.jspecify.annotations.Nullable;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * All orders of the first arrivals of a run, one of each class of equivalent orders.
 *
 * <p>Each run follows a prefix of picks and goes on calmly; every pick that it could have made
 * otherwise on the way becomes the prefix of another run. Two orders are equivalent if they differ
 * in arrivals at different machines only; sleep sets (Godefroid, 1996) keep all but one of a class
 * from being run to the end: what was tried from a state is not tried again after something that it
 * commutes with. A run in which all that could arrive sleeps is redundant; it is counted apart.
 *
 * <p>What is not an order is answered by the given choices, timers run out at their times, and
 * arrivals that commute are taken for equivalent though later times differ: the scope is orders,
 * not timings.
 *
 * <p>Several machines share the orders by their first arrivals: all of them run the few prefixes
 * that are shorter than that, each counts and goes on from those that are its own.
 */
public final class ExhaustiveOrders implements Strategy {

    private final Choices others;
    private final int depth;
    private final ArrayDeque<Branch> branches = new ArrayDeque<>();
    private final Shard shard;
    private final TreeMap<Long, Branch> underWay = new TreeMap<>();
    private long proposed;
    private long complete;
    private long redundant;
    private int deepest;

    /** A message under way, by network, stream and number, and who receives it. */
    private record Arrival(long network, int stream, long number, int subject) {

        Arrival(Cells cells) {
            this(cells.number(), cells.size(), cells.number(), cells.size());
        }

        void write(Cells cells) {
            cells.with(network).with(stream).with(number).with(subject);
        }

        boolean commutesWith(Arrival other) {
            return subject != other.subject;
        }
    }

    /** Picks to follow, and what sleeps after them. */
    private record Branch(List<Arrival> prefix, List<Arrival> asleep) {

        static Branch read(String line) {
            Cells cells = new Cells(line);
            return new Branch(arrivals(cells), arrivals(cells));
        }

        private static List<Arrival> arrivals(Cells cells) {
            List<Arrival> arrivals = new ArrayList<>();
            for (int left = cells.size(); left > 0; left--) {
                arrivals.add(new Arrival(cells));
            }
            return arrivals;
        }

        String line() {
            Cells cells = new Cells();
            for (List<Arrival> arrivals : List.of(prefix, asleep)) {
                cells.with(arrivals.size());
                arrivals.forEach(arrival -> arrival.write(cells));
            }
            return cells.toString();
        }
    }

    /** A pick that was made beyond the prefix, and what else there was. */
    private record Fork(List<Arrival> others, Arrival taken, List<Arrival> asleep) {}

    /**
     * A search through orders.
     *
     * @param others answers whatever is not an order; stateless
     * @param depth how many arrivals are varied; later ones are calm
     */
    public ExhaustiveOrders(Choices others, int depth) {
        this(others, depth, Shard.WHOLE);
    }

    /** One machine's part of such a search. */
    public ExhaustiveOrders(Choices others, int depth, Shard shard) {
        if (depth < 1) {
            throw new IllegalArgumentException("at least one arrival is varied: " + depth);
        }
        this.others = others;
        this.depth = depth;
        this.shard = shard;
        branches.add(new Branch(List.of(), List.of()));
    }

    @Override
    public @Nullable Attempt next() {
        // The youngest first: the search goes deep, and what waits stays little.
        Branch branch = branches.pollLast();
        if (branch == null) {
            return null;
        }
        underWay.put(proposed, branch);
        return Attempt.of(proposed++, new Following(branch));
    }

    @Override
    public void learn(Attempt attempt, Feedback feedback) {
        underWay.remove(attempt.number());
        Following run = (Following) attempt.choices();
        if (isOwn(run.taken) && run.redundant) {
            redundant++;
        } else if (isOwn(run.taken)) {
            complete++;
        }
        deepest = Math.max(deepest, run.taken.size());
        List<Arrival> prefix = new ArrayList<>(run.branch.prefix);
        for (Fork fork : run.forks) {
            List<Arrival> tried = new ArrayList<>(fork.asleep);
            tried.add(fork.taken);
            for (Arrival other : fork.others) {
                List<Arrival> taken = new ArrayList<>(prefix);
                taken.add(other);
                if (taken.size() < shared() || isOwn(taken)) {
                    branches.add(new Branch(taken, commuting(tried, other)));
                }
                tried.add(other);
            }
            prefix.add(fork.taken);
        }
    }

    /**
     * By so many first arrivals the orders are shared: enough for each machine to have several
     * beginnings, and few enough for what all of them run to be little.
     */
    private int shared() {
        int enough = 2 + Integer.SIZE - Integer.numberOfLeadingZeros(shard.of() - 1);
        return shard.of() == 1 ? 0 : Math.min(enough, Math.max(1, depth / 2));
    }

    private boolean isOwn(List<Arrival> taken) {
        long key = 0;
        for (Arrival arrival : taken.subList(0, Math.min(shared(), taken.size()))) {
            key = Mix.fold(Mix.fold(key, arrival.network), arrival.stream);
            key = Mix.fold(Mix.fold(key, arrival.number), arrival.subject);
        }
        return shard.has(key >>> 1);
    }

    private static List<Arrival> commuting(List<Arrival> arrivals, Arrival with) {
        List<Arrival> left = new ArrayList<>(arrivals);
        left.removeIf(arrival -> !arrival.commutesWith(with));
        return left;
    }

    @Override
    public List<String> position() {
        List<String> position = new ArrayList<>();
        position.add(
                new Cells().with(proposed).with(complete).with(redundant).with(deepest).toString());
        branches.forEach(branch -> position.add(branch.line()));
        underWay.values().forEach(branch -> position.add(branch.line()));
        return position;
    }

    @Override
    public void resume(List<String> position) {
        Cells counts = new Cells(position.getFirst());
        proposed = counts.number();
        complete = counts.number();
        redundant = counts.number();
        deepest = counts.size();
        branches.clear();
        position.stream().skip(1).map(Branch::read).forEach(branches::add);
    }

    @Override
    public boolean isExhausted() {
        return branches.isEmpty() && underWay.isEmpty();
    }

    /** Runs that were no order of a class that another run had. */
    public long complete() {
        return complete;
    }

    /** Runs that turned out to be of a class that another run has. */
    public long redundant() {
        return redundant;
    }

    @Override
    public String scope() {
        String arrivals =
                deepest < depth
                        ? "all " + deepest + " arrivals"
                        : "the first " + depth + " arrivals";
        return "orders of "
                + arrivals
                + ": "
                + (isExhausted() ? "exhausted" : branches.size() + " branches left")
                + ", "
                + complete
                + " classes, "
                + redundant
                + " redundant runs";
    }

    /** One run along a branch. */
    private final class Following implements Choices {

        private final Branch branch;
        private final List<Arrival> taken = new ArrayList<>();
        private final List<Fork> forks = new ArrayList<>();
        private List<Arrival> asleep;
        private boolean redundant;

        Following(Branch branch) {
            this.branch = branch;
            this.asleep = branch.asleep;
        }

        @Override
        public long answer(Choice choice, long count) {
            return others.answer(choice, count);
        }

        @Override
        public boolean ordersDeliveries() {
            return true;
        }

        @Override
        public int pick(Choice choice, long count, Alternatives among) {
            int step = taken.size();
            if (step >= depth || redundant) {
                return 0;
            }
            int index =
                    step < branch.prefix.size()
                            ? follow(choice, among, step)
                            : explore(choice, among);
            taken.add(arrival(choice, among, index));
            return index;
        }

        private int follow(Choice choice, Alternatives among, int step) {
            Arrival sought = branch.prefix.get(step);
            for (int i = 0; i < among.size(); i++) {
                if (arrival(choice, among, i).equals(sought)) {
                    return i;
                }
            }
            throw new IllegalStateException(
                    sought
                            + " was under way in one run and is not in another: it is not"
                            + " deterministic");
        }

        private int explore(Choice choice, Alternatives among) {
            List<Arrival> awake = new ArrayList<>();
            int first = -1;
            for (int i = 0; i < among.size(); i++) {
                Arrival arrival = arrival(choice, among, i);
                if (!asleep.contains(arrival)) {
                    first = first < 0 ? i : first;
                    awake.add(arrival);
                }
            }
            if (first < 0) {
                redundant = true;
                return 0;
            }
            Arrival next = awake.removeFirst();
            forks.add(new Fork(awake, next, asleep));
            asleep = commuting(asleep, next);
            return first;
        }

        private static Arrival arrival(Choice choice, Alternatives among, int index) {
            return new Arrival(
                    choice.key(), among.stream(index), among.number(index), among.subject(index));
        }
    }
}
