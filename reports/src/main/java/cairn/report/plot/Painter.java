package cairn.report.plot;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.AffineTransform;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Draws a plot on a canvas 960 wide: legend, names of faults, axes, marks, names of rows. */
final class Painter {
    static final int WIDTH = 960;

    private static final Color INK = new Color(0x222222);
    private static final Color RULE = new Color(0x555555);
    private static final BasicStroke WHISKER =
            new BasicStroke(3, BasicStroke.CAP_BUTT, BasicStroke.JOIN_MITER);
    private static final int PLAIN_HEIGHT = 560;
    private static final int MARGIN = 10;

    /** What half a label under the right end of the axis needs beside the frame's own margin. */
    private static final int OVERHANG = 16;

    private static final int ROW = 62;
    private static final int ROW_GAP = 18;
    private static final int CELL = 84;
    private static final int CELL_MARGIN = 20;
    private static final int ROW_LINE = 31;
    private static final int RULE_LINE = 30;
    private static final int RULE_LEVELS = 3;

    private final Plot plot;
    private final Legend legend;
    private final List<List<String>> rowNames;
    private final int rowColumn;
    private final Frame frame;
    private final List<PlacedRule> rules;
    private final List<List<String>> columnNames;
    private final int head;
    private final int chartHeight;
    private final int height;

    /**
     * A rule whose text has found its place above the plot; level 0 is the lowest, -1 is no text.
     */
    private record PlacedRule(double x, String label, double textX, int level) {}

    Painter(Plot plot) {
        this.plot = plot;
        legend = new Legend(plot.legend(), WIDTH - 20);
        rowNames =
                plot.y().names().stream()
                        .map(name -> Lettering.lines(name, Lettering.TICKS, 0.36 * WIDTH))
                        .toList();
        double widest =
                rowNames.stream()
                        .flatMap(List::stream)
                        .mapToDouble(line -> Lettering.width(line, Lettering.TICKS))
                        .max()
                        .orElse(0);
        rowColumn = rowNames.isEmpty() ? 0 : (int) Math.ceil(widest) + MARGIN;
        int chartWidth = WIDTH - rowColumn;
        double columnWidth = 0.92 * chartWidth / Math.max(1, plot.x().names().size());
        columnNames =
                plot.x().names().stream()
                        .map(name -> Lettering.lines(name, Lettering.TICKS, columnWidth))
                        .toList();
        chartHeight = chartHeight();
        int beyond = columnNames.isEmpty() ? OVERHANG : 0;
        frame = new Frame(plot.x(), plot.y(), chartWidth - beyond, chartHeight);
        rules = placedRules();
        int levels = rules.stream().mapToInt(PlacedRule::level).max().orElse(-1) + 1;
        head = legend.height() + levels * RULE_LINE;
        height = head + chartHeight + foot();
    }

    private int chartHeight() {
        if (rowNames.isEmpty()) {
            return PLAIN_HEIGHT;
        }
        if (!columnNames.isEmpty()) {
            return 2 * CELL_MARGIN + CELL * rowNames.size();
        }
        int lines = rowNames.stream().mapToInt(List::size).max().orElse(1);
        return 112 + Math.max(ROW, lines * ROW_LINE + ROW_GAP) * rowNames.size();
    }

    /** Room for the names of columns and for what they are names of. */
    private int foot() {
        int lines = columnNames.stream().mapToInt(List::size).max().orElse(0);
        return lines == 0 ? 0 : lines * ROW_LINE + 50;
    }

    int height() {
        return height;
    }

    void paint(Graphics2D g) {
        g.setColor(Color.WHITE);
        g.fillRect(0, 0, WIDTH, height);
        AffineTransform origin = g.getTransform();
        g.translate(rowColumn, head);
        frame.paint(g);
        frame.paintDecades(g);
        rules.forEach(rule -> paintRule(g, rule));
        rules.forEach(rule -> paintRuleText(g, rule));
        plot.marks().forEach(mark -> paint(g, mark));
        paintRowNames(g);
        paintColumnNames(g);
        g.setTransform(origin);
        legend.paint(g, 10);
    }

