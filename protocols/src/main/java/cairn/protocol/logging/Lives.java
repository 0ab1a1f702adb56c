package cairn.protocol.logging;

import java.util.Arrays;
import java.util.List;

/**
 * Which life each rank is in, as far as it is known here. A life is one run of a rank's process, or
 * a part of one: it ends when the rank goes back.
 */
final class Lives {

    /** More roll-backs than one run of a process suffers. */
    private static final int BITS = 12;

    private final int self;
    private final long[] lives;

    Lives(int self, int ranks) {
        this.self = self;
        this.lives = new long[ranks];
    }

    /** The first life of a run. */
    void boot(int incarnation) {
        lives[self] = (long) incarnation << BITS;
    }

    /** The rank goes back, and begins another. */
    void goBack() {
        lives[self]++;
    }

    void learn(int rank, long life) {
        lives[rank] = life;
    }

    /** All, by rank. */
    List<Long> all() {
        return Arrays.stream(lives).boxed().toList();
    }

    long own() {
        return lives[self];
    }

    long of(int rank) {
        return lives[rank];
    }
}
