package cairn.report;

/**
 * One thing that the experiment file expects, and what came of it.
 *
 * @param text the expectation as the file states it
 * @param finding HOLDS if it was met, VIOLATED if it was not
 * @param observed what was found instead, or the figure that met it; empty if nothing to say
 */
public record Expectation(String text, Finding finding, String observed) {}