    private void paint(Graphics2D g, Mark mark) {
        switch (mark) {
            case Mark.Curve curve -> paintCurve(g, curve);
            case Mark.Dots(var points, var style) -> {
                g.setColor(style.translucent());
                points.forEach(p -> g.fill(style.marker(frame.x(p.x()), frame.y(p.y()), 9)));
            }
            case Mark.AcrossInterval(var x, var low, var high, var y, var style) -> {
                g.setColor(style.color());
                double at = frame.y(y);
                whisker(g, frame.x(low), at, frame.x(high), at);
                if (plot.x().reaches(low)) {
                    cap(g, frame.x(low), at, 0, 9);
                }
                if (plot.x().reaches(high)) {
                    cap(g, frame.x(high), at, 0, 9);
                }
                paintMarker(g, style, frame.x(x), at);
            }
            case Mark.UpInterval(var x, var y, var low, var high, var style) -> {
                g.setColor(style.color());
                double at = frame.x(x);
                whisker(g, at, frame.y(low), at, frame.y(high));
                if (plot.y().reaches(low)) {
                    cap(g, at, frame.y(low), 9, 0);
                }
                if (plot.y().reaches(high)) {
                    cap(g, at, frame.y(high), 9, 0);
                }
                paintMarker(g, style, at, frame.y(y));
            }
            case Mark.Bar bar -> paintBar(g, bar);
            case Mark.Cell cell -> paintCell(g, cell);
            case Mark.Note(var x, var y, var text) -> {
                g.setColor(INK);
                Lettering.draw(g, text, Lettering.NOTES, frame.x(x) + 14, frame.y(y) + 9);
            }
            // Rules lie under everything else and were painted first.
            case Mark.Rule _ -> {}
        }
    }

    private void paintCurve(Graphics2D g, Mark.Curve curve) {
        g.setColor(curve.style().color());
        var path = new Path2D.Double();
        boolean gap = true;
        for (Point point : curve.points()) {
            if (Double.isNaN(point.y())) {
                gap = true;
                continue;
            }
            double x = frame.x(point.x());
            double y = frame.y(point.y());
            if (gap) {
                path.moveTo(x, y);
                gap = false;
            } else {
                path.lineTo(x, y);
            }
        }
        g.setStroke(curve.style().stroke(4));
        g.draw(path);
        if (curve.markers()) {
            for (Point point : curve.points()) {
                paintMarker(g, curve.style(), frame.x(point.x()), frame.y(point.y()));
            }
        }
    }

    private static void paintMarker(Graphics2D g, Style style, double x, double y) {
        g.setColor(style.color());
        g.fill(style.marker(x, y, 18));
    }

    private static void whisker(Graphics2D g, double x1, double y1, double x2, double y2) {
        if (Double.isNaN(x1 + y1 + x2 + y2)) {
            return;
        }
        g.setStroke(WHISKER);
        g.draw(new Line2D.Double(x1, y1, x2, y2));
    }

    /** The end of a whisker; one that lies beyond the axis has none, for it does not end there. */
    private static void cap(Graphics2D g, double x, double y, double wide, double high) {
        g.setStroke(WHISKER);
        g.draw(new Line2D.Double(x - wide, y - high, x + wide, y + high));
    }

    private void paintBar(Graphics2D g, Mark.Bar bar) {
        double from = frame.x(bar.from());
        double to = frame.x(bar.to());
        double top = frame.y(bar.y() - bar.thickness() / 2);
        double bottom = frame.y(bar.y() + bar.thickness() / 2);
        Hatching.fill(g, bar.fill(), from, Math.min(top, bottom), to, Math.max(top, bottom));
    }

