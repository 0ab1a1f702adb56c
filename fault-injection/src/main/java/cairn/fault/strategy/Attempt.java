package cairn.fault.strategy;

import cairn.model.Observer;
import cairn.model.choice.Choices;

/**
 * One run that a strategy wants to see.
 *
 * @param number counts attempts of the strategy from zero
 * @param choices answers the run; used once
 * @param observer watches the run, since what is answered may depend on what happened
 * @param wantsMoments whether the strategy learns from when effects took place, which costs a
 *     little to write down
 */
public record Attempt(long number, Choices choices, Observer observer, boolean wantsMoments) {

    /** Answers that depend on nothing else. */
    static Attempt of(long number, Choices choices) {
        return new Attempt(number, choices, _ -> {}, false);
    }
}
