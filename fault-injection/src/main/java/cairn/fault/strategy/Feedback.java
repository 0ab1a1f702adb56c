package cairn.fault.strategy;

/**
 * What came of an attempt.
 *
 * @param violates whether a property was violated
 * @param fresh how many features of the run no earlier run had
 * @param moments when effects took place, if they were asked for
 */
public record Feedback(boolean violates, int fresh, Moments moments) {}