    private void paintCell(Graphics2D g, Mark.Cell cell) {
        double left = frame.x(cell.x() - 0.5);
        double right = frame.x(cell.x() + 0.5);
        double top = frame.y(cell.y() - 0.5);
        double bottom = frame.y(cell.y() + 0.5);
        Hatching.fill(g, Fill.plain(Ramp.at(cell.share())), left, top, right, bottom);
        g.setColor(Ramp.ink(cell.share()));
        double x = (left + right) / 2;
        double y = (top + bottom) / 2;
        double width = 0.96 * (right - left);
        Lettering.drawCentred(
                g, cell.text(), Lettering.NOTES, x, y + (cell.note().isEmpty() ? 9 : -2), width);
        Lettering.drawCentred(g, cell.note(), Lettering.SMALL, x, y + 24, width);
    }

    private void paintRule(Graphics2D g, PlacedRule rule) {
        g.setColor(RULE);
        g.setStroke(
                new BasicStroke(
                        2,
                        BasicStroke.CAP_BUTT,
                        BasicStroke.JOIN_MITER,
                        10,
                        new float[] {8, 6},
                        0));
        var line = new Path2D.Double();
        line.moveTo(rule.x(), frame.bottom());
        line.lineTo(rule.x(), end(rule));
        g.draw(line);
    }

    private double end(PlacedRule rule) {
        return frame.top() - 8 - Math.max(0, rule.level()) * RULE_LINE;
    }

    /** On white, so that the line of a higher text does not strike it through. */
    private void paintRuleText(Graphics2D g, PlacedRule rule) {
        if (rule.level() >= 0) {
            double top = end(rule) - RULE_LINE;
            double width = Lettering.width(rule.label(), Lettering.NOTES);
            g.setColor(Color.WHITE);
            g.fill(new Rectangle2D.Double(rule.textX() - 3, top, width + 6, RULE_LINE));
            g.setColor(RULE);
            Lettering.draw(g, rule.label(), Lettering.NOTES, rule.textX(), end(rule) - 6);
        }
    }

    /**
     * Each text goes to the lowest level where it touches no other; one that finds none is left
     * out.
     */
    private List<PlacedRule> placedRules() {
        var placed = new ArrayList<PlacedRule>();
        double[] taken = new double[RULE_LEVELS];
        Arrays.fill(taken, Double.NEGATIVE_INFINITY);
        for (Mark mark : plot.marks()) {
            if (mark instanceof Mark.Rule(var at, var label)) {
                double x = frame.x(at);
                String text = Lettering.cut(label, Lettering.NOTES, 300);
                double width = Lettering.width(text, Lettering.NOTES);
                double textX = Math.max(0, Math.min(x - width / 2, WIDTH - rowColumn - 8 - width));
                int level = 0;
                while (level < RULE_LEVELS && textX < taken[level] + 14) {
                    level++;
                }
                if (level < RULE_LEVELS) {
                    taken[level] = textX + width;
                }
                placed.add(new PlacedRule(x, text, textX, level < RULE_LEVELS ? level : -1));
            }
        }
        return placed;
    }

    private void paintRowNames(Graphics2D g) {
        g.setColor(INK);
        for (int row = 0; row < rowNames.size(); row++) {
            List<String> lines = rowNames.get(row);
            double baseline = frame.y(row) + 10 - ROW_LINE * (lines.size() - 1) / 2.0;
            for (String line : lines) {
                double x = -Lettering.width(line, Lettering.TICKS);
                Lettering.draw(g, line, Lettering.TICKS, x, baseline);
                baseline += ROW_LINE;
            }
        }
    }

    private void paintColumnNames(Graphics2D g) {
        g.setColor(INK);
        double line = chartHeight + 18;
        for (int column = 0; column < columnNames.size(); column++) {
            double baseline = line;
            for (String part : columnNames.get(column)) {
                Lettering.drawCentred(g, part, Lettering.TICKS, frame.x(column), baseline, WIDTH);
                baseline += ROW_LINE;
            }
        }
        if (!columnNames.isEmpty()) {
            double middle = (frame.left() + frame.right()) / 2;
            double baseline = chartHeight + foot() - 16;
            Lettering.drawCentred(g, plot.x().title(), Lettering.TITLES, middle, baseline, WIDTH);
        }
    }
}
