package cairn.fault.strategy;

import org.jspecify.annotations.Nullable;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * What a search through crash points has still to go on from: recoveries in which something may
 * strike again, runs whose surviving pieces are to be asked one by one, subsets of these, and runs
 * that were broken off. Queues are bounded; what finds no room is counted.
 */
final class CrashFrontier {

    /** So many runs wait to be gone on from; those beyond are counted and left out. */
    private static final int MOST_WAITING = 2_000;

    // What the lines of a position begin with.
    private static final String RECOVERY = "recovery";
    private static final String SURVIVAL = "survival";
    private static final String WHOLE = "whole";
    private static final String AGAIN = "again";

    private final ArrayDeque<Strikes> recoveries = new ArrayDeque<>();
    private final ArrayDeque<CrashRun> wholes = new ArrayDeque<>();
    private final ArrayDeque<CrashRun> again = new ArrayDeque<>();
    private final ArrayDeque<Survivals> survivals = new ArrayDeque<>();
    private long leftOut;

    boolean isEmpty() {
        return again.isEmpty() && recoveries.isEmpty() && wholes.isEmpty() && survivals.isEmpty();
    }

    /** How many runs found no room. */
    long leftOut() {
        return leftOut;
    }

    void leftOut(long before) {
        leftOut = before;
    }

    // ---- what is kept

    /** A recovery in which something may strike again. */
    void keep(Strikes recovery) {
        keep(recoveries, recovery);
    }

    /** A run with each piece that may survive asked by itself. */
    void keep(CrashRun whole) {
        keep(wholes, whole);
    }

    /** Subsets of what may survive, if there are any. */
    void keep(Survivals pieces) {
        if (!pieces.isEmpty()) {
            keep(survivals, pieces);
        }
    }

    private <T> void keep(ArrayDeque<T> queue, T what) {
        if (queue.size() < MOST_WAITING) {
            queue.add(what);
        } else {
            leftOut++;
        }
    }

    // ---- what comes next

    /** A run that was broken off. */
    @Nullable CrashRun broken() {
        return again.poll();
    }

    /** The next recovery that something may strike in; {@link #putBack} if it is not done. */
    @Nullable Strikes recovery() {
        return recoveries.poll();
    }

    /** A recovery with more to try has its turn after the others. */
    void putBack(Strikes recovery) {
        if (!recovery.isEmpty()) {
            recoveries.add(recovery);
        }
    }

    /** A run whose pieces are to be asked one by one. */
    @Nullable CrashRun whole() {
        return wholes.poll();
    }

    /** The orders of a subset that survives. */
    @Nullable List<Order> subset() {
        Survivals next = survivals.poll();
        if (next == null) {
            return null;
        }
        List<Order> orders = next.next();
        if (!next.isEmpty()) {
            survivals.add(next);
        }
        return orders;
    }

    // ---- where it is: a line for all that waits

    /**
     * Lines from which {@link #read} goes on.
     *
     * @param underWay runs that have no result yet
     */
    List<String> lines(List<CrashRun> underWay) {
        List<String> lines = new ArrayList<>();
        recoveries.forEach(strikes -> lines.add(line(RECOVERY, strikes::write)));
        survivals.forEach(pieces -> lines.add(line(SURVIVAL, pieces::write)));
        wholes.forEach(run -> lines.add(line(WHOLE, run::write)));
        again.forEach(run -> lines.add(line(AGAIN, run::write)));
        underWay.forEach(run -> lines.add(line(AGAIN, run::write)));
        return lines;
    }

    /** One line of a position. */
    static String line(String kind, Consumer<Cells> what) {
        Cells cells = new Cells().with(kind);
        what.accept(cells);
        return cells.toString();
    }

    /** Takes up a line; its first cell has been read. */
    void read(String kind, Cells cells, long seed) {
        switch (kind) {
            case RECOVERY -> recoveries.add(new Strikes(cells));
            case SURVIVAL -> survivals.add(new Survivals(cells));
            case WHOLE -> wholes.add(CrashRun.read(seed, cells));
            case AGAIN -> again.add(CrashRun.read(seed, cells));
            default -> throw new IllegalArgumentException("no part of a position: " + kind);
        }
    }
}
