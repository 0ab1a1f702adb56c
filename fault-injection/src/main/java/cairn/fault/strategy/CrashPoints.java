package cairn.fault.strategy;

import cairn.fault.strategy.CrashRun.Purpose;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/**
 * Faults at every point that matters, instead of at times that chance upon one.
 *
 * <p>A first run, in which nothing fails, writes down when each durable effect, acknowledgement and
 * send took place. Then each crash, loss of power or pause that the scenario allows strikes before,
 * in the middle of and after each of these moments. From each such run the search goes on in two
 * ways: a second fault at moments of the recovery that follows the first, and then a third; and,
 * where bytes that were not safe may have survived, the subsets of them ({@link Subsets}). The
 * three take turns. When all is tried, the workload of the next seed is.
 */
public final class CrashPoints implements Strategy {

    private static final int MOST_FAULTS = 3;

    /** The faults that end or stop a process, by the beginnings of their choices' names. */
    private static final List<String> CRASHES =
            List.of(
                    "crash",
                    "power loss",
                    "warm reset",
                    "permanent loss",
                    "cpu hang",
                    "nic reset",
                    "pause",
                    "rack power loss",
                    "site power loss");

    /** Further faults are tried at so many points of each recovery, spread evenly. */
    private static final int POINTS_OF_A_RECOVERY = 120;

    /** What the line of the single strikes begins with. */
    private static final String SINGLE = "single";

    private final Shard shard;
    private final long lastSeed;
    private final List<CrashRun> underWay = new ArrayList<>();
    private final CrashFrontier frontier = new CrashFrontier();
    private final long[] tried = new long[MOST_FAULTS + 1];
    private long seed;
    private @Nullable Strikes single;
    private boolean begun;
    private long proposed;
    private long turn;
    private long subsets;

    /**
     * A search that begins with a seed's workload.
     *
     * @param seeds how many workloads are gone through, one after the other
     */
    public CrashPoints(long firstSeed, long seeds, Shard shard) {
        if (seeds < 1) {
            throw new IllegalArgumentException("at least one workload: " + seeds);
        }
        this.seed = firstSeed;
        this.lastSeed = firstSeed + seeds - 1;
        this.shard = shard;
    }

    @Override
    public @Nullable Attempt next() {
        CrashRun run = nextRun();
        if (run == null) {
            return null;
        }
        underWay.add(run);
        return new Attempt(proposed++, run.choices(), run.choices(), run.wantsMoments());
    }

    private @Nullable CrashRun nextRun() {
        CrashRun broken = frontier.broken();
        if (broken != null) {
            return broken;
        }
        if (!begun) {
            begun = true;
            return run(Purpose.MOMENTS, List.of(), 0);
        }
        // Half of the runs strike once, a quarter strike again, a quarter vary what survives.
        for (int i = 0; i < 4; i++) {
            CrashRun run =
                    switch ((int) (turn++ & 3)) {
                        case 0, 2 -> single == null ? null : strike(single, shard);
                        case 1 -> strikeAgain();
                        default -> survive();
                    };
            if (run != null) {
                return run;
            }
        }
        if (underWay.isEmpty() && seed < lastSeed) {
            seed++;
            single = null;
            return run(Purpose.MOMENTS, List.of(), 0);
        }
        return null;
    }

    private CrashRun run(Purpose purpose, List<Order> orders, int faults) {
        return CrashRun.of(seed, purpose, orders, faults);
    }

    private @Nullable CrashRun strike(Strikes strikes, Shard part) {
        List<Order> orders = strikes.next(part);
        if (orders == null) {
            return null;
        }
        tried[strikes.depth()]++;
        return run(Purpose.STRIKE, orders, strikes.depth());
    }

    private @Nullable CrashRun strikeAgain() {
        for (Strikes next = frontier.recovery(); next != null; next = frontier.recovery()) {
            CrashRun run = strike(next, Shard.WHOLE);
            frontier.putBack(next);
            if (run != null) {
                return run;
            }
        }
        return null;
    }

    private @Nullable CrashRun survive() {
        CrashRun whole = frontier.whole();
        if (whole != null) {
            return whole;
        }
        List<Order> orders = frontier.subset();
        if (orders == null) {
            return null;
        }
        subsets++;
        return run(Purpose.SUBSET, orders, 0);
    }

