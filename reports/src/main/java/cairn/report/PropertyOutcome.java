package cairn.report;

import cairn.model.property.Judgement;
import cairn.model.property.Verdict;

/**
 * How one property fared in one trial.
 *
 * @param id the name of the property, such as {@code DUR}
 * @param witnesses how many situations the property was put to the test in; zero is no evidence
 * @param explanation what happened, in a sentence or a few lines; empty if there is nothing to say
 */
public record PropertyOutcome(String id, Finding finding, long witnesses, String explanation) {

    public PropertyOutcome {
        if (witnesses < 0) {
            throw new IllegalArgumentException(
                    "witnesses of " + id + " must not be negative: " + witnesses);
        }
    }

    /**
     * Whether the run gave the property no occasion to be broken, which is no evidence and no doubt
     * either. A checker that saw occasions and still could not tell is another matter.
     */
    public boolean isUntried() {
        return finding == Finding.INCONCLUSIVE && witnesses == 0;
    }

    /** The outcome that a checker's judgement amounts to. */
    public static PropertyOutcome of(Judgement judgement) {
        return switch (judgement.verdict()) {
            case Verdict.Holds(long witnesses) ->
                    new PropertyOutcome(judgement.property(), Finding.HOLDS, witnesses, "");
            case Verdict.Violated(long _, String explanation) ->
                    new PropertyOutcome(
                            judgement.property(),
                            Finding.VIOLATED,
                            judgement.witnesses(),
                            explanation);
            case Verdict.Inconclusive(String reason) ->
                    new PropertyOutcome(
                            judgement.property(),
                            Finding.INCONCLUSIVE,
                            judgement.witnesses(),
                            reason);
        };
    }
}
