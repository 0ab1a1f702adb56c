package cairn.report.plot;

import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.AxesChartStyler;
import org.knowm.xchart.style.XYStyler;
import org.knowm.xchart.style.lines.SeriesLines;
import org.knowm.xchart.style.markers.SeriesMarkers;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Line2D;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The axes of a plot, drawn by XChart in the house style, and where a value lies between them. */
final class Frame {
    private static final Color INK = new Color(0x222222);
    private static final Color GRID = new Color(0xE3E3E3);

    private static final BasicStroke GRID_STROKE = new BasicStroke(1.5f);

    private static final int X_TICK_SPACING = 130;

    /** What ticks and title of the x axis take of the height. */
    private static final int X_AXIS_HEIGHT = 120;

    private final Axis xAxis;
    private final Axis yAxis;
    private final XYChart chart;
    private final int width;
    private final int height;

    /** Names along an axis are drawn elsewhere. */
    Frame(Axis xAxis, Axis yAxis, int width, int height) {
        this.xAxis = xAxis;
        this.yAxis = yAxis;
        this.width = width;
        this.height = height;
        this.chart = new XYChart(width, height);
        style(chart.getStyler());
        chart.setXAxisTitle(isNamed(xAxis) ? "" : xAxis.title());
        chart.setYAxisTitle(yAxis.title());
        chart.setCustomXAxisTickLabelsFormatter(value -> xAxis.label(value));
        chart.setCustomYAxisTickLabelsFormatter(value -> yAxis.label(value));
        // XChart needs a series to have axes; three uneven points keep it from ticking at points
        // only.
        double[] x = ends(xAxis);
        XYSeries ends = chart.addSeries("ends", x, ends(yAxis));
        ends.setMarker(SeriesMarkers.NONE);
        ends.setLineStyle(SeriesLines.NONE);
        // XChart knows where things lie only once it has painted.
        Graphics2D scratch = new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB).createGraphics();
        paint(scratch);
        scratch.dispose();
    }

    void paint(Graphics2D g) {
        chart.getStyler().setXAxisTickMarkSpacingHint(X_TICK_SPACING);
        chart.paint(g, width, height);
        // XChart places everything at one point of an axis, even of y, that is shorter than this.
        chart.getStyler().setXAxisTickMarkSpacingHint(1);
    }

    /** Grid lines where a logarithmic axis has labels; XChart would draw one at every tick. */
    void paintDecades(Graphics2D g) {
        g.setColor(GRID);
        g.setStroke(GRID_STROKE);
        for (double value : labelled(xAxis)) {
            double x = chart.getScreenXFromChart(value);
            g.draw(new Line2D.Double(x, bottom(), x, top()));
        }
        for (double value : labelled(yAxis)) {
            double y = chart.getScreenYFromChart(value);
            g.draw(new Line2D.Double(left(), y, right(), y));
        }
    }

    private static List<Double> labelled(Axis axis) {
        var values = new ArrayList<Double>();
        if (axis.logarithmic()) {
            for (double decade = Math.pow(10, Math.floor(Math.log10(axis.low())));
                    decade <= axis.high();
                    decade *= 10) {
                for (double value : new double[] {decade, 2 * decade, 5 * decade}) {
                    if (value >= axis.low()
                            && value <= axis.high()
                            && !axis.label(value).isEmpty()) {
                        values.add(value);
                    }
                }
            }
        }
        return values;
    }

    double x(double value) {
        return chart.getScreenXFromChart(xAxis.at(value));
    }

    double y(double value) {
        return chart.getScreenYFromChart(yAxis.at(value));
    }

    double left() {
        return chart.getScreenXFromChart(xAxis.low());
    }

    double right() {
        return chart.getScreenXFromChart(xAxis.high());
    }

    double bottom() {
        return chart.getScreenYFromChart(yAxis.low());
    }

    double top() {
        return chart.getScreenYFromChart(yAxis.high());
    }

    private static double[] ends(Axis axis) {
        double between =
                axis.logarithmic()
                        ? axis.low() * Math.pow(axis.high() / axis.low(), 0.3)
                        : axis.low() + 0.3 * (axis.high() - axis.low());
        return new double[] {axis.low(), between, axis.high()};
    }

    private static boolean isNamed(Axis axis) {
        return axis.scale() == Axis.Scale.NAMES;
    }

    private void style(XYStyler style) {
        style.setLocale(Locale.ROOT);
        style.setChartBackgroundColor(Color.WHITE);
        style.setPlotBackgroundColor(Color.WHITE);
        style.setPlotBorderVisible(true);
        style.setPlotBorderColor(INK);
        style.setChartTitleVisible(false);
        style.setLegendVisible(false);
        style.setChartPadding(20);
        style.setPlotMargin(0);
        style.setPlotContentSize(0.97);
        style.setChartFontColor(INK);
        // Both titles alike; that of y lies along it and must not reach beyond.
        style.setAxisTitleFont(
                Lettering.fitting(yAxis.title(), Lettering.TITLES, height - X_AXIS_HEIGHT));
        style.setAxisTickLabelsFont(Lettering.TICKS);
        style.setAxisTickLabelsColor(INK);
        style.setAxisTickMarksColor(INK);
        style.setAxisTickMarkLength(8);
        style.setAxisTickPadding(8);
        style.setAxisTitlePadding(14);
        style.setYAxisTickMarkSpacingHint(80);
        style.setYAxisLabelAlignment(AxesChartStyler.TextAlignment.Right);
        style.setPlotGridLinesColor(GRID);
        style.setPlotGridLinesStroke(GRID_STROKE);
        style.setPlotTicksMarksVisible(false);
        style.setXAxisLogarithmic(xAxis.logarithmic());
        style.setYAxisLogarithmic(yAxis.logarithmic());
        style.setXAxisLogarithmicDecadeOnly(false);
        style.setYAxisLogarithmicDecadeOnly(false);
        style.setXAxisMin(xAxis.low());
        style.setXAxisMax(xAxis.high());
        style.setYAxisMin(yAxis.low());
        style.setYAxisMax(yAxis.high());
        style.setPlotGridVerticalLinesVisible(!xAxis.logarithmic());
        style.setPlotGridHorizontalLinesVisible(!yAxis.logarithmic());
        if (isNamed(yAxis)) {
            style.setYAxisTicksVisible(false);
            style.setPlotGridHorizontalLinesVisible(false);
        }
        if (isNamed(xAxis)) {
            style.setXAxisTicksVisible(false);
            style.setPlotGridVerticalLinesVisible(false);
        }
    }
}
