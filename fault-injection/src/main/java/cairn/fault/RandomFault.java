package cairn.fault;

import cairn.model.choice.Law;
import cairn.model.fault.Fault;

/**
 * A fault that strikes again and again at times asked of the choices; calmly never.
 *
 * @param name names the choice, so that variants of a protocol under one seed meet it at the same
 *     times: "crash primary"
 * @param gapNanos the law of the time until it strikes: first from the start, later from when it
 *     was healed
 * @param most how often at the most
 * @param healAfterNanos how long it lasts
 */
public record RandomFault(String name, Fault fault, Law gapNanos, int most, long healAfterNanos) {

    public RandomFault {
        if (most < 1 || healAfterNanos < 0) {
            throw new IllegalArgumentException(
                    "a random fault strikes at least once and lasts zero or more: "
                            + most
                            + ", "
                            + healAfterNanos);
        }
    }
}
