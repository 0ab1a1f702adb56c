package cairn.report.plot;

/** A place in a plot, in the units of the data. */
public record Point(double x, double y) {}
