package cairn.experiment.trial;

import cairn.report.trace.TraceView;

/**
 * A run and its drawing.
 *
 * @param violatedAt when the first violation was, in virtual nanoseconds; negative for never
 */
public record DrawnRun(Outcome outcome, TraceView view, long violatedAt) {}
