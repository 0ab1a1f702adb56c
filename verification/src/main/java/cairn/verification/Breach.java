package cairn.verification;

/**
 * What a run did wrong first.
 *
 * @param property the property's id; {@link #THROWS} if a node threw instead, {@link #STUCK} if the
 *     run did not come to its end
 * @param at virtual nanoseconds
 * @param explanation the offending part of the history
 */
public record Breach(String property, long at, String explanation) {

    /** Stands for the property that nothing in a run throws. */
    public static final String THROWS = "THROWS";

    /** Stands for the property that a run needs no more events than its limits allow. */
    public static final String STUCK = "STUCK";

    /** Whether this is no property's id, but stands for one. */
    public static boolean isOfRun(String property) {
        return property.equals(THROWS) || property.equals(STUCK);
    }
}
