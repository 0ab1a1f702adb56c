package cairn.report.plot;

import java.util.List;

/**
 * Something drawn in a plot, in the units of the data. In a plot of rows, y is the number of the
 * row counted from the top; parts of a row are addressed by fractions around it.
 *
 * <p>XChart draws the axes and not the marks: it starts a dash anew at every point, which makes
 * dense curves solid, and its error bars are symmetric, which intervals on logarithmic axes are
 * not.
 */
public sealed interface Mark {

    /**
     * A line through the points in their order, with a marker on each point or without; it breaks
     * where y is NaN.
     */
    record Curve(List<Point> points, Style style, boolean markers) implements Mark {
        public Curve {
            points = List.copyOf(points);
        }
    }

    /** Small translucent dots, one for each observation. */
    record Dots(List<Point> points, Style style) implements Mark {
        public Dots {
            points = List.copyOf(points);
        }
    }

    /** A figure with a marker and its interval as a whisker along x; no whisker if low is NaN. */
    record AcrossInterval(double x, double low, double high, double y, Style style)
            implements Mark {}

    /** A figure with a marker and its interval as a whisker along y; no whisker if low is NaN. */
    record UpInterval(double x, double y, double low, double high, Style style) implements Mark {}

    /** A bar along x in a row, as thick as the share of the row. */
    record Bar(double from, double to, double y, double thickness, Fill fill) implements Mark {}

    /** A text right of a place, such as the figure at the end of a bar. */
    record Note(double x, double y, String text) implements Mark {}

    /**
     * A cell at a column and a row.
     *
     * @param share how dark, from 0 to 1
     * @param text the figure
     * @param note its interval, in smaller letters below
     */
    record Cell(double x, double y, double share, String text, String note) implements Mark {}

    /** A vertical line over the whole height, with a text at its top: something happened then. */
    record Rule(double x, String label) implements Mark {}
}
