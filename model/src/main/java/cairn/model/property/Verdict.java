package cairn.model.property;

/** The outcome of one property in one run. */
public sealed interface Verdict {

    /** It could have been violated so many times, and was not. */
    record Holds(long witnesses) implements Verdict {
        public Holds {
            if (witnesses < 1) {
                throw new IllegalArgumentException(
                        "a property holds by at least one witness: " + witnesses);
            }
        }
    }

    /** It does not hold; the explanation names the offending part of the history. */
    record Violated(long at, String explanation) implements Verdict {}

    /** The run cannot tell, and why. */
    record Inconclusive(String reason) implements Verdict {}
}
