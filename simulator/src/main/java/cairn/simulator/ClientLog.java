package cairn.simulator;

/** How many requests of the workload were answered. */
final class ClientLog {

    private final long wanted;
    private long answered;

    ClientLog(long wanted) {
        this.wanted = wanted;
    }

    void answered() {
        answered++;
    }

    long count() {
        return answered;
    }

    boolean isFinished() {
        return answered >= wanted;
    }
}
