package cairn.model.property;

import org.jspecify.annotations.Nullable;

/** What a checker has found so far. */
public final class Judgement {

    private final String property;
    private long witnesses;
    private @Nullable Verdict end;
    private String excuse = "";

    public Judgement(String property) {
        this.property = property;
    }

    public String property() {
        return property;
    }

    /**
     * Counts one occasion at which the property could have been violated and was not: without any,
     * a run proves nothing.
     */
    public void witness() {
        witnesses++;
    }

    public long witnesses() {
        return witnesses;
    }

    /** Reports a violation; the first one stays. */
    public void violated(long at, String explanation) {
        if (!(end instanceof Verdict.Violated)) {
            end = new Verdict.Violated(at, explanation);
        }
    }

    /**
     * Reports that something is not as it was promised, which is no violation once the promise
     * covers nothing any longer.
     */
    public void broken(long at, String explanation) {
        if (excuse.isEmpty()) {
            violated(at, explanation);
        }
    }

    /** From now on nothing is owed that a promise says, for this reason. */
    void excuse(String reason) {
        excuse = reason;
    }

    /** Reports that the run cannot tell, unless it was violated. */
    public void inconclusive(String reason) {
        if (end == null) {
            end = new Verdict.Inconclusive(excuse.isEmpty() ? reason : excuse);
        }
    }

    public boolean isViolated() {
        return end instanceof Verdict.Violated;
    }

    /** The verdict as of now. */
    public Verdict verdict() {
        if (end != null) {
            return end;
        }
        return witnesses > 0
                ? new Verdict.Holds(witnesses)
                : new Verdict.Inconclusive("nothing happened that it could have been judged by");
    }
}
