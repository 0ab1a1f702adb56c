package cairn.report.plot;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;

/**
 * Fills rectangles with a colour and with lines over it, without clipping, which SVG writers bloat.
 */
final class Hatching {
    private static final double SPACING = 11;

    private Hatching() {}

    static void fill(Graphics2D g, Fill fill, double x1, double y1, double x2, double y2) {
        if (!(x2 > x1 && y2 > y1)) {
            return;
        }
        var area = new Rectangle2D.Double(x1, y1, x2 - x1, y2 - y1);
        g.setColor(fill.color());
        g.fill(area);
        var lines = new Path2D.Double();
        switch (fill.hatch()) {
            case NONE -> {}
            case RISING -> lines(lines, area, -1);
            case FALLING -> lines(lines, area, 1);
            case CROSSED -> {
                lines(lines, area, -1);
                lines(lines, area, 1);
            }
        }
        g.setColor(new Color(0x222222));
        g.setStroke(new BasicStroke(1.6f));
        g.draw(lines);
        // Neighbours in a stack are kept apart by white, not by a frame that would add its own
        // width.
        g.setColor(Color.WHITE);
        g.setStroke(new BasicStroke(1.5f));
        g.draw(area);
    }

    /** Lines y = slope x + c, cut where they leave the rectangle. */
    private static void lines(Path2D path, Rectangle2D area, int slope) {
        double first =
                slope > 0 ? area.getMinY() - area.getMaxX() : area.getMinY() + area.getMinX();
        double last = slope > 0 ? area.getMaxY() - area.getMinX() : area.getMaxY() + area.getMaxX();
        for (double c = first + SPACING / 2; c < last; c += SPACING) {
            double enterX = slope > 0 ? area.getMinY() - c : c - area.getMaxY();
            double leaveX = slope > 0 ? area.getMaxY() - c : c - area.getMinY();
            double from = Math.max(area.getMinX(), enterX);
            double to = Math.min(area.getMaxX(), leaveX);
            if (to > from) {
                path.moveTo(from, slope * from + c);
                path.lineTo(to, slope * to + c);
            }
        }
    }
}