    @Override
    public void learn(Attempt attempt, Feedback feedback) {
        CrashRun run = finished(attempt);
        DirectedChoices choices = run.choices();
        switch (run.purpose()) {
            case MOMENTS ->
                    single =
                            new Strikes(
                                    List.of(),
                                    crashes(choices),
                                    feedback.moments().crashTimes(-1),
                                    1);
            case STRIKE -> {
                if (run.faults() < MOST_FAULTS) {
                    long[] times = few(feedback.moments().crashTimes(lastStrike(choices)));
                    frontier.keep(
                            new Strikes(
                                    choices.orders(), crashes(choices), times, run.faults() + 1));
                }
                if (!choices.survivals().isEmpty()) {
                    List<Order> pieces =
                            Survivals.pieceByPiece(choices.orders(), choices.survivals());
                    frontier.keep(run(Purpose.PIECES, pieces, run.faults()));
                }
            }
            case PIECES -> frontier.keep(new Survivals(choices.orders(), choices.survivals()));
            case SUBSET -> {
                // Nothing follows from it.
            }
        }
    }

    private CrashRun finished(Attempt attempt) {
        for (int i = 0; i < underWay.size(); i++) {
            if (underWay.get(i).choices() == attempt.choices()) {
                return underWay.remove(i);
            }
        }
        throw new IllegalArgumentException("not an attempt of this search: " + attempt.number());
    }

    /** What ends or stops a process; whatever there is, if nothing does. */
    private static List<Question> crashes(DirectedChoices choices) {
        List<Question> faults = choices.faults();
        List<Question> crashes =
                faults.stream()
                        .filter(fault -> CRASHES.stream().anyMatch(fault.choice()::startsWith))
                        .toList();
        return crashes.isEmpty() ? faults : crashes;
    }

    private static long lastStrike(DirectedChoices choices) {
        return choices.orders().getLast().value();
    }

    private static long[] few(long[] times) {
        if (times.length <= POINTS_OF_A_RECOVERY) {
            return times;
        }
        long[] few = new long[POINTS_OF_A_RECOVERY];
        for (int i = 0; i < few.length; i++) {
            few[i] = times[(int) ((long) i * times.length / few.length)];
        }
        return few;
    }

    // ---- where it is: a line of counts, the single strikes, and a line for all that waits

    @Override
    public List<String> position() {
        List<String> position = new ArrayList<>();
        Cells counts = new Cells().with(seed).with(begun ? 1 : 0).with(proposed).with(turn);
        counts.with(subsets).with(frontier.leftOut());
        for (long depth : tried) {
            counts.with(depth);
        }
        position.add(counts.toString());
        if (single != null) {
            position.add(CrashFrontier.line(SINGLE, single::write));
        }
        position.addAll(frontier.lines(underWay));
        return position;
    }

    @Override
    public void resume(List<String> position) {
        Cells counts = new Cells(position.getFirst());
        seed = counts.number();
        begun = counts.number() == 1;
        proposed = counts.number();
        turn = counts.number();
        subsets = counts.number();
        frontier.leftOut(counts.number());
        for (int i = 0; i < tried.length; i++) {
            tried[i] = counts.number();
        }
        for (String line : position.subList(1, position.size())) {
            Cells cells = new Cells(line);
            String kind = cells.next();
            if (kind.equals(SINGLE)) {
                single = new Strikes(cells);
            } else {
                frontier.read(kind, cells, seed);
            }
        }
    }

    @Override
    public boolean isExhausted() {
        return begun
                && underWay.isEmpty()
                && seed == lastSeed
                && single != null
                && single.isEmpty()
                && frontier.isEmpty();
    }

    @Override
    public String scope() {
        return "crash points of seed "
                + seed
                + ": "
                + tried[1]
                + " single ("
                + (single == null ? "not yet counted" : single.left() + " left")
                + "), "
                + tried[2]
                + " pairs, "
                + tried[3]
                + " triples, "
                + subsets
                + " subsets of what may survive"
                + (frontier.leftOut() == 0
                        ? ""
                        : "; " + frontier.leftOut() + " runs not gone on from")
                + (isExhausted() ? "; exhausted" : "");
    }
}
