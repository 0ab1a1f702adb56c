package cairn.model.fault;

/**
 * One fault of a plan.
 *
 * @param healAfterNanos how long it lasts; {@link #NEVER} until the end of the faulty part of the
 *     run
 */
public record Injection(Trigger when, Fault fault, long healAfterNanos) {

    public static final long NEVER = Long.MAX_VALUE;

    public Injection {
        if (healAfterNanos < 0) {
            throw new IllegalArgumentException("a fault lasts zero or more: " + healAfterNanos);
        }
    }
}
