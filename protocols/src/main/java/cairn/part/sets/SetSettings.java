package cairn.part.sets;

/**
 * What may be chosen of sets.
 *
 * @param mode whether sets overwrite or are appended
 * @param retained APPEND: how many of the newest sets stay restorable (PMU-6)
 * @param fullEvery APPEND: every how-manieth set is a full one
 * @param regions into how many regions the memory is split, 1 to 8 (PMU-12)
 * @param units how many units hold the same (PMU-20)
 * @param holders how many of them must hold a set before it is relied upon
 */
public record SetSettings(
        StoreMode mode, int retained, int fullEvery, int regions, int units, int holders) {

    /** A commit record has room for so many. */
    public static final int MOST_REGIONS = 8;

    public SetSettings {
        if (regions < 1 || regions > MOST_REGIONS) {
            throw new IllegalArgumentException(
                    "regions: 1 to " + MOST_REGIONS + ", not " + regions);
        }
    }
}
