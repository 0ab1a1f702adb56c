package cairn.fault.strategy;

import cairn.model.choice.Law;

/**
 * Something that a run was asked and that a strategy may want to be answered otherwise.
 *
 * @param value what was answered
 * @param at the time of the last observation before it
 */
record Question(String choice, long count, Law law, long value, long at) {

    boolean isFault() {
        return law instanceof Law.Occurs;
    }

    /** How many granules it decides on, each of which survives or not; zero for other questions. */
    int granules() {
        return switch (what()) {
            case Law.Chance _ -> 1;
            // Eight words of a line or packet, as bits.
            case Law.Pick(long options) when options == WORDS -> 8;
            // A sector is lost or kept; that it may be torn as well is left to other searches.
            case Law.Pick(long options) when options <= SECTOR -> 1;
            case Law _ -> 0;
        };
    }

    /** Whether it asks in which way things survive: none, all, or piece by piece. */
    boolean isExtent() {
        return what() instanceof Law.Pick(long options) && options == EXTENTS;
    }

    private Law what() {
        return law instanceof Law.Survives(Law of) ? of : law;
    }

    private static final int WORDS = 256;
    private static final int SECTOR = 3;

    /** Extents are none, ..., and last: each piece by itself. */
    static final int EXTENTS = 4;
}
