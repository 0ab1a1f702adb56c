package cairn.report.plot;

import java.util.List;

/**
 * A plot as data: axes, what is drawn, and the words that go with it.
 *
 * @param name the name of its files
 * @param title what it shows, as a heading; not drawn, since papers and pages set it themselves
 * @param caption what is shown, of how many observations, and what the intervals mean
 * @param legend names of what the marks stand for, in order; empty for none
 */
public record Plot(
        String name,
        String title,
        String caption,
        Axis x,
        Axis y,
        List<Key> legend,
        List<Mark> marks) {

    public Plot {
        legend = List.copyOf(legend);
        marks = List.copyOf(marks);
    }

    /** An entry of the legend. */
    public sealed interface Key {
        String label();
    }

    /** A series of curves or of markers. */
    public record SeriesKey(String label, Style style, boolean line, boolean marker)
            implements Key {}

    /** A kind of area. */
    public record FillKey(String label, Fill fill) implements Key {}
}
