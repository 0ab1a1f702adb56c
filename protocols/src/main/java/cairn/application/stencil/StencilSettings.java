package cairn.application.stencil;

/**
 * A grid and how often it is relaxed.
 *
 * @param ranks how many ranks share the rows, two or more
 * @param rowsPerRank rows of each rank, one or more
 * @param columns numbers in a row, three or more; 512 fill a page
 * @param iterations how often each point becomes the mean of its neighbours
 * @param rowNanos the time that one row takes a core
 * @param outputEvery after how many iterations a rank outputs the sum of its rows; 0 for never
 */
public record StencilSettings(
        int ranks, int rowsPerRank, int columns, int iterations, long rowNanos, int outputEvery) {

    /** Four ranks with four rows of a page each, 50 iterations of about 20 microseconds. */
    public static final StencilSettings DEFAULT = new StencilSettings(4, 4, 512, 50, 5_000, 10);

    public StencilSettings {
        if (ranks < 2 || rowsPerRank < 1 || columns < 3) {
            throw new IllegalArgumentException(
                    "a grid has two ranks, one row each and three columns, or more: "
                            + ranks
                            + ", "
                            + rowsPerRank
                            + ", "
                            + columns);
        }
        if (iterations < 1 || rowNanos < 0 || outputEvery < 0) {
            throw new IllegalArgumentException(
                    "one iteration or more, and times of zero or more: "
                            + iterations
                            + ", "
                            + rowNanos
                            + ", "
                            + outputEvery);
        }
    }
}
