package cairn.model.property;

import cairn.model.Observation;

import java.util.Set;

/** Judges one run; it sees claims and observations, and never looks inside a node. */
public interface Checker {

    /** What it wants to see; asked for once. */
    Set<Topic> topics();

    /**
     * Takes one observation into account; called for the topics that it wants, in order of time.
     */
    void on(Observation observation, Judgement judgement);

    /** Called once, when the run has ended. */
    void conclude(Ending ending, Judgement judgement);
}
