package cairn.model.property;

import cairn.model.Observation;

/** Judges one run; it sees claims and observations, and never looks inside a node. */
public interface Checker {

    /** Takes one observation into account. */
    void on(Observation observation, Judgement judgement);

    /** Called once, when the run has ended. */
    void conclude(Ending ending, Judgement judgement);
}
