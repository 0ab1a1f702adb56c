package cairn.fault.strategy;

import java.util.List;

/**
 * One run of a search through crash points.
 *
 * @param purpose why it is made, and so what is learned from it
 * @param choices its answers, calm but for what is ordered
 * @param faults how many faults strike in it
 */
record CrashRun(Purpose purpose, DirectedChoices choices, int faults) {

    /** What a run is for. */
    enum Purpose {
        /** Nothing fails: it shows the moments. */
        MOMENTS,
        /** A fault strikes: the search goes on from here. */
        STRIKE,
        /** The same, with each piece that may survive asked by itself. */
        PIECES,
        /** A subset survives. */
        SUBSET
    }

    /** A run of a seed's workload. */
    static CrashRun of(long seed, Purpose purpose, List<Order> orders, int faults) {
        return new CrashRun(
                purpose, new DirectedChoices(new FaultsCalm(seed), orders, false), faults);
    }

    /** Reads what {@link #write} wrote. */
    static CrashRun read(long seed, Cells cells) {
        Purpose purpose = Purpose.valueOf(cells.next());
        return of(seed, purpose, cells.orders(), cells.size());
    }

    void write(Cells cells) {
        cells.with(purpose.name()).with(choices.orders()).with(faults);
    }

    /** Whether something is learned from when its effects took place. */
    boolean wantsMoments() {
        return purpose == Purpose.MOMENTS || purpose == Purpose.STRIKE;
    }
}
