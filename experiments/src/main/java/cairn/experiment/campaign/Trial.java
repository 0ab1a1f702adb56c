package cairn.experiment.campaign;

import cairn.experiment.trial.Outcome;

/** One run under one seed, and what came of it. */
public record Trial(long seed, Outcome outcome) {}
