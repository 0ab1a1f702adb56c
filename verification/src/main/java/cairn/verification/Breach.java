package cairn.verification;

import cairn.simulator.RunResult;

import java.util.Locale;
import java.util.Optional;

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

    /** A run that has had all its events before its time was over: time hardly passes in it. */
    public static Optional<Breach> stuck(RunResult result, long mostEvents) {
        if (result.finished() || result.events() < mostEvents) {
            return Optional.empty();
        }
        String explanation =
                String.format(
                        Locale.ROOT,
                        "after %,d events, as many as its limits allow, it is %.3f us and the run"
                                + " has not come to its end: it goes round in circles, or floods;"
                                + " what it does last shows with what",
                        result.events(),
                        result.endNanos() / 1e3);
        return Optional.of(new Breach(STUCK, result.endNanos(), explanation));
    }
}
