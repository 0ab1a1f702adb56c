package cairn.report.plot;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;

/**
 * How one series looks: a colour, a dash and a marker, each of which tells it apart on its own. The
 * colours are those of Okabe and Ito (2008), which people with any kind of colour blindness can
 * tell apart, without the yellow, which white paper swallows.
 */
public final class Style {
    private static final List<Color> COLORS =
            List.of(
                    new Color(0x0072B2),
                    new Color(0xD55E00),
                    new Color(0x009E73),
                    new Color(0xCC79A7),
                    new Color(0x000000),
                    new Color(0xE69F00),
                    new Color(0x56B4E9));

    // Lengths are in units of the line's width; the empty pattern is a solid line.
    private static final List<float[]> DASHES =
            List.of(
                    new float[] {},
                    new float[] {4, 1.6f},
                    new float[] {1.2f, 1.4f},
                    new float[] {5, 1.6f, 1.2f, 1.6f},
                    new float[] {8, 2});

    private static final int MARKERS = 6;

    private static final int REFERENCE = -1;

    private final int index;

    private Style(int index) {
        this.index = index;
    }

    /** The style of the series with the number, from 0; it repeats after 35 for lines. */
    public static Style of(int index) {
        if (index < 0) {
            throw new IllegalArgumentException("series are counted from 0: " + index);
        }
        return new Style(index);
    }

    /** How what was not measured is drawn: a theory's curve, or the front of what is best. */
    public static Style reference() {
        return new Style(REFERENCE);
    }

    /** How what was not measured is drawn, in the colour of the series that it is held against. */
    public static Style referenceTo(int series) {
        return new Style(REFERENCE - 1 - of(series).index);
    }

    private boolean isReference() {
        return index <= REFERENCE;
    }

    /** The number of the series; negative for a reference. */
    public int number() {
        return index;
    }

    /**
     * The pattern of the line in widths of it, drawn and not drawn in turn; empty for a solid one.
     */
    public List<Float> dash() {
        var pattern = new ArrayList<Float>();
        for (float length : dashes()) {
            pattern.add(length);
        }
        return pattern;
    }

    private float[] dashes() {
        return isReference() ? new float[] {2.5f, 1.5f} : DASHES.get(index % DASHES.size());
    }

    public Color color() {
        if (index == REFERENCE) {
            return new Color(0x555555);
        }
        int series = isReference() ? REFERENCE - 1 - index : index;
        return COLORS.get(series % COLORS.size());
    }

    Color translucent() {
        Color color = color();
        return new Color(color.getRed(), color.getGreen(), color.getBlue(), 90);
    }

    BasicStroke stroke(float usual) {
        float width = isReference() ? 0.65f * usual : usual;
        float[] dash = dashes().clone();
        for (int i = 0; i < dash.length; i++) {
            dash[i] *= width;
        }
        return dash.length == 0
                ? new BasicStroke(width, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND)
                : new BasicStroke(width, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 10, dash, 0);
    }

    /** The marker around a place. */
    Shape marker(double x, double y, double size) {
        double r = size / 2;
        return switch (Math.floorMod(index, MARKERS)) {
            case 0 -> new Ellipse2D.Double(x - r, y - r, size, size);
            case 1 -> new Rectangle2D.Double(x - 0.88 * r, y - 0.88 * r, 0.88 * size, 0.88 * size);
            case 2 -> polygon(x, y, 1.15 * r, 3, -90);
            case 3 -> polygon(x, y, 1.15 * r, 4, 0);
            case 4 -> polygon(x, y, 1.15 * r, 3, 90);
            default -> polygon(x, y, 1.1 * r, 5, -90);
        };
    }

    private static Shape polygon(double x, double y, double r, int corners, double start) {
        var path = new Path2D.Double();
        for (int i = 0; i < corners; i++) {
            double angle = Math.toRadians(start + 360.0 * i / corners);
            if (i == 0) {
                path.moveTo(r * Math.cos(angle), r * Math.sin(angle));
            } else {
                path.lineTo(r * Math.cos(angle), r * Math.sin(angle));
            }
        }
        path.closePath();
        return path.createTransformedShape(AffineTransform.getTranslateInstance(x, y));
    }
}
