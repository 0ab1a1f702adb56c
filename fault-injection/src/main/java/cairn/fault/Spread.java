package cairn.fault;

import cairn.model.choice.Law;
import cairn.model.fault.Fault;

/**
 * Failures that are correlated: whenever one fault strikes, another may follow soon; calmly none
 * does. What it causes may spread further.
 *
 * @param name names the choice: "spread crash primary to backup-1"
 * @param cause the fault that it follows
 * @param effect the fault that follows, unless it strikes already
 * @param probability that it does
 * @param withinNanos how long after the cause at the most, all times alike
 * @param healAfterNanos how long the effect lasts
 */
public record Spread(
        String name,
        Fault cause,
        Fault effect,
        double probability,
        long withinNanos,
        long healAfterNanos) {

    public Spread {
        if (cause.equals(effect)) {
            throw new IllegalArgumentException("a fault does not cause itself: " + cause);
        }
        if (healAfterNanos < 0) {
            throw new IllegalArgumentException("a fault lasts zero or more: " + healAfterNanos);
        }
        if (!(probability >= 0 && probability <= 1) || withinNanos < 0) {
            throw new IllegalArgumentException(
                    "a probability lies in [0, 1], and a time is zero or more: "
                            + probability
                            + ", "
                            + withinNanos);
        }
    }

    /** The law of the time from cause to effect. */
    public Law law() {
        return new Law.Occurs(new Law.Within(probability, withinNanos));
    }
}
