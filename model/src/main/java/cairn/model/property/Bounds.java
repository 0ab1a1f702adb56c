package cairn.model.property;

/**
 * Limits on a run.
 *
 * @param retainedSets how many checkpoint sets a store may keep at once
 * @param livenessNanos how long after the last fault was healed until everything asked is answered
 * @param linearizabilityStates how many states the linearizability checker may visit before it
 *     answers "unknown"
 */
public record Bounds(long retainedSets, long livenessNanos, long linearizabilityStates) {

    public Bounds {
        if (retainedSets < 1 || livenessNanos < 1 || linearizabilityStates < 1) {
            throw new IllegalArgumentException(
                    "bounds are above zero: "
                            + retainedSets
                            + ", "
                            + livenessNanos
                            + ", "
                            + linearizabilityStates);
        }
    }
}
